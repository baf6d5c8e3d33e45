"""Open questions about somebody (ToDo): they follow the employee to whoever decides about him now, and are closed
when there is nothing left to ask."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import now

from mkd_hrms.constants import DAY, REQUEST
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.platform import timeline
from mkd_hrms.services.platform.listeners import INSERTED, is_heard
from mkd_hrms.services.platform.names import row_name

TODO, OPEN = "ToDo", "Open"


@dataclass(frozen=True, slots=True)
class Question:
	"""What a user is asked about a document, in his language, as plain text."""

	name: str
	user: str
	text: str


def ask(doctype: str, questions: Iterable[Question], assigned_by: str | None) -> None:
	"""Put questions into the lists of those who are asked: as a ToDo of each leaves it, all at once.

	Whoever assigned a ToDo may read it, so there are questions that nobody has assigned.
	"""
	rows = [_todo(doctype, question, assigned_by) for question in questions]
	if is_heard(TODO, INSERTED):
		for row in rows:
			frappe.get_doc({"doctype": TODO, **row, "name": None}).insert(ignore_permissions=True)
		return
	if not rows:
		return
	user, stamp = frappe.session.user, now()
	full_name = frappe.db.get_value("User", user, "full_name") or user
	for row in rows:
		row |= {"creation": stamp, "modified": stamp, "owner": user, "modified_by": user}
		row |= {"assigned_by_full_name": full_name if assigned_by == user else None}
	frappe.db.bulk_insert(TODO, list(rows[0]), [tuple(row.values()) for row in rows])
	_note_assigned(doctype, rows)


def _todo(doctype: str, question: Question, assigned_by: str | None) -> dict[str, Any]:
	text = frappe.utils.escape_html(question.text)
	todo = {"name": row_name(), "allocated_to": question.user, "description": text, "date": clock.today()}
	todo |= {"reference_type": doctype, "reference_name": question.name, "assigned_by": assigned_by}
	return todo | {"role": None, "status": OPEN, "priority": "Medium"}


def _note_assigned(doctype: str, rows: Collection[dict]) -> None:
	"""On the documents, who is asked: in their timelines, in the words of the platform, and in the list."""
	me = frappe.session.user
	wanted = {"name": ("in", sorted({me, *(row["allocated_to"] for row in rows)}))}
	found = frappe.get_all("User", wanted, ["name", "first_name", "last_name"], as_list=True)
	names = {user: " ".join(filter(None, parts)) or user for user, *parts in found}
	said = frappe._("{0} assigned {1}: {2}")
	lines = [
		(row["reference_name"], said.format(names[me], names[row["allocated_to"]], row["description"]))
		for row in rows
	]
	timeline.note(doctype, lines, "Assigned")
	about = {"reference_type": doctype, "reference_name": ("in", [row["reference_name"] for row in rows])}
	asked: dict[str, list[str]] = {}
	for name, user in frappe.get_all(
		TODO, {**about, "status": OPEN}, ["reference_name", "allocated_to"], order_by="creation", as_list=True
	):
		asked.setdefault(name, []).append(user)
	lists = {name: {"_assign": json.dumps(users)} for name, users in asked.items()}
	frappe.db.bulk_update(doctype, lists, chunk_size=len(lists), update_modified=False)


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
