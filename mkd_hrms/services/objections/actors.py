"""Who may file, withdraw and decide an objection (rule W13)."""

from __future__ import annotations

import frappe

from mkd_hrms.constants import HR_MANAGER, OFFICER
from mkd_hrms.services.objectionable import look

DECIDES = frozenset((OFFICER, HR_MANAGER))


def may_decide(objection, user: str) -> bool:
	"""HR does, but neither the employee, nor who filed it for him, nor who took part in the decision (invariant 4)."""
	if DECIDES.isdisjoint(frappe.get_roles(user)):
		return False
	own = frappe.db.get_value("Employee", objection.employee, "user_id")
	if user in (own, objection.filed_by):
		return False
	thing = look(objection.against_doctype, objection.against_name)
	return not thing or user not in thing.deciders
