"""An application: what it meets, why it was decided so, taking it back, and what HR decides about it."""

from __future__ import annotations

import frappe
from frappe import _

from mkd_hrms.api.named import listed
from mkd_hrms.constants import APPROVE, PERSON, REQUEST
from mkd_hrms.permissions import who
from mkd_hrms.services.booked_days import stopped_patterns, withdrawal
from mkd_hrms.services.decisions import reasons
from mkd_hrms.services.people import hr
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.platform.opened import opened
from mkd_hrms.services.requests import actors, hr_review, role_classification
from mkd_hrms.services.requests import before_applying as before
from mkd_hrms.services.requests.transitions import settle_own_days
from mkd_hrms.services.units import fair_order_shown
from mkd_hrms.services.workflow.states import refuse


@frappe.whitelist()
def before_applying(employee: str | None = None, start: str | None = None) -> dict:
	"""What can be chosen in an application, and what the rules say of it: for who may apply for this employee.

	Without an employee the user's own record is meant. Empty for whom it does not concern.
	"""
	name = opened(PERSON, employee).name if employee else who.own_active_record(frappe.session.user)
	person = read_person(name) if name else None
	if not (person and who.may_apply_for(person)):
		return {}
	shown = before.of(person, frappe.utils.getdate(start) if start else None)
	return shown | {"is_own": person.user == frappe.session.user}


@frappe.whitelist()
def explain(request: str) -> dict:
	"""Why a request was decided as it was: every gate in a sentence, for the employee himself and HR."""
	doc = opened(REQUEST, request)
	if not reasons.may_read_findings(doc):
		frappe.throw(_("The reasons are for the employee and HR."), frappe.PermissionError)
	return {
		"request": doc.name,
		"status": doc.status,
		"outcome": doc.outcome,
		"objection_until": doc.objection_until,
		"findings": reasons.sentences(doc),
	}


@frappe.whitelist()
def fair_order(request: str) -> dict:
	"""Where more ask for a date than have room: the order for who decides, and his own place for the applicant."""
	doc, user = opened(REQUEST, request), frappe.session.user
	own = actors.is_own(doc, user)
	decides = not own and (
		not actors.refusal(doc, APPROVE, user) or hr.acts_for_hr(user, doc.employee, REQUEST)
	)
	if doc.status not in actors.WAITING or not (own or decides):
		return {"request": doc.name, "dates": []}
	case = settle_own_days(doc)
	return {"request": doc.name, "dates": fair_order_shown.of(case.person, case.dates, decides)}


@frappe.whitelist(methods=["POST"])
def withdraw_days(request: str, dates: str | list[str]) -> dict:
	"""Take back days of an approved request before they begin: the employee himself, or HR for him."""
	days = [frappe.utils.getdate(day) for day in listed(dates)]
	withdrawal.refuse_days_by_circular(request)
	doc = opened(REQUEST, request)
	refuse(actors.refusal_of_days(doc, frappe.session.user))
	withdrawal.withdraw_days(doc, days)
	return {"request": doc.name, "status": doc.status}


@frappe.whitelist(methods=["POST"])
def end_pattern(request: str) -> dict:
	"""Take back an approved weekly pattern with all of its days that have not begun: the employee himself, or HR for him."""
	doc = opened(REQUEST, request)
	refuse(actors.refusal_of_days(doc, frappe.session.user))
	withdrawal.end_pattern(doc)
	return {"request": doc.name, "status": doc.status}


@frappe.whitelist(methods=["POST"])
def stop_pattern(request: str, since: str, reason: str) -> dict:
	"""The superior, or HR for him, ends an approved weekly pattern from a date on: the days from then on are given back."""
	doc = opened(REQUEST, request)
	stopped_patterns.stop(doc, frappe.utils.getdate(since), reason)
	return {"request": doc.name, "status": doc.status}


@frappe.whitelist()
def unknown_gates(requests: str | list[str]) -> list[str]:
	"""What is not known in some requests that wait for HR: the names of the gates, for who decides about them."""
	frappe.has_permission("MKD Gate Decision", "submit", throw=True)
	return hr_review.unknown_in(listed(requests))


@frappe.whitelist(methods=["POST"])
def decide_gates(
	requests: str | list[str],
	decision: str,
	reason: str,
	valid_until: str,
	gates: str | list[str] | None = None,
) -> dict:
	"""HR accepts or refuses what is unknown in some requests; many of them are left to a worker."""
	frappe.has_permission("MKD Gate Decision", "submit", throw=True)
	names, chosen = listed(requests), listed(gates) if gates else None
	arguments = {"decision": decision, "reason": reason, "valid_until": valid_until, "gates": chosen}
	if len(names) > hr_review.INLINE:
		job = "mkd_hrms.tasks.decide_requests"
		frappe.enqueue(job, queue="long", requests=names, **arguments)
		return {"queued": len(names)}
	return hr_review.decide(names, **arguments)


@frappe.whitelist(methods=["POST"])
def classify_roles(doctype: str, names: str | list[str], decision: str | dict) -> dict:
	"""HR classifies many designations or units at once; the requests that waited for it are judged anew."""
	frappe.has_permission("MKD Suitability", "create", throw=True)
	result = role_classification.classify(doctype, listed(names), frappe.parse_json(decision))
	waiting = role_classification.waiting_for_a_role() if result["done"] else []
	if waiting:
		frappe.enqueue(
			"mkd_hrms.tasks.evaluate_waiting",
			queue="long",
			names=[request.name for request in waiting],
			enqueue_after_commit=True,
		)
	return {**result, "evaluating": len(waiting)}
