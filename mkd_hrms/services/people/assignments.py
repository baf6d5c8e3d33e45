"""Open questions about somebody (ToDo): they follow the employee to whoever decides about him now, and are closed
when there is nothing left to ask."""

from __future__ import annotations

from collections.abc import Iterable

import frappe
from frappe.model.document import Document

from mkd_hrms.constants import DAY, REQUEST

TODO, OPEN = "ToDo", "Open"


def pass_on(employee: str, approver: str | None) -> None:
	"""Give the open questions about an employee to another approver; without one they are closed, and HR has its lists.

	Called before the requests name the new approver: who was asked about a request is whom it named.
	"""
	for name in (*_about_requests(employee), *_about_days(employee)):
		todo = frappe.get_doc(TODO, name)
		if todo.allocated_to == approver:
			continue
		if approver:
			todo.allocated_to = approver
		else:
			todo.status = "Closed"
		todo.save(ignore_permissions=True)


def _about_requests(employee: str) -> list[str]:
	todo, request = frappe.qb.DocType(TODO), frappe.qb.DocType(REQUEST)
	return (
		frappe.qb.from_(todo)
		.join(request)
		.on((request.name == todo.reference_name) & (todo.allocated_to == request.approver))
		.select(todo.name)
		.where((todo.reference_type == REQUEST) & (todo.status == OPEN) & (request.employee == employee))
		.run(pluck=True)
	)


def _about_days(employee: str) -> list[str]:
	"""Absences that wait for their confirmation: nobody but the superior is asked about these."""
	todo, day = frappe.qb.DocType(TODO), frappe.qb.DocType(DAY)
	return (
		frappe.qb.from_(todo)
		.join(day)
		.on(day.name == todo.reference_name)
		.select(todo.name)
		.where((todo.reference_type == DAY) & (todo.status == OPEN))
		.where((day.employee == employee) & (day.absence_proposed == 1))
		.run(pluck=True)
	)


def close_questions(days: Iterable[str]) -> None:
	"""Nobody is asked any more about these days."""
	if not (names := list(days)):
		return
	asked = {"reference_type": DAY, "reference_name": ("in", names), "status": "Open"}
	for name in frappe.get_all("ToDo", asked, pluck="name"):
		todo = frappe.get_doc("ToDo", name)
		todo.status = "Closed"
		todo.save(ignore_permissions=True)


def close_referrals(measure: Document) -> None:
	"""HR is not asked any more about a measure that has fallen."""
	asked = {"reference_type": measure.doctype, "reference_name": measure.name, "status": "Open"}
	for name in frappe.get_all("ToDo", asked, pluck="name"):
		todo = frappe.get_doc("ToDo", name)
		todo.status = "Cancelled"
		todo.save(ignore_permissions=True)
