"""Who is one step from losing MKD or days of it, by unit and gate (D10); for HR alone, because it says why (P3)."""

from collections import Counter

import frappe
from frappe import _
from frappe.utils import format_date

from mkd_hrms.constants import EARLY_WARNING, ENDED, OPEN
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.reports.warnings import read_warned
from mkd_hrms.mkd_hrms.report import asked
from mkd_hrms.permissions import reported
from mkd_hrms.policy import sentences
from mkd_hrms.services.platform.wording import number
from mkd_hrms.services.standing.early_warnings import warning_of


def execute(filters=None):
	filters = frappe._dict(filters or {})
	narrowed = asked.narrowed(filters, reported.left_to_hr(frappe.session.user, EARLY_WARNING))
	status = ENDED if filters.status == ENDED else OPEN
	found = read_warned(SiteDatabase(), narrowed, status, filters.gate or None)
	return columns(), [row(warned) for warned in found], None, chart(found), summary(found)


def columns():
	return [
		asked.link("warning", _("MKD Early Warning"), EARLY_WARNING, 150),
		*asked.person(),
		asked.unit(),
		asked.text("gate_shown", _("Gate"), 130),
		asked.number("until", _("Until", context=asked.REPORTS), 110, "Date"),
		asked.text("sentence", _("What Is Near"), 380),
		asked.text("next_step", _("What to Do"), 300),
		asked.number("since", _("Since", context=asked.REPORTS), 110, "Date"),
		asked.number("told_on", _("Told On"), 110, "Date"),
		asked.number("superior_told_on", _("Superior Told On"), 130, "Date"),
		asked.number("ended_on", _("Ended On"), 110, "Date"),
	]


def row(warned):
	near = warning_of(frappe._dict(warned._asdict()))
	return {
		"warning": warned.name,
		"employee": warned.employee,
		"employee_name": warned.employee_name,
		"department": warned.department,
		"gate_shown": gate_shown(warned.gate),
		"until": warned.until,
		"sentence": sentences.warning_sentence(near, _, format_date, number),
		"next_step": sentences.advice(near, _, format_date, number),
		"since": warned.creation.date(),
		**{name: day_of(getattr(warned, name)) for name in ("told_on", "superior_told_on", "ended_on")},
	}


def day_of(moment):
	return moment.date() if moment else None


def gate_shown(gate):
	return _(gate, context="MKD Policy Gate")


def chart(found):
	gates = Counter(warned.gate for warned in found).most_common()
	counts = [count for _gate, count in gates]
	return asked.bars((gate_shown(gate) for gate, _count in gates), warnings=(_("Early Warnings"), counts))


def summary(found):
	if not found:
		return None
	people = len({warned.employee for warned in found})
	return [asked.figure(_("Early Warnings"), len(found), "Orange"), asked.figure(_("People"), people)]
