"""Who learns of an objection: the employee, HR, and whoever took part in the decision; nobody else (rule P3)."""

from __future__ import annotations

from collections.abc import Iterable

from frappe.model.document import Document
from frappe.utils.user import get_users_with_role

from mkd_hrms.constants import HR_MANAGER, OBJECTION
from mkd_hrms.services.objections.subjects import Contested
from mkd_hrms.services.people.hr import deciders_of_hr, is_left
from mkd_hrms.services.platform.announcements import Announcement, announce


def filed(objection: Document, contested: Contested) -> None:
	"""HR is asked to decide; whoever took part in the decision learns that somebody objects, not why."""
	involved = contested.deciders | {objection.employee_user, objection.filed_by}
	if not objection.flags.asked_by_mail:
		_tell("mkd_filed", objection, deciders_of_hr(objection.employee, OBJECTION, but=involved))
	_tell("mkd_contested", objection, _concerned(objection, contested), contested.shown)


def decided(objection: Document, contested: Contested | None) -> None:
	"""The employee reads the reason; whoever took part in the decision reads the result."""
	_tell("mkd_decided", objection, [objection.employee_user])
	if contested:
		_tell("mkd_contested", objection, _concerned(objection, contested), contested.shown)


def late(objection: Document) -> None:
	"""The HR managers to whom the employee is left are reminded, but for whoever objected."""
	managers = set(get_users_with_role(HR_MANAGER)) - {objection.employee_user}
	managers = {user for user in managers if is_left(user, objection.employee, OBJECTION)}
	_tell("mkd_late", objection, managers)


def _tell(
	happened: str, objection: Document, users: Iterable[str | None], shown: tuple[str, str] | None = None
) -> None:
	"""`shown` is the document that the notice leads to, where it is not for everybody to read the objection."""
	doctype, name = shown or (OBJECTION, objection.name)
	announce(happened, OBJECTION, Announcement(tuple(users), doctype, name, {"doc": objection}))


def _concerned(objection: Document, contested: Contested) -> frozenset[str]:
	return contested.deciders - {objection.employee_user, objection.decided_by}
