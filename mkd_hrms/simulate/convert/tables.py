"""Neutral rows as rows of the tables that the rules read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, time
from typing import Any

from mkd_hrms.exchange import rows
from mkd_hrms.exchange.layouts import end_of_month
from mkd_hrms.exchange.meanings import ABSENT, ATTENDANCE, HALF_DAY, approved_minutes, status_of
from mkd_hrms.exchange.profiles import Profile
from mkd_hrms.exchange.rejections import Tally
from mkd_hrms.policy.dates import iso_week
from mkd_hrms.policy.model import APPROVED
from mkd_hrms.simulate.output.language import Text, _

# Which table a neutral row goes to.
TABLES = {
	rows.Presence: "Attendance",
	rows.Punch: "Attendance",
	rows.Activity: "MKD Performance Record",
	rows.Result: "MKD Performance Record",
	rows.Discipline: "MKD Discipline Record",
	rows.TalentBox: "MKD Talent Record",
	rows.Planned: "MKD Day",
}
COLUMNS = {
	"Attendance": "name employee attendance_date status half_day_status late_entry early_exit docstatus".split(),
	"MKD Performance Record": (
		"name employee source period_start period_end predicate has_score score productive_minutes docstatus".split()
	),
	"MKD Discipline Record": "name employee level stage from_date to_date docstatus".split(),
	"MKD Day": "name employee mkd_date iso_week status".split(),
	"MKD Talent Record": "name employee year box x_axis y_axis total_axis docstatus".split(),
}
Cells = list[Any]


def table_rows(
	profile: Profile, found: Iterable[rows.Row], employee_of: dict[str, str], today: date, tally: Tally
) -> Iterator[Cells]:
	"""The rows of the profile's table; what they leave out of the file is noted in the tally."""
	make = {
		rows.Presence: _attendance,
		rows.Punch: _of_punches,
		rows.Activity: _of_activities,
		rows.Result: _results,
		rows.Discipline: _sanctions,
		rows.TalentBox: _boxes,
		rows.Planned: _planned,
	}[profile.row]
	for number, cells in enumerate(make(profile, found, employee_of, today, tally), 1):
		yield [f"{profile.name}-{number:07d}", *cells]


def _attendance(_profile, found, employee_of, _today, tally) -> Iterator[Cells]:
	silent = off = 0
	for row in found:
		status = status_of(row)
		silent, off = silent + (status is None), off + (status == rows.OFF)
		if status in ATTENDANCE:
			said, late, early = ATTENDANCE[status]
			half = ABSENT if said == HALF_DAY else None
			yield [employee_of[row.who], row.day, said, half, late, early, 1]
	if silent:
		tally.notes.append(
			Text(_("{count} days have neither a status nor a time, and are left out."), {"count": silent})
		)
	if off:
		tally.notes.append(Text(_("{count} days off are left out; the calendar says them."), {"count": off}))


def _of_punches(_profile, found, employee_of, _today, tally) -> Iterator[Cells]:
	"""Who was seen at a machine was present; nothing says whether he was late."""
	spans: dict[tuple[str, date], list[time]] = {}
	for row in found:
		key, at = (row.who, row.at.date()), row.at.time()
		span = spans.setdefault(key, [at, at])
		span[0], span[1] = min(span[0], at), max(span[1], at)
	once = sum(first == last for first, last in spans.values())
	for who, day in sorted(spans):
		yield [employee_of[who], day, "Present", None, 0, 0, 1]
	if once:
		tally.notes.append(
			Text(_("{count} days have one time only; they count as present."), {"count": once})
		)


def _of_activities(profile, found, employee_of, _today, tally) -> Iterator[Cells]:
	"""The approved minutes of each month; of work that nobody has looked at, nothing is known."""
	minutes: dict[tuple[str, date], int] = defaultdict(int)
	unknown = 0
	for row in found:
		approved = approved_minutes(row)
		if approved is None:
			unknown += 1
		else:
			minutes[row.who, row.day.replace(day=1)] += approved
	for (who, first), total in sorted(minutes.items()):
		yield [employee_of[who], profile.source, first, end_of_month(first), None, 0, 0, total, 1]
	if unknown:
		said = Text(
			_("{count} activities say neither a status nor approved minutes, and are left out."),
			{"count": unknown},
		)
		tally.notes.append(said)
	tally.notes.append(
		Text(_("The minutes of a month are those in the file; make sure that it holds whole months."))
	)


def _results(profile, found, employee_of, _today, _tally) -> Iterator[Cells]:
	for row in found:
		has_score = int(row.score is not None)
		period = (profile.source, row.first, row.last)
		yield [employee_of[row.who], *period, row.predicate, has_score, row.score or 0, row.minutes or 0, 1]


def _sanctions(_profile, found, employee_of, today, _tally) -> Iterator[Cells]:
	for row in found:
		stage = "Ended" if row.last and row.last < today else "In Force"
		yield [employee_of[row.who], row.level, stage, row.first, row.last, 1]


def _planned(_profile, found, employee_of, _today, _tally) -> Iterator[Cells]:
	for row in found:
		yield [employee_of[row.who], row.day, iso_week(row.day), APPROVED]


def _boxes(_profile, found, employee_of, _today, _tally) -> Iterator[Cells]:
	for row in found:
		yield [employee_of[row.who], row.year, row.box, row.across, row.up, row.total, 1]
