"""From what an applicant wrote to the dates he asks for (rules T3-T5, W1, W2, Q10)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html, flt, format_date, format_time, getdate

from mkd_hrms.constants import OFFICE_DAY
from mkd_hrms.judging.application import (
	Mistake,
	Problem,
	problems_of_calendar,
	problems_of_presence,
	problems_of_time,
	split_working,
)
from mkd_hrms.policy.dates import Calendar, expand
from mkd_hrms.policy.model import Policy
from mkd_hrms.services.people.availability import Situation
from mkd_hrms.services.platform.wording import day_list

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PATTERN = "Weekly Pattern"


class InvalidDays(frappe.ValidationError):
	"""The dates cannot be asked for; the request stays a draft."""


def written_dates(request: Document, last_day: date) -> tuple[date, ...]:
	"""The dates as written: the rows, the range, or the pattern's weekdays up to the horizon `last_day`.

	Raises InvalidDays.
	"""
	if are_listed(request):
		return tuple(sorted({getdate(row.mkd_date) for row in request.dates if row.mkd_date}))
	if not (request.from_date and request.to_date):
		frappe.throw(_("Say from which date to which date, or list the dates."), InvalidDays)
	start, end = getdate(request.from_date), getdate(request.to_date)
	if end < start:
		frappe.throw(
			_("The last date {0} comes before the first one {1}.").format(
				format_date(end), format_date(start)
			),
			InvalidDays,
		)
	if request.request_type != PATTERN:
		if end > last_day:
			frappe.throw(_of_time(Problem(Mistake.TOO_FAR, end, last_day)), InvalidDays)
		return expand(start, end)
	weekdays = [number for number, name in enumerate(WEEKDAYS, 1) if request.get(name)]
	if not weekdays:
		frappe.throw(_("Choose at least one weekday for the weekly pattern."), InvalidDays)
	dates = expand(start, min(end, last_day), weekdays)
	if not dates:
		frappe.throw(
			_("The pattern has no date between {0} and {1}.").format(format_date(start), format_date(end)),
			InvalidDays,
		)
	return dates


def are_listed(request: Document) -> bool:
	"""Whether the applicant named each of the dates, and did not leave them to a range or a pattern."""
	named = [row for row in request.dates if row.mkd_date]
	return bool(request.request_type != PATTERN and named and _rows_count(request))


def _rows_count(request: Document) -> bool:
	"""Whether the rows are what the applicant means; a changed range makes rows made from the old one void."""
	before = request.get_doc_before_save()
	if not before:
		return True
	written = [str(row.mkd_date) for row in request.dates]
	same_rows = written == [str(row.mkd_date) for row in before.dates]
	range_changed = any(request.has_value_changed(name) for name in ("from_date", "to_date", "request_type"))
	return not (same_rows and range_changed)


def check_time(dates: Iterable[date], policies: dict[date, Policy], now: datetime, correction: bool) -> None:
	"""Refuse dates that are over, that have begun, or that lie beyond the horizon. HR may correct the past.

	Raises InvalidDays.
	"""
	for problem in problems_of_time(dates, policies, now.date(), now.time(), correction):
		frappe.throw(_of_time(problem), InvalidDays)


def _of_time(problem: Problem) -> str:
	day = format_date(problem.day)
	if problem.kind is Mistake.TOO_FAR:
		return _("{0} is too far ahead; dates up to {1} can be applied for.").format(
			day, format_date(problem.about)
		)
	if problem.kind is Mistake.OVER:
		return _("{0} is over; HR can enter a correction with a reason.").format(day)
	return _("It is past {0} on {1}: the day has begun and can no longer be applied for.").format(
		format_time(problem.about), day
	)


def working_dates(
	situation: Situation, dates: Iterable[date], skips_office_days: bool = False
) -> tuple[tuple[date, ...], dict[date, str]]:
	"""The working days among the dates, and the others with the reason why they are skipped.

	With `skips_office_days` also the dates on which the whole unit stays in the office (W7).
	Raises InvalidDays where no holiday list covers a date, or where nothing is left.
	"""
	missing = [problem.day for problem in problems_of_calendar(situation.calendar, dates)]
	if missing:
		frappe.throw(
			_(
				"Calendar missing: no holiday list of {0} covers {1}. HR can add one in MKD Settings or to the company."
			).format(situation.person.company, day_list(missing)),
			InvalidDays,
		)
	working, off = split_working(situation.calendar, dates)
	skipped = {day: holiday or _("Not a working day") for day, holiday in off.items()}
	if skips_office_days:
		skipped |= {day: situation.office_days[day].title for day in working if day in situation.office_days}
		working = tuple(day for day in working if day not in skipped)
	if not working:
		frappe.throw(
			_("None of these dates is a working day: {0}.").format(skipped_text(skipped)), InvalidDays
		)
	return working, skipped


def skipped_text(skipped: dict[date, str]) -> str:
	"""Skipped dates with the name of the holiday."""
	return ", ".join(
		f"{format_date(day)} ({frappe.utils.strip_html(reason)})" for day, reason in skipped.items()
	)


def check_presence(situation: Situation, dates: Iterable[date], own_name: str | None) -> None:
	"""Refuse dates outside service, on leave, trip or training, or already used by another application.

	What is wrong with some of them for the same reason is said together. Raises InvalidDays.
	"""
	for kind, found in groupby(problems_of_presence(situation, dates, own_name), lambda entry: entry.kind):
		if kind is Mistake.NOT_IN_SERVICE:
			days = day_list(problem.day for problem in found)
			sentence = _("{0} is not in service on {1}.").format(situation.person.employee_name, days)
		elif kind is Mistake.OFFICE_DAY:
			sentence = "<br>".join(map(_office_day, found))
		else:
			sentence = "<br>".join([_heading(kind), *map(_line, found)])
		frappe.throw(sentence, InvalidDays)


def _office_day(problem: Problem) -> str:
	"""What keeps whom in the office, by which basis."""
	about = problem.about
	return _("{0}: nobody of {1} works away, {2}: {3} ({4}). Choose another date.").format(
		format_date(problem.day),
		escape_html(about.department or about.company),
		_(about.kind, context=OFFICE_DAY),
		*map(escape_html, (about.title, about.legal_basis)),
	)


def _heading(kind: Mistake) -> str:
	if kind is Mistake.AWAY:
		return _("Away on these dates already:")
	if kind is Mistake.CLAIMED:
		return _("These dates are asked for already; have that decided or withdrawn first:")
	return _("MKD is already applied for on these dates:")


def _line(problem: Problem) -> str:
	about, day = problem.about, format_date(problem.day)
	if problem.kind is Mistake.TAKEN:
		return _("{0}: {1} {2}, {3}").format(day, _(about.source_doctype), about.source_name, _(about.status))
	return _("{0}: {1} {2}").format(day, _(about.kind), about.record)


def check_special(request: Document) -> None:
	"""Days above the limit need reason, evidence, a work plan with outputs, and an end (rule Q9).

	Raises InvalidDays.
	"""
	if not request.special_circumstances:
		return
	missing = []
	if not request.evidence:
		missing.append(_("the evidence"))
	if not any(row.activity and row.output for row in request.work_plan):
		missing.append(_("a work plan with at least one output"))
	if not request.to_date:
		missing.append(_("the last date"))
	if missing:
		frappe.throw(
			_("Special circumstances also need {0} (PermenPANRB 4/2025 art. 30).").format(", ".join(missing)),
			InvalidDays,
		)


def check_place(request: Document) -> None:
	"""A place is declared with both coordinates or with none. Raises InvalidDays."""
	latitude, longitude = flt(request.place_latitude), flt(request.place_longitude)
	if bool(latitude) != bool(longitude) or abs(latitude) > 90 or abs(longitude) > 180:
		frappe.throw(
			_("Give latitude (-90 to 90) and longitude (-180 to 180) of the place, or neither of them."),
			InvalidDays,
		)


def is_urgent(dates: Iterable[date], policies: dict[date, Policy], calendar: Calendar, now: datetime) -> bool:
	"""Whether a date's cut-off has passed: a time of the working day before it (rule W1)."""
	for day in dates:
		before = day - timedelta(days=1)
		while calendar.is_working(before) is False:
			before -= timedelta(days=1)
		if now > datetime.combine(before, policies[day].cut_off_time):
			return True
	return False
