"""Who decides about an application (rule W3): the superior, else the unit's head, else HR; or who acts for one of the first
two. Never the applicant."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.constants import (
	DAILY_REPORT,
	DAY,
	DAY_SWAP,
	DELEGATION,
	HR_ROLES,
	PENDING_APPROVAL,
	REQUEST,
	RETURNED,
	SUBMITTED,
)
from mkd_hrms.facts.agency import read_units_below
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.people import Person
from mkd_hrms.facts.superiors import (
	read_heads_of_many,
	read_unit_heads,
	read_user_who_decides,
	read_users_who_decide,
)
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.people import assignments, hr
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.people.time_to_decide import NOT_PASSED_ON, last_day_from_today


def approver_of(person: Person) -> str | None:
	"""The user who decides now; None means HR."""
	return _superior(person) or _unit_head(person)


def approvers_of(people: Collection[Person]) -> dict[str, str | None]:
	"""As `approver_of` by employee for many people: two queries."""
	above = read_users_who_decide(SiteDatabase(), {person.employee for person in people if person.reports_to})
	found = {
		person.employee: user if (user := above.get(person.employee)) != person.user else None
		for person in people
	}
	without = [person for person in people if not found[person.employee] and person.department]
	heads = read_heads_of_many(SiteDatabase(), {person.employee for person in without})
	for person in without:
		users = heads.get(person.employee, ())
		found[person.employee] = next((user for user in users if user != person.user), None)
	return found


def may_decide(person: Person, user: str, applied_by: str | None = None) -> bool:
	"""Whether a user may approve or reject this person's application at this moment.

	Never the applicant, nor whom he himself chose to act for his superior; and never whoever typed the application:
	where a superior did so as HR, another of HR decides.
	"""
	if user in (person.user, applied_by):
		return False
	approver = approver_of(person)
	if approver in (None, applied_by):
		return hr.acts_for_hr(user, person.employee, REQUEST)
	return user == approver or acts_for(user, approver, person, clock.today())


def note_delegate(request: Document) -> None:
	"""Say on a decided application for whom the user acted, so that HR finds every decision of a delegate."""
	entry = _acted_by(request)
	if not entry:
		return
	name = frappe.utils.escape_html(frappe.db.get_value("User", entry.approver, "full_name"))
	said = _("Decided for {0}, by delegation ({1}).") if entry.kind else _("Decided for {0}, by delegation.")
	request.add_comment("Info", said.format(name, entry.kind))


def capacity(request: Document) -> str | None:
	"""As what a user decides about an application who was not asked himself: Plh., Plt., a.n. or u.b."""
	entry = _acted_by(request)
	return entry.kind if entry else None


def _acted_by(request: Document) -> frappe._dict | None:
	"""The delegation by which the user acts on an application; None for who was asked himself."""
	user, asked = frappe.session.user, [name for name in (request.approver, request.escalated_to) if name]
	if not asked or user in asked:
		return None
	person, entries = read_person(request.employee), delegated_to(user, clock.today())
	found = (entry for name in asked for entry in entries if entry.approver == name)
	return next((entry for entry in found if _reaches(entry, person, _below(entry))), None)


def is_superior_or_hr(person: Person, user: str) -> bool:
	"""Who decides about a day of somebody: the superior, or HR for him; nobody about himself (invariant 4)."""
	if user == person.user:
		return False
	return user == approver_of(person) or hr.acts_for_hr(user, person.employee, DAY)


def reassign(employee: str) -> None:
	"""Give an employee's undecided applications, his reports, and what else his superior was asked, to whoever decides
	about him now."""
	pending = frappe.get_all(
		REQUEST, filters={"employee": employee, "status": PENDING_APPROVAL}, pluck="name"
	)
	waiting = {"employee": employee, "status": ("in", (SUBMITTED, RETURNED)), "docstatus": 1}
	reports = frappe.get_all(DAILY_REPORT, filters=waiting, pluck="name")
	person = read_person(employee)
	approver = approver_of(person)
	assignments.pass_on(employee, approver)
	_pass_on_swaps(employee, approver)
	if not (pending or reports):
		return
	for name in pending:
		_ask(frappe.get_doc(REQUEST, name), person, approver)
	for report in reports:
		frappe.db.set_value(DAILY_REPORT, report, "approver", approver)


def _pass_on_swaps(employee: str, approver: str | None) -> None:
	"""A swap is decided by the superior of both; with different ones nobody does, until they have the same again."""
	waiting = {"employee": employee, "status": PENDING_APPROVAL}
	for name in frappe.get_all(DAY_SWAP, waiting, pluck="name"):
		full_name = frappe.db.get_value("User", approver, "full_name") if approver else None
		frappe.db.set_value(DAY_SWAP, name, {"approver": approver, "approver_name": full_name})


def _ask(request: Document, person: Person, approver: str | None) -> None:
	"""Let a request wait for an approver; another one than before has the whole time for it (rule W4)."""
	values = {"approver": approver, "approver_name": None}
	if approver:
		values["approver_name"] = frappe.db.get_value("User", approver, "full_name")
	if approver != (request.approver or None):
		decide_by = last_day_from_today(request, person) if approver else None
		values |= {"waits_since": clock.now(), "decide_by": decide_by, **NOT_PASSED_ON}
	request.db_set(values)


def reassign_or_tell(employee: str) -> None:
	"""A strict MariaDB undoes the change of an application that somebody decides at this very moment.

	Raises ValidationError where it did.
	"""
	try:
		return reassign(employee)
	except frappe.QueryDeadlockError:
		pass
	frappe.throw(_("An application of {0} is being decided at this moment. Save again.").format(employee))


def is_hr(user: str) -> bool:
	"""Whether a user acts for HR."""
	return bool(HR_ROLES & set(frappe.get_roles(user)))


def _superior(person: Person) -> str | None:
	"""The user of an active superior who is somebody else: nobody is his own superior, whatever the records say."""
	found = read_user_who_decides(SiteDatabase(), person.reports_to) if person.reports_to else None
	return found if found != person.user else None


def _unit_head(person: Person) -> str | None:
	"""The first leave approver of the person's unit, or of the nearest unit above that names somebody else."""
	heads = read_unit_heads(SiteDatabase(), person.department) if person.department else ()
	return next((user for user in heads if user != person.user), None)


def acts_for(user: str, approver: str | None, person: Person, on: date) -> bool:
	"""Whether a user acts for an approver towards a person on a date; nobody chooses who does so towards himself."""
	return any(
		entry.approver == approver and _reaches(entry, person, _below(entry))
		for entry in delegated_to(user, on)
	)


def who_act_for(approver: str, person: Person, on: date) -> list[str]:
	"""The users who act for an approver towards a person on a date."""
	return who_act_for_each({approver: (person, (approver,))}, on)[approver]


def names_of(users: Collection[str]) -> list[str]:
	"""How users are called, in their order."""
	return [frappe.get_cached_value("User", user, "full_name") or user for user in users]


def who_act_for_each(
	asked: Mapping[str, tuple[Person, Collection[str | None]]], on: date
) -> dict[str, list[str]]:
	"""By document, who acts on a date for those whom it asks, towards the person it is about; never that one himself.

	One query, and one more for each unit to which a delegation is limited.
	"""
	approvers = {user for _person, users in asked.values() for user in users if user}
	entries = _delegations("approver", approvers, on) if approvers else []
	units = {entry.department: _below(entry) for entry in entries}
	found: dict[str, list[str]] = {}
	for name, (person, users) in asked.items():
		reached = (
			entry.delegate
			for entry in entries
			if entry.approver in users and _reaches(entry, person, units[entry.department])
		)
		found[name] = [user for user in dict.fromkeys(reached) if user != person.user]
	return found


def _reaches(entry: frappe._dict, person: Person, below: Collection[str] | None) -> bool:
	"""Whether a delegation is about a person: of its units, if it is limited to some, and nobody who wrote it."""
	return (below is None or person.department in below) and person.user not in (
		entry.owner,
		entry.modified_by,
	)


def _below(entry: frappe._dict) -> Collection[str] | None:
	"""The units to which a delegation is limited; None for all."""
	return read_units_below(SiteDatabase(), entry.department) if entry.department else None


def delegated_to(user: str, on: date) -> list[frappe._dict]:
	"""Whom a user stands in for on a date: approver, the unit if only for a part of his people, and as what."""
	return _delegations("delegate", {user}, on)


def _delegations(column: str, users: Collection[str], on: date) -> list[frappe._dict]:
	return frappe.get_all(
		DELEGATION,
		filters={column: ("in", sorted(users)), "from_date": ("<=", on), "to_date": (">=", on)},
		fields=["approver", "delegate", "kind", "department", "owner", "modified_by"],
		order_by="name",
	)
