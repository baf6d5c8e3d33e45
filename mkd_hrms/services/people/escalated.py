"""Who else decides about an application whose time has passed (rule W4): whom it was passed on to. Nobody loses his say."""

from __future__ import annotations

from collections.abc import Collection

from frappe.model.document import Document

from mkd_hrms.constants import REQUEST
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.people import Person
from mkd_hrms.facts.superiors import read_active_record, read_active_records, read_line_above
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.people.approvers import acts_for, approver_of, approvers_of
from mkd_hrms.services.people.hr import acts_for_hr
from mkd_hrms.services.people.person import read_person, read_persons


def next_above(
	person: Person, before: Collection[str], author: str | None, known: dict[str, str | None] | None = None
) -> str | None:
	"""Who decides about the last of those who were asked; None means HR.

	Never the employee himself, the author of what is decided, or somebody who was asked already. `known` keeps who is
	above whom, for a caller who asks for many.
	"""
	last, known = [*before][-1] if before else None, {} if known is None else known
	if last not in known:
		known[last] = _above(last) if last else None
	above = known[last]
	return None if above in (person.user, author, *before) else above


def note_who_is_above(users: Collection[str | None], known: dict[str, str | None]) -> None:
	"""Keep in `known` who is above each of some users: the same number of queries for any number."""
	asked = {user for user in users if user} - set(known)
	records = read_active_records(SiteDatabase(), asked)
	people = read_persons(list(records.values()))
	approvers = approvers_of(people.values())
	known |= {user: approvers.get(records.get(user)) for user in asked}


def _above(user: str) -> str | None:
	employee = read_active_record(SiteDatabase(), user)
	return approver_of(read_person(employee)) if employee else None


def asked(request: Document, person: Person) -> list[str]:
	"""Whoever was asked so far: the approver, those between in the line of superiors, and the last one."""
	last, between = request.escalated_to, []
	if last and last != request.approver:
		line = read_line_above(SiteDatabase(), person.employee)
		between = line[: line.index(last)] if last in line else []
	users = dict.fromkeys([request.approver, *between, last])
	return [user for user in users if user and user != person.user]


def decides_too(request: Document, person: Person, user: str) -> bool:
	"""Whether a user decides because the time of the approver has passed: whoever was asked, or acts for the last one.

	HR does when nobody is left above. Never the applicant, and never whoever typed the application.
	"""
	if not request.escalated_on or user in (person.user, request.applied_by):
		return False
	if request.escalated_to_hr and acts_for_hr(user, person.employee, REQUEST):
		return True
	last = request.escalated_to
	return user in asked(request, person) or bool(last and acts_for(user, last, person, clock.today()))
