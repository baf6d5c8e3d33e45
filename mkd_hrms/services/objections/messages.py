"""Who learns of an objection: the employee, HR, and whoever took part in the decision; nobody else (rule P3)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date
from frappe.utils.user import get_users_with_role

from mkd_hrms.constants import HR_MANAGER, OBJECTION
from mkd_hrms.services.objections.subjects import Contested
from mkd_hrms.services.people.hr import deciders_of_hr, is_left
from mkd_hrms.services.platform.notify import inform


def filed(objection: Document, contested: Contested) -> None:
	"""HR is asked to decide; whoever took part in the decision learns that somebody objects, not why."""

	def ask() -> tuple[str, str]:
		subject = _("Objection of {0}: decide by {1}").format(
			objection.employee_name, format_date(objection.decide_by)
		)
		return subject, _("{0}: {1}").format(_(objection.against_doctype), objection.against_name)

	involved = contested.deciders | {objection.employee_user, objection.filed_by}
	if not objection.flags.asked_by_mail:
		deciders = deciders_of_hr(objection.employee, OBJECTION, but=involved)
		inform(deciders, OBJECTION, objection.name, ask)
	inform(
		_concerned(objection, contested),
		*contested.shown,
		lambda: _heading(objection, _("HR decides about it.")),
	)


def decided(objection: Document, contested: Contested | None) -> None:
	"""The employee reads the reason; whoever took part in the decision reads the result."""
	result = objection.status

	def say() -> tuple[str, str]:
		subject = _("Your objection {0}: {1}").format(objection.name, _(result, context=OBJECTION))
		lines = filter(None, (objection.decision_reason, objection.outcome))
		return subject, "<br>".join(frappe.utils.escape_html(line) for line in lines)

	inform([objection.employee_user], OBJECTION, objection.name, say)
	if contested:
		heard = _concerned(objection, contested)
		inform(heard, *contested.shown, lambda: _heading(objection, _(result, context=OBJECTION)))


def late(objection: Document) -> None:
	"""The HR managers to whom the employee is left are reminded, but for whoever objected."""

	def say() -> tuple[str, str]:
		subject = _("Objection of {0} should have been decided by {1}").format(
			objection.employee_name, format_date(objection.decide_by)
		)
		return subject, _("It stays open until a person decides it.")

	managers = set(get_users_with_role(HR_MANAGER)) - {objection.employee_user}
	managers = {user for user in managers if is_left(user, objection.employee, OBJECTION)}
	inform(managers, OBJECTION, objection.name, say)


def _concerned(objection: Document, contested: Contested) -> frozenset[str]:
	return contested.deciders - {objection.employee_user, objection.decided_by}


def _heading(objection: Document, text: str) -> tuple[str, str]:
	return _("{0} has objected to a decision").format(objection.employee_name), text
