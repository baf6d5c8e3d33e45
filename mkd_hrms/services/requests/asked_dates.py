"""From what an applicant wrote to the dates he asks for (rules T3-T5, W1, W2, Q10)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import frappe
from frappe import _
from frappe.utils import flt, format_date, format_time, getdate

from mkd_hrms.facts.attendance.away import Away, away_on
from mkd_hrms.policy.dates import Calendar, expand
from mkd_hrms.policy.model import Policy
from mkd_hrms.services.people.availability import Situation
from mkd_hrms.services.platform.wording import day_list

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PATTERN = "Weekly Pattern"


class InvalidDays(frappe.ValidationError):
	"""The dates cannot be asked for; the request stays a draft."""


def written_dates(request, last_day: date) -> tuple[date, ...]:
	"""The dates as written: the rows, the range, or the pattern's weekdays up to the horizon `last_day`."""
	rows = [getdate(row.mkd_date) for row in request.dates if row.mkd_date]
	if request.request_type != PATTERN and rows and _rows_count(request):
		return tuple(sorted(set(rows)))
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
		_check_horizon(end, last_day)
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


def _rows_count(request) -> bool:
	"""Whether the rows are what the applicant means; a changed range makes rows made from the old one void."""
	before = request.get_doc_before_save()
	if not before:
		return True
	written = [str(row.mkd_date) for row in request.dates]
	same_rows = written == [str(row.mkd_date) for row in before.dates]
	range_changed = any(request.has_value_changed(name) for name in ("from_date", "to_date", "request_type"))
	return not (same_rows and range_changed)


def _check_horizon(last_asked: date, last_day: date) -> None:
	if last_asked > last_day:
		frappe.throw(
			_("{0} is too far ahead; dates up to {1} can be applied for.").format(
				format_date(last_asked), format_date(last_day)
			),
			InvalidDays,
		)


def check_time(dates: Iterable[date], policies: dict[date, Policy], now: datetime, correction: bool) -> None:
	"""Refuse dates that are over, that have begun, or that lie beyond the horizon. HR may correct the past."""
	today = now.date()
	for day in sorted(dates):
		_check_horizon(day, today + timedelta(days=policies[day].horizon_days))
		if correction:
			continue
		if day < today:
			frappe.throw(
				_("{0} is over; HR can enter a correction with a reason.").format(format_date(day)),
				InvalidDays,
			)
		if day == today and now.time() >= policies[day].expiry_time:
			frappe.throw(
				_("It is past {0} on {1}: the day has begun and can no longer be applied for.").format(
					format_time(policies[day].expiry_time), format_date(day)
				),
				InvalidDays,
			)


def working_dates(situation: Situation, dates: Iterable[date]) -> tuple[tuple[date, ...], dict[date, str]]:
	"""The working days among the dates, and the others with the reason why they are skipped.

	Raises InvalidDays where no holiday list covers a date, or where nothing is left.
	"""
	calendar = situation.calendar
	missing = [day for day in dates if calendar.is_working(day) is None]
	if missing:
		frappe.throw(
			_(
				"Calendar missing: no holiday list of {0} covers {1}. HR can add one in MKD Settings or to the company."
			).format(situation.person.company, day_list(missing)),
			InvalidDays,
		)
	working = tuple(day for day in dates if calendar.is_working(day))
	skipped = {day: calendar.holiday(day) or _("Not a working day") for day in dates if day not in working}
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
	"""Refuse dates outside service, on leave, trip or training, or already used by another application."""
	outside = [day for day in dates if not situation.serves(day)]
	if outside:
		frappe.throw(
			_("{0} is not in service on {1}.").format(situation.person.employee_name, day_list(outside)),
			InvalidDays,
		)
	_refuse_periods(situation.away, dates, _("Away on these dates already:"))
	_refuse_periods(
		situation.claims, dates, _("These dates are asked for already; have that decided or withdrawn first:")
	)
	others = {entry.mkd_date: entry for entry in situation.used if entry.source_name != own_name}
	lines = [
		_("{0}: {1} {2}, {3}").format(
			format_date(day), _(others[day].source_doctype), others[day].source_name, _(others[day].status)
		)
		for day in dates
		if day in others
	]
	if lines:
		frappe.throw(
			_("MKD is already applied for on these dates:") + "<br>" + "<br>".join(lines), InvalidDays
		)


def _refuse_periods(periods: tuple[Away, ...], dates: Iterable[date], heading: str) -> None:
	lines = [
		_("{0}: {1} {2}").format(format_date(day), _(period.kind), period.record)
		for day in dates
		if (period := away_on(periods, day))
	]
	if lines:
		frappe.throw(heading + "<br>" + "<br>".join(lines), InvalidDays)


def check_special(request) -> None:
	"""Days above the limit need reason, evidence, a work plan with outputs, and an end (rule Q9)."""
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


def check_place(request) -> None:
	"""A place is declared with both coordinates or with none."""
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
