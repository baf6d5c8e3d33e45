"""What was denied by the rules and refused by HR, by gate, unit and month, or request by request; for HR alone (P3)."""

from collections import Counter, defaultdict

import frappe
from frappe import _

from mkd_hrms.constants import DECISION_RECORD, GATE_DECISION, OBJECTION, REQUEST, UPHELD
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.reports.denials import read_objections_to_denials, read_refusals
from mkd_hrms.mkd_hrms.report import asked
from mkd_hrms.mkd_hrms.report.asked import REPORTS
from mkd_hrms.permissions import reported
from mkd_hrms.policy.model import Gate

GATES = [gate.value for gate in Gate]
ONE_BY_ONE = "Request"


def execute(filters=None):
	filters = frappe._dict(filters or {})
	since, until = asked.period(filters)
	narrowed = asked.narrowed(filters, reported.left_to_hr(frappe.session.user, DECISION_RECORD))
	database = SiteDatabase()
	contested = read_objections_to_denials(database, narrowed.company, since)
	refusals = read_refusals(database, narrowed, since, until, contested)
	if filters.gate:
		refusals = [refusal for refusal in refusals if refusal.gate == filters.gate]
	refusals.sort(key=order)
	if filters.by == ONE_BY_ONE:
		return columns_of_requests(), [request(each, contested) for each in refusals], None, chart(refusals)
	rows = counted(refusals, contested)
	return columns(), rows, None, chart(refusals), summary(refusals, contested)


def order(refusal):
	"""By month, unit and gate, the gates in the order in which they are always shown; an agency's own come last."""
	place = GATES.index(refusal.gate) if refusal.gate in GATES else len(GATES)
	return month_of(refusal), refusal.department or "", place, refusal.gate, refusal.at, refusal.request


def month_of(refusal):
	return f"{refusal.at:%Y-%m}"


def counted(refusals, contested):
	"""A row for each month, unit and gate. A request that fails at several gates counts at each of them."""
	groups = defaultdict(list)
	for refusal in refusals:
		groups[month_of(refusal), refusal.department, refusal.gate].append(refusal)
	return [
		{
			"month": month,
			"department": department,
			"gate": gate,
			"gate_shown": gate_shown(gate),
			"denied": sum(not refusal.by_hr for refusal in found),
			"refused": sum(refusal.by_hr for refusal in found),
			"contested": sum(objected(refusal, contested) for refusal in found),
			"upheld": sum(upheld(refusal, contested) for refusal in found),
		}
		for (month, department, gate), found in groups.items()
	]


def objected(refusal, contested):
	"""One may object to what the rules denied; what HR refused is decided by a person already."""
	return not refusal.by_hr and refusal.request in contested


def upheld(refusal, contested):
	return objected(refusal, contested) and contested[refusal.request].status == UPHELD


def gate_shown(gate):
	return _(gate, context="MKD Policy Gate")


def request(refusal, contested):
	objection = contested[refusal.request] if objected(refusal, contested) else None
	return {
		"at": refusal.at.date(),
		"request": refusal.request,
		"employee": refusal.employee,
		"employee_name": refusal.employee_name,
		"department": refusal.department,
		"gate_shown": gate_shown(refusal.gate),
		"by": _("HR", context=REPORTS) if refusal.by_hr else _("The Rules"),
		"status_shown": _(refusal.status, context=REQUEST),
		"objection": objection.name if objection else None,
		"objection_shown": _(objection.status, context=OBJECTION) if objection else None,
		"record": None if refusal.by_hr else refusal.record,
		"gate_decision": refusal.record if refusal.by_hr else None,
	}


def columns():
	return [
		asked.month(),
		asked.unit(),
		asked.text("gate_shown", _("Gate"), 180),
		asked.number("denied", _("Denied by the Rules"), 150),
		asked.number("refused", _("Refused by HR"), 130),
		asked.number("contested", _("Objected To"), 120),
		asked.number("upheld", _("Objection Upheld"), 150),
	]


def columns_of_requests():
	return [
		asked.number("at", _("Date", context=REPORTS), 110, "Date"),
		asked.link("request", _("MKD Request"), REQUEST),
		*asked.person(),
		asked.unit(),
		asked.text("gate_shown", _("Gate"), 150),
		asked.text("by", _("By", context=REPORTS), 100),
		asked.text("status_shown", _("Status Now"), 150),
		asked.link("objection", _("MKD Objection"), OBJECTION),
		asked.text("objection_shown", _("Status of the Objection"), 150),
		asked.link("record", _("MKD Decision Record"), DECISION_RECORD, 140),
		asked.link("gate_decision", _("MKD Gate Decision"), GATE_DECISION),
	]


def chart(refusals):
	denied = Counter(refusal.gate for refusal in refusals if not refusal.by_hr)
	refused = Counter(refusal.gate for refusal in refusals if refusal.by_hr)
	gates = sorted({*denied, *refused}, key=lambda gate: (-denied[gate] - refused[gate], gate))
	return asked.bars(
		map(gate_shown, gates),
		stacked=True,
		denied=(_("The Rules"), [denied[gate] for gate in gates]),
		refused=(_("HR", context=asked.REPORTS), [refused[gate] for gate in gates]),
	)


def summary(refusals, contested):
	"""Requests are counted once here, by whatever gates they failed."""
	if not refusals:
		return None
	denied = {refusal.request for refusal in refusals if not refusal.by_hr}
	refused = {refusal.request for refusal in refusals if refusal.by_hr}
	granted = {refusal.request for refusal in refusals if upheld(refusal, contested)}
	return [
		asked.figure(_("Requests Denied by the Rules"), len(denied), "Red"),
		asked.figure(_("Requests Refused by HR"), len(refused), "Orange"),
		asked.figure(_("Objections Upheld"), len(granted), "Green"),
	]
