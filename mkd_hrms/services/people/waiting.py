"""What waits for a user: only what he himself can act on, by name, however much more his lists show him.

Each is found among the documents of his list, so nobody is told of what he may not see.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import frappe

from mkd_hrms.constants import (
	APPROVE,
	DAILY_REPORT,
	DAY,
	DAY_SWAP,
	HR_ROLES,
	PENDING_APPROVAL,
	PENDING_HR_REVIEW,
	REQUEST,
	SUBMITTED,
	VERIFY,
)
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.people.approvers import delegated_to

# Of more than these a card says that there are many.
COUNTED = 200
# Somebody's own actors, who know best; given by the caller, because they stand in rooms to the right.
Refusal = Callable[..., str | None]


def requests(user: str, refusal: Refusal) -> list[str]:
	"""The applications that he may approve."""
	others = [["employee_user", "!=", user], ["applied_by", "!=", user]]
	filters = [["status", "=", PENDING_APPROVAL], *others]
	return _asked(REQUEST, user, filters, ("approver", "escalated_to"), APPROVE, refusal)


def reports(user: str, refusal: Refusal) -> list[str]:
	"""The daily reports that he may verify."""
	others = [["employee_user", "!=", user], ["written_by", "!=", user]]
	filters = [["status", "=", SUBMITTED], ["docstatus", "=", 1], *others]
	return _asked(DAILY_REPORT, user, filters, ("approver", "escalated_to"), VERIFY, refusal)


def swaps(user: str, refusal: Refusal) -> list[str]:
	"""The swaps of days that he may approve."""
	filters = [["status", "=", PENDING_APPROVAL]]
	return _asked(DAY_SWAP, user, filters, ("approver",), APPROVE, refusal)


def absences(user: str) -> list[str]:
	"""The days on which somebody was missing, about which he was asked."""
	asked = {"reference_type": DAY, "allocated_to": user, "status": "Open"}
	named = frappe.get_all("ToDo", asked, pluck="reference_name", limit=COUNTED)
	return _listed(DAY, [["name", "in", named or [""]], ["absence_proposed", "=", 1]])


def reviews(user: str) -> list[str]:
	"""For who decides as HR, the applications that wait for it, but for his own and those that he approved as a superior."""
	if HR_ROLES.isdisjoint(frappe.get_roles(user)):
		return []
	filters = [["status", "=", PENDING_HR_REVIEW], ["employee_user", "!=", user]]
	return _listed(REQUEST, [*filters, ["superior_approved_by", "!=", user]])


def _asked(
	doctype: str,
	user: str,
	filters: list,
	columns: Collection[str],
	action: str,
	refusal: Refusal,
) -> list[str]:
	"""Those that name him, and of those that name whom he stands in for the ones which his delegation reaches."""
	own = _listed(doctype, filters, {column: user for column in columns})
	stood_in_for = sorted({entry.approver for entry in delegated_to(user, clock.today())})
	if not stood_in_for:
		return own
	named = {column: ("in", stood_in_for) for column in columns}
	others = sorted({*_listed(doctype, filters, named)} - {*own})
	return own + [name for name in others if not refusal(frappe.get_doc(doctype, name), action, user)]


def _listed(doctype: str, filters: list, either: dict | None = None) -> list[str]:
	found = frappe.get_list(doctype, filters=filters, or_filters=either, pluck="name", limit=COUNTED)
	return list(found)
