"""What HR decides where the records say too little: gate by gate, one request or hundreds of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import partial

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import escape_html, getdate

from mkd_hrms.constants import EVALUATE_AGAIN, GATE_DECISION, PENDING_HR_REVIEW, REJECT, REQUEST
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import read_same_person
from mkd_hrms.policy.facts import covers
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.decisions.records import OpenGates, open_gates, split
from mkd_hrms.services.platform import many_at_once
from mkd_hrms.services.platform.opened import opened
from mkd_hrms.services.workflow.states import MoveNotAllowed

REFUSED = "Refused"
# Up to so many requests are decided while the officer waits; more go to a worker.
INLINE = 20


def decide(
	requests: Iterable[str], decision: str, reason: str, valid_until: str, gates: Iterable[str] | None = None
) -> dict:
	"""Accept or refuse the unknown gates of some requests; each request then goes on, or is Rejected.

	`gates` narrows to these gates. Returns the names done, and those that failed with the message why; one that
	fails leaves the others alone.
	"""
	result = {"done": [], "failed": {}}
	for name in requests:
		frappe.db.savepoint("mkd_review")
		try:
			decide_one(opened(REQUEST, name), decision, reason, valid_until, gates)
			result["done"].append(name)
		except (frappe.ValidationError, frappe.PermissionError) as problem:
			frappe.db.rollback(save_point="mkd_review")
			frappe.clear_last_message()
			result["failed"][name] = frappe.utils.strip_html(str(problem))
	return result


def decide_in_background(requests: Iterable[str], **answer) -> None:
	"""As decide, each request in a transaction of its own; the officer is told what could not be decided."""
	done, failed = [], {}
	for name in requests:
		try:
			result = decide([name], **answer)
			frappe.db.commit()
		except frappe.QueryDeadlockError:
			frappe.db.rollback()
			result = {"done": [], "failed": {name: _("Somebody else was changing it. Decide it again.")}}
		done += result["done"]
		failed |= result["failed"]
	many_at_once.tell(REQUEST, partial(_words, done, failed))
	frappe.db.commit()


def _words(done: Collection[str], failed: dict[str, str], in_mail: bool) -> tuple[str, str]:
	"""Subject and text in the language of the moment; why one was not decided is no matter of a mail."""
	text = "" if in_mail else "<br>".join(escape_html(f"{name}: {why}") for name, why in failed.items())
	return _("Requests decided: {0}. Not decided: {1}.").format(len(done), len(failed)), text


def decide_one(
	request: Document, decision: str, reason: str, valid_until: str, gates: Iterable[str] | None
) -> None:
	"""A gate decision for each unknown gate of one request. Raises MoveNotAllowed when there is nothing to decide."""
	unknown = split(request.open_gates().unknown)
	chosen = [gate for gate in unknown if gates is None or gate in gates]
	if request.status != PENDING_HR_REVIEW or not chosen:
		frappe.throw(_("Request {0} has no such gate to decide.").format(request.name), MoveNotAllowed)
	for gate in chosen:
		record = frappe.new_doc(GATE_DECISION)
		record.update(
			{
				"employee": request.employee,
				"gate": gate,
				"about": "Unknown",
				"decision": decision,
				"reason": reason,
				"valid_from": min(clock.today(), *_dates(request.name)),
				"valid_until": getdate(valid_until),
				"reference_doctype": REQUEST,
				"reference_name": request.name,
			}
		)
		# The request is carried on once, after its last gate.
		record.flags.carry_on_later = True
		record.insert()
		record.submit()
	carry_on(request.employee)


def unknown_in(requests: Iterable[str]) -> list[str]:
	"""The gates that nobody has decided yet in any of some requests that wait for HR, which the user may read."""
	wanted = list(requests)
	if not wanted:
		return []
	waiting = {"name": ("in", wanted), "status": PENDING_HR_REVIEW}
	names = frappe.get_list(REQUEST, waiting, pluck="name", order_by="name", limit=0)
	found = open_gates(REQUEST, names)
	return list(dict.fromkeys(gate for name in names for gate in split(found.get(name, OpenGates()).unknown)))


def carry_on(employee: str) -> None:
	"""Send a person's requests on that waited for HR: rejected where a gate was refused, else judged anew.

	A decision counts for a request where it covers its dates; a gate that nobody decided for all of them waits. What was
	decided about another Employee record of the same NIP was decided about him.
	"""
	records = read_same_person(SiteDatabase(), employee)
	waiting = frappe.get_all(
		REQUEST,
		filters={
			"employee": ("in", records),
			"status": PENDING_HR_REVIEW,
			"superior_approved_on": ("is", "not set"),
		},
		pluck="name",
		order_by="name",
	)
	answers, found = (_answers(records), open_gates(REQUEST, waiting)) if waiting else ((), {})
	for name in waiting:
		days = _dates(name)
		decided = [
			_answer(answers, gate, day)
			for gate in split(found.get(name, OpenGates()).unknown)
			for day in days
		]
		if REFUSED in decided:
			_act(name, REJECT)
		elif decided and all(decided):
			_act(name, EVALUATE_AGAIN)


def _dates(request: str) -> list[date]:
	return frappe.get_all(
		"MKD Request Date", filters={"parent": request}, pluck="mkd_date", order_by="mkd_date"
	)


def _answers(records: list[str]) -> list:
	"""The decisions about what was unknown, newest first."""
	return frappe.get_all(
		GATE_DECISION,
		filters={"employee": ("in", records), "docstatus": 1, "about": "Unknown"},
		fields=["gate", "decision", "valid_from", "valid_until"],
		order_by="creation desc, name desc",
	)


def _answer(answers: list, gate: str, day: date) -> str | None:
	return next(
		(
			row.decision
			for row in answers
			if row.gate == gate and covers(row.valid_from, row.valid_until, day)
		),
		None,
	)


def _act(name: str, action: str) -> None:
	apply_workflow(frappe.get_doc(REQUEST, name), action)
