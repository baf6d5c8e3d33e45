"""An objection (keberatan): filed in time by the employee, decided by somebody else, with reasons (rule W13).

The Workflow shows the buttons; this decides, on every path. Nothing is ever decided by the clock.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, get_link_to_form, getdate

from mkd_hrms.constants import DRAFT, FILE_OBJECTION, OBJECTION, PENDING_DECISION, UPHELD
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.decisions.reasons import is_own_or_hr
from mkd_hrms.services.objections import messages
from mkd_hrms.services.objections.actors import refusal
from mkd_hrms.services.objections.effects import uphold
from mkd_hrms.services.objections.states import ACTION_OF, CONTENT, DECIDED, check_move
from mkd_hrms.services.objections.subjects import Contested, documents_of, find, look
from mkd_hrms.services.people.person import is_himself
from mkd_hrms.services.platform import attached_files
from mkd_hrms.services.platform.opened import opened
from mkd_hrms.services.platform.transactions import on_its_own
from mkd_hrms.services.policies.in_force import policy_on
from mkd_hrms.services.workflow.states import MoveNotAllowed, is_moving, old_status, refuse


class TooLate(frappe.ValidationError):
	"""The time to object is over."""


class AlreadyObjected(frappe.ValidationError):
	"""The decision has its objection already."""


def check(objection: Document) -> None:
	"""Everything that an objection must be, and who may do what it is about to become.

	Raises PermissionError, MoveNotAllowed, TooLate, AlreadyObjected, MandatoryError without grounds or a reason, or
	ValidationError for an end in the past.
	"""
	check_move(objection)
	if (old := old_status(objection)) == DRAFT:
		refuse(refusal(objection, FILE_OBJECTION, frappe.session.user))
		contested = _check_filing(objection)
		if objection.status == PENDING_DECISION:
			_file(objection, contested)
		return
	if changed := [name for name in CONTENT if objection.has_value_changed(name)]:
		labels = ", ".join(_(objection.meta.get_label(name)) for name in changed)
		frappe.throw(_("{0} cannot be changed after filing.").format(labels), MoveNotAllowed)
	if is_moving(objection):
		refuse(refusal(objection, ACTION_OF[old, objection.status], frappe.session.user))
		objection.open_key = None
	if objection.status in DECIDED:
		_check_decision(objection)


def _check_filing(objection: Document) -> Contested:
	"""In time, with grounds, and once."""
	contested = find(objection.against_doctype, objection.against_name, objection.employee)
	if not (objection.grounds or "").strip():
		frappe.throw(_("Say what is wrong with the decision."), frappe.MandatoryError)
	if clock.today() > contested.until:
		frappe.throw(
			_("It was possible to object until {0} ({1}).").format(
				format_date(contested.until), _(contested.clause)
			),
			TooLate,
		)
	_refuse_second(objection, contested)
	objection.objection_until = contested.until
	return contested


def _refuse_second(objection: Document, contested: Contested) -> None:
	"""One objection to one decision, and one level: what was decided about it stands."""
	other = frappe.qb.DocType(OBJECTION)
	decided = other.status.isin(DECIDED) & (other.filed_on >= contested.decided_at)
	found = (
		frappe.qb.from_(other)
		.select(other.name)
		.where(other.against_doctype == objection.against_doctype)
		.where((other.against_name == objection.against_name) & (other.name != (objection.name or "")))
		.where((other.status == PENDING_DECISION) | decided)
		.limit(1)
		.run()
	)
	if found:
		frappe.throw(
			_("There is an objection to this decision already: {0}.").format(
				get_link_to_form(OBJECTION, found[0][0])
			),
			AlreadyObjected,
		)


def _file(objection: Document, contested: Contested) -> None:
	today = clock.today()
	days = policy_on(contested.company, today).objection_decide_days
	objection.filed_on, objection.filed_by = clock.now(), frappe.session.user
	objection.decide_by = today + timedelta(days=days)
	# Of two that are filed at the same moment the database refuses the second.
	objection.open_key = f"{objection.against_doctype}: {objection.against_name}"


def _check_decision(objection: Document) -> None:
	if not (objection.decision_reason or "").strip():
		frappe.throw(_("Write the reason of the decision: the employee reads it."), frappe.MandatoryError)
	if objection.valid_until and getdate(objection.valid_until) < clock.today():
		frappe.throw(_("What is accepted cannot end in the past."))
	objection.decided_by, objection.decided_on = frappe.session.user, clock.now()
	if told := attached_files.tell_changed(*documents_of(objection)):
		objection.add_comment("Info", told)


def follow(objection: Document) -> None:
	"""After the save: what the new state brings with it, and who learns of it."""
	before = objection.get_doc_before_save()
	if not before or before.status == objection.status:
		return
	contested = look(objection.against_doctype, objection.against_name)
	if objection.status == PENDING_DECISION:
		messages.filed(objection, contested)
	elif objection.status in DECIDED:
		if objection.status == UPHELD:
			outcome = uphold(objection) if contested else _("The decision had been undone before.")
			objection.db_set("outcome", outcome, update_modified=False)
		messages.decided(objection, contested)


def escalate() -> int:
	"""Remind the HR managers, once, of what nobody decided in time. Nothing is decided by the clock.

	Returns of how many they were reminded.
	"""
	late = {"status": PENDING_DECISION, "decide_by": ("<", clock.today()), "escalated_on": ("is", "not set")}
	names = frappe.get_all(OBJECTION, late, pluck="name", order_by="name")
	return sum(
		on_its_own(partial(_remind, name), f"MKD: nobody was reminded of {name}", OBJECTION, name)
		for name in names
	)


def _remind(name: str) -> None:
	objection = frappe.get_doc(OBJECTION, name, for_update=True)
	if objection.status == PENDING_DECISION and not objection.escalated_on:
		frappe.db.set_value(OBJECTION, name, "escalated_on", clock.now())
		messages.late(objection)


def state_of(doctype: str, name: str) -> dict:
	"""For a form: until when one may object, or how the objection stands. Empty for whom it does not concern (rule P3)."""
	opened(doctype, name)
	contested, user = look(doctype, name), frappe.session.user
	if not contested:
		return {}
	reads = is_own_or_hr(contested.employee)
	if not reads and user not in contested.deciders:
		return {}
	against = {"against_doctype": doctype, "against_name": name, "creation": (">=", contested.decided_at)}
	states = (PENDING_DECISION, *DECIDED, *([DRAFT] if reads else []))
	against["status"] = ("in", states)
	found = frappe.get_all(OBJECTION, against, ["name", "status"], order_by="creation desc", limit=1)
	own = is_himself(user, contested.employee)
	may = own and not found and clock.today() <= contested.until
	answer = {"until": str(contested.until), "may_object": may, "employee": contested.employee}
	if found:
		answer |= {"status": found[0].status, "objection": found[0].name if reads else None}
	return answer
