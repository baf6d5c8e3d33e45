"""Objections: against what, how they ended, in how many days, and whether the decision was changed; for HR alone (P3)."""

from collections import Counter
from statistics import mean

import frappe
from frappe import _
from frappe.utils import get_datetime

from mkd_hrms.constants import DISMISSED, OBJECTION, PENDING_DECISION, UPHELD, WITHDRAWN
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.reports.objections import read_filed
from mkd_hrms.mkd_hrms.report import asked
from mkd_hrms.permissions import reported
from mkd_hrms.services.calendar import clock

STATES = (PENDING_DECISION, UPHELD, DISMISSED, WITHDRAWN)


def execute(filters=None):
	filters = frappe._dict(filters or {})
	since, until = asked.period(filters)
	narrowed = asked.narrowed(filters, reported.left_to_hr(frappe.session.user, OBJECTION))
	found = [
		entry for entry in read_filed(SiteDatabase(), narrowed, since, until) if is_asked(entry, filters)
	]
	return columns(), [row(entry) for entry in found], None, chart(found), summary(found)


def is_asked(entry, filters):
	return filters.status in (None, "", entry.status) and filters.against in (None, "", entry.against_doctype)


def columns():
	return [
		asked.link("objection", _("MKD Objection"), OBJECTION),
		*asked.person(),
		asked.unit(),
		asked.text("against_shown", _("Against"), 160),
		# Which DocType it is differs from row to row.
		{
			**asked.text("against_name", _("The Decision"), 180),
			"fieldtype": "Dynamic Link",
			"options": "against_doctype",
		},
		asked.number("filed_on", _("Filed On"), 110, "Date"),
		asked.number("decide_by", _("To Be Decided By"), 130, "Date"),
		asked.text("status_shown", _("Outcome", context=OBJECTION), 140),
		asked.number("decided_on", _("Decided On"), 110, "Date"),
		asked.number("days", _("Days to Decide"), 120),
		asked.text("in_time", _("Decided in Time"), 120),
		asked.text("changed", _("Decision Changed"), 130),
		asked.text("outcome", _("What Became of It"), 320),
	]


def row(entry):
	decided = get_datetime(entry.decided_on).date() if entry.decided_on else None
	return {
		"objection": entry.name,
		"employee": entry.employee,
		"employee_name": entry.employee_name,
		"department": entry.department,
		"against_doctype": entry.against_doctype,
		"against_shown": _(entry.against_doctype),
		"against_name": entry.against_name,
		"filed_on": entry.filed_on.date(),
		"decide_by": entry.decide_by,
		"status": entry.status,
		"status_shown": _(entry.status, context=OBJECTION),
		"decided_on": decided,
		"days": days(entry),
		"in_time": yes_or_no(is_in_time(entry)),
		"changed": yes_or_no(entry.status == UPHELD if entry.decided_on else None),
		"outcome": entry.outcome,
	}


def days(entry):
	"""Calendar days from filing to the decision; None while there is none."""
	return (entry.decided_on.date() - entry.filed_on.date()).days if entry.decided_on else None


def is_in_time(entry):
	"""Whether it was decided in time; what still waits is late once its day is over, and nothing before."""
	if not entry.decide_by or entry.status == WITHDRAWN:
		return None
	if entry.decided_on:
		return entry.decided_on.date() <= entry.decide_by
	return False if clock.today() > entry.decide_by else None


def yes_or_no(answer):
	if answer is None:
		return None
	return _("Yes", context=asked.REPORTS) if answer else _("No", context=asked.REPORTS)


def chart(found):
	counts = Counter(entry.status for entry in found)
	states = [state for state in STATES if counts[state]]
	values = [counts[state] for state in states]
	return asked.bars((_(state, context=OBJECTION) for state in states), filed=(_("Objections"), values))


def summary(found):
	if not found:
		return None
	counts, took = (
		Counter(entry.status for entry in found),
		[each for each in map(days, found) if each is not None],
	)
	late = sum(is_in_time(entry) is False for entry in found)
	return [
		asked.figure(_("Objections"), len(found)),
		asked.figure(_(UPHELD, context=OBJECTION), counts[UPHELD], "Green"),
		asked.figure(_(DISMISSED, context=OBJECTION), counts[DISMISSED], "Grey"),
		asked.figure(_("Decided Late, or Late by Now"), late, "Red" if late else "Green"),
		asked.figure(_("Days to Decide on Average"), mean(took) if took else None, kind="Float"),
	]
