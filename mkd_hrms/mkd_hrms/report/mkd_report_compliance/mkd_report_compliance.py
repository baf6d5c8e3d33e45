"""Daily reports by unit or person and month: due, in time, late, missing, returned, and their hours (D4, D7)."""

from collections import defaultdict

import frappe
from frappe import _

from mkd_hrms.constants import DAILY_REPORT
from mkd_hrms.mkd_hrms.report import asked
from mkd_hrms.permissions import seen
from mkd_hrms.services.recap import compliance

COUNTS = ("due", "on_time", "late", "missing", "open", "returned", "verified", "rejected")


def execute(filters=None):
	filters = frappe._dict(filters or {})
	since, until = asked.period(filters)
	narrowed = asked.narrowed(filters, seen.names(frappe.session.user, DAILY_REPORT))
	by_person = filters.by == asked.EACH_PERSON
	if by_person and (said := asked.too_many(narrowed, asked.months_of(since, until))):
		return columns(by_person), [], said
	found = compliance.of_months(narrowed, since, until, by_person)
	return columns(by_person), [row(entry) for entry in found], None, chart(found), summary(found)


def columns(by_person):
	return [
		asked.month(),
		asked.unit(),
		*(asked.person() if by_person else ()),
		asked.number("due", _("Reports Due"), 160),
		asked.number("on_time", _("Handed In in Time"), 190),
		asked.number("late", _("Handed In Late"), 170),
		asked.number("missing", _("Reports Missing"), 160),
		asked.number("open", _("Still Open"), 150),
		asked.number("share", _("In Time", context=asked.REPORTS), 120, "Percent"),
		asked.number("returned", _("Returned Once"), 180),
		asked.number("verified", _("Reports Verified"), 170),
		asked.number("rejected", _("Reports Rejected"), 150),
		asked.number("hours", _("Hours Reported"), 170, "Float"),
		asked.number("target_hours", _("Hours of These Days"), 190, "Float"),
		asked.number("hours_a_week", _("Hours a Week at This Pace"), 240, "Float"),
		asked.number("week_hours", _("Hours of a Week"), 180, "Float"),
	]


def row(entry):
	places = ("month", "department", "employee", "employee_name")
	hours = ("share", "hours", "target_hours", "hours_a_week", "week_hours")
	return {name: getattr(entry, name) for name in (*places, *COUNTS, *hours)}


def chart(found):
	"""How they were handed in, and beside it how many were verified: these are among those that were handed in."""
	shown = {
		"on_time": _("In Time", context=asked.REPORTS),
		"late": _("Late"),
		"missing": _("Missing", context=DAILY_REPORT),
		"verified": _("Verified", context=DAILY_REPORT),
	}
	months = defaultdict(lambda: dict.fromkeys(shown, 0))
	for entry in found:
		for name in shown:
			months[entry.month][name] += getattr(entry, name)
	values = {name: [counts[name] for counts in months.values()] for name in shown}
	return asked.bars(months, in_time=True, **{name: (label, values[name]) for name, label in shown.items()})


def summary(found):
	if not found:
		return None
	totals = {name: sum(getattr(entry, name) for entry in found) for name in COUNTS}
	return [
		asked.figure(_("Reports Due"), totals["due"]),
		asked.figure(_("Handed In in Time"), totals["on_time"], "Green"),
		asked.figure(_("Handed In Late"), totals["late"], "Orange"),
		asked.figure(_("Reports Missing"), totals["missing"], "Red" if totals["missing"] else "Green"),
		asked.figure(_("Hours Reported"), sum(entry.hours for entry in found), kind="Float"),
	]
