"""An Employee record that is joined with another, gets another name, or goes because it was a mistake.

Two records that become one are one person from then on: one NIP, one quota (rule Q6), one standing.
"""

from __future__ import annotations

from collections.abc import Collection

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_link_to_form
from frappe.utils.nestedset import update_nsm

from mkd_hrms.constants import EARLY_WARNING, ENDED
from mkd_hrms.facts.concerned import PERSON
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import read_nip
from mkd_hrms.facts.ledger.days import PlacedDay, read_placed
from mkd_hrms.facts.people import Person, read_people
from mkd_hrms.facts.superiors import read_reports
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.ledger.booking import QuotaExceeded, lock_person
from mkd_hrms.services.ledger.moving import arranged, move_person
from mkd_hrms.services.ledger.over_limit import over_together
from mkd_hrms.services.ledger.quota_messages import overfull_message
from mkd_hrms.services.people.approvers import reassign_or_tell
from mkd_hrms.services.renames import roles_and_units
from mkd_hrms.services.renames.our_records import fields_naming, first_naming, forget_evaluations
from mkd_hrms.services.renames.users import refuse_decided_among
from mkd_hrms.services.standing.changes_noted import concerns
from mkd_hrms.services.standing.refresh import forget


def before_merge(old: str, new: str) -> None:
	"""Refuse what two records cannot become together, before anything is written; then make room.

	Raises ValidationError for two NIPs or a decision of one about the other, DayTaken and QuotaExceeded for the days.
	"""
	people = read_people(SiteDatabase(), Scope(employees=(old, new)))
	gone, stays = people.get(old), people.get(new)
	# Of names that are no two records the platform says so itself.
	if not (gone and stays):
		return
	person = _one_person(gone, stays)
	_refuse_superior(gone, stays)
	users = [user for user in (gone.user, stays.user) if user]
	refuse_decided_among((old, new), users, _("Set one of the two records to Left instead of merging them."))
	roles_and_units.before_merge(PERSON, old, new)
	for employee in sorted((old, new)):
		lock_person(employee)
	_check_days(gone, stays, person)
	_end_doubled_warnings(old, new)
	forget(old)
	concerns(PERSON, old)


def _one_person(gone: Person, stays: Person) -> str:
	"""The name by which both are known from now on: the NIP of either."""
	nips = {entry.person for entry in (gone, stays) if entry.person != entry.employee}
	if len(nips) > 1:
		frappe.throw(
			_(
				"{0} has NIP {1} and {2} has NIP {3}: these are two people, and each keeps his own MKD days. Correct the NIP that is wrong first."
			).format(gone.employee, gone.person, stays.employee, stays.person),
			title=_("Two People"),
		)
	return next(iter(nips), stays.employee)


def _refuse_superior(gone: Person, stays: Person) -> None:
	for one, other in ((gone, stays), (stays, gone)):
		if one.reports_to == other.employee:
			frappe.throw(
				_(
					"{0} reports to {1}: nobody is his own superior, so these are two people. Change the superior first."
				).format(one.employee, other.employee),
				title=_("Two People"),
			)


def _check_days(gone: Person, stays: Person, person: str) -> None:
	"""The days must fit together, by the limits they were booked under and, of those to come, by today's."""
	employees = (gone.employee, stays.employee)
	days = read_placed(SiteDatabase(), employees, {*employees, gone.person, stays.person, person})
	name = stays.employee_name or stays.employee
	moving = [day for day in days if day.person != person]
	arranged(name, moving, [day for day in days if day.person == person])
	both = _weeks_of_both(days)
	for over in over_together(stays, employees, [day for day in days if day.iso_week in both]):
		message = overfull_message(name, over.week, over.limit, over.days)
		frappe.throw(message, QuotaExceeded, title=_("Weekly Limit"))


def _weeks_of_both(days: Collection[PlacedDay]) -> set[str]:
	"""The weeks that are counted for two persons until now: in the others nothing is added up."""
	persons: dict[str, set[str]] = {}
	for day in days:
		persons.setdefault(day.iso_week, set()).add(day.person)
	return {week for week, found in persons.items() if len(found) > 1}


def _end_doubled_warnings(old: str, new: str) -> None:
	"""Of two open early warnings of one threshold the one of the record that stays goes on."""
	open_ = frappe.get_all(
		EARLY_WARNING, filters={"employee": new, "open_threshold": ("is", "set")}, pluck="open_threshold"
	)
	if open_:
		doubled = {"employee": old, "open_threshold": ("in", open_)}
		values = {"status": ENDED, "ended_on": clock.now(), "open_threshold": None}
		frappe.db.set_value(EARLY_WARNING, doubled, values)


def after_rename(employee: Document, old: str, merge: bool) -> None:
	"""The person follows the new name. Raises DayTaken and QuotaExceeded as `move_person`."""
	if merge:
		_take_over(employee, old)
	name = employee.name
	move_person(old, employee.mkd_nip or name)
	move_person(name, employee.mkd_nip or name)
	forget(old)
	if merge:
		_take_reports_over(name)
	concerns(PERSON, name)


def _take_reports_over(employee: str) -> None:
	"""Who reported to the record that goes: the platform changes the link, and leaves the tree as it was."""
	for report in read_reports(SiteDatabase(), employee):
		update_nsm(frappe.get_doc(PERSON, report))
		reassign_or_tell(report)
	reassign_or_tell(employee)


def _take_over(employee: Document, old: str) -> None:
	"""What the record that stays lacks, and what the others repeat of the one that goes."""
	gone = read_people(SiteDatabase(), Scope(employees=(old,)))[old]
	if not employee.mkd_nip and (nip := read_nip(SiteDatabase(), old)):
		employee.db_set("mkd_nip", nip)
	for doctype, link in fields_naming(PERSON):
		for repeated, before, now in (
			("name", gone.employee_name, employee.employee_name),
			("user", gone.user, employee.user_id),
		):
			field = f"{link}_{repeated}"
			if before != now and frappe.get_meta(doctype).has_field(field):
				his = {link: employee.name, field: before or ("is", "not set")}
				frappe.db.set_value(doctype, his, field, now, update_modified=False)


def on_trash(employee: Document) -> None:
	"""A mistaken record goes, with what the evaluation found about it; one that something is on record of stays.

	Days that a transfer had brought to it go back. Raises LinkExistsError.
	"""
	forget_evaluations(PERSON, employee.name)
	if record := first_naming(PERSON, employee.name):
		frappe.throw(
			_(
				"{0} stays on record and names {1}, who therefore cannot be deleted. Set the status of {1} to Left instead."
			).format(record, get_link_to_form(PERSON, employee.name)),
			frappe.LinkExistsError,
			title=_("On Record"),
		)
	brought = read_placed(SiteDatabase(), [employee.name], [employee.name])
	for owner in sorted({day.employee for day in brought if day.person == employee.name}):
		move_person(owner, read_nip(SiteDatabase(), owner) or owner)
