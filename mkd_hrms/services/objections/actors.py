"""Who may act on an objection (rule W13): said once, for the save that refuses and for the form that does not offer."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.constants import (
	DISMISS,
	FILE_OBJECTION,
	HR_MANAGER,
	OBJECTION,
	OFFICER,
	PENDING_DECISION,
	UPHOLD,
	WITHDRAW,
)
from mkd_hrms.services.objections.subjects import look
from mkd_hrms.services.people.hr import acts_for_hr, deciders_of_hr
from mkd_hrms.services.people.person import is_himself

DECIDES = frozenset((UPHOLD, DISMISS))
# A decision needs its reason, which is written on the form.
BY_MAIL = frozenset()
DECIDERS = frozenset((OFFICER, HR_MANAGER))


def refusal(objection: Document, action: str, user: str) -> str | None:
	"""Why a user may not do an action of the Workflow, whatever he does about it; None where he may.

	What else an action needs (grounds, the time to object, a reason) is judged by the server when it is done.
	"""
	if action == FILE_OBJECTION and not (
		_is_own(objection, user) or acts_for_hr(user, objection.employee, OBJECTION)
	):
		return _("You can object for yourself only.")
	# Nobody in HR makes an objection go away that the employee filed.
	if action == WITHDRAW and not (_is_own(objection, user) or user == objection.filed_by):
		return _("The employee withdraws an objection, or whoever filed it for him.")
	if action in DECIDES and not may_decide(objection, user):
		return _(
			"An MKD Officer or HR Manager decides an objection who took no part in the decision before, and nobody about"
			" himself."
		)
	return None


def asked(objection: Document) -> list[str]:
	"""Whom an objection asks to decide: HR, but nobody who took part in what it is about."""
	if objection.status != PENDING_DECISION:
		return []
	contested = look(objection.against_doctype, objection.against_name)
	involved = {objection.employee_user, objection.filed_by} | (contested.deciders if contested else set())
	return deciders_of_hr(objection.employee, OBJECTION, but=involved)


def may_decide(objection: Document, user: str) -> bool:
	"""HR does, but neither the employee, nor who filed it for him, nor who took part in the decision (invariant 4)."""
	if DECIDERS.isdisjoint(frappe.get_roles(user)):
		return False
	if _is_own(objection, user) or user == objection.filed_by:
		return False
	contested = look(objection.against_doctype, objection.against_name)
	return not contested or user not in contested.deciders


def _is_own(objection: Document, user: str) -> bool:
	return is_himself(user, objection.employee)
