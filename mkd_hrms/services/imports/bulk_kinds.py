"""What the platform's documents would say of a new row of attendance and of a new check-in, for many of them at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

import frappe
from frappe.model.meta import Meta
from frappe.model.naming import get_default_naming_series
from frappe.utils import time_diff_in_hours

import hrms
from hrms.hr.utils import set_geolocation_from_coordinates

from mkd_hrms.constants import AT_WORK_STATES, CHECKIN, NO_SHOW, PERSON
from mkd_hrms.facts.attendance.away import read_away
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.imports import lock_attendance, read_with_shifts
from mkd_hrms.facts.ledger.days import read_used_by_person
from mkd_hrms.facts.people import Person
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.imports.steps import Step
from mkd_hrms.services.imports.wanted import ATTENDANCE
from mkd_hrms.services.platform.listeners import INSERTED, SUBMITTED
from mkd_hrms.services.standing.changes_noted import concerns

ABSENT, ON_LEAVE, HALF_DAY, ACTIVE = "Absent", "On Leave", "Half Day", "Active"
Rows = Sequence[tuple[Step, Person]]


def scope_of(steps: Iterable[Step]) -> Scope:
	"""The people of some steps."""
	return Scope(employees=tuple(sorted({step.wanted.employee for step in steps})))


def _days(steps: Sequence[Step]) -> tuple[date, date]:
	days = [step.wanted.day for step in steps]
	return min(days), max(days)


def _booked(steps: Sequence[Step], people: Mapping[str, Person], states: Collection[str]) -> set[tuple]:
	"""By person and date where an MKD day stands."""
	persons = {person.person for person in people.values()}
	found = read_used_by_person(SiteDatabase(), persons, *_days(steps), states)
	return {(person, day.mkd_date) for person, days in found.items() for day in days}


class Kind(Protocol):
	"""A DocType of which new rows are stored in sets: what they hold, whose are free of questions, what follows."""

	doctype: str
	docstatus = 0
	events: Collection[str]
	# Fields of our own, which are filled here.
	own: Collection[str]
	columns: Sequence[str]

	def series(self, meta: Meta) -> str:
		"""The naming series of the rows; empty where they are named in another way."""

	def who_is_free(self, steps: Sequence[Step], people: Mapping[str, Person]) -> Callable[[Step], bool]:
		"""Whether no record of the person has anything to say about a row."""

	def row(self, step: Step, person: Person, import_name: str) -> dict[str, Any]:
		"""A row as the platform's document would store it."""

	def stored(self, rows: Rows) -> None:
		"""What follows from them."""


class OfAttendance(Kind):
	"""Submitted attendance."""

	doctype, docstatus, events = ATTENDANCE, 1, SUBMITTED
	own = ("mkd_day", "mkd_before")
	columns = (
		"naming_series employee employee_name company department attendance_date status half_day_status"
		" modify_half_day_status late_entry early_exit in_time out_time working_hours"
	).split()

	def series(self, meta):
		return f"{get_default_naming_series(ATTENDANCE)}.#####" if meta.autoname == "naming_series:" else ""

	def who_is_free(self, steps, people):
		scope, days = scope_of(steps), _days(steps)
		# As Frappe HR locks them: nobody writes a row beside ours before we are done.
		taken = lock_attendance(SiteDatabase(), scope.employees, *days)
		away = read_away(SiteDatabase(), scope, *days)
		booked = _booked(steps, people, (*AT_WORK_STATES, NO_SHOW))

		def is_free(step: Step) -> bool:
			employee, day = step.wanted.employee, step.wanted.day
			person = people.get(employee)
			if not person or person.status != ACTIVE or (person.joined_on and day < person.joined_on):
				return False
			is_away = any(period.touches(day) for period in away.get(employee, ()))
			return not is_away and (employee, day) not in taken and (person.person, day) not in booked

		return is_free

	def row(self, step, person, import_name):
		wanted = step.wanted
		row = {"late_entry": 0, "early_exit": 0, "modify_half_day_status": 0, **wanted.fixed, **wanted.values}
		row |= {"employee": person.employee, "employee_name": person.employee_name}
		row |= {"company": person.company, "department": person.department}
		row["naming_series"] = get_default_naming_series(ATTENDANCE)
		if row["status"] in (ON_LEAVE, HALF_DAY):
			# So Frappe HR marks leave, for a whole day or a half, of which it knows no application.
			row["half_day_status"] = ABSENT
		came, left = row.get("in_time"), row.get("out_time")
		return {**row, "working_hours": time_diff_in_hours(left, came) if came and left else 0}

	def stored(self, rows):
		told = {step.wanted.employee for step, _person in rows if _tells(step.wanted.values)}
		concerns(PERSON, *sorted(told))
		for user in sorted({person.user for _step, person in rows if person.user}):
			hrms.refetch_resource("hrms:attendance_calendar_events", user)


def _tells(values: Mapping[str, Any]) -> bool:
	"""As `attendance.writer.tells`: whether a row says something against somebody."""
	return values["status"] == ABSENT or bool(values.get("late_entry") or values.get("early_exit"))


class OfCheckins(Kind):
	"""Check-ins of past days; whoever has a shift or an MKD day is looked at by the document."""

	doctype, events = CHECKIN, INSERTED
	own = ("mkd_accuracy", "mkd_received_at")
	columns = (
		"employee employee_name log_type time device_id latitude longitude geolocation offshift"
		" skip_auto_attendance mkd_received_at"
	).split()

	def series(self, meta):
		return meta.autoname or ""

	def who_is_free(self, steps, people):
		first, last = _days(steps)
		on_shift = read_with_shifts(SiteDatabase(), scope_of(steps).employees, first, last)
		booked, today = _booked(steps, people, AT_WORK_STATES), clock.today()

		def is_free(step: Step) -> bool:
			employee, day = step.wanted.employee, step.wanted.day
			person = people.get(employee)
			if not person or person.status != ACTIVE or employee in on_shift or day >= today:
				return False
			return (person.person, day) not in booked

		return is_free

	def row(self, step, person, import_name):
		row = frappe._dict(latitude=0, longitude=0, log_type="", offshift=1, skip_auto_attendance=0)
		row.update({**step.wanted.fixed, **step.wanted.values, "device_id": import_name})
		row.update({"employee": person.employee, "employee_name": person.employee_name})
		row.mkd_received_at, row.time = clock.now(), row.time.replace(microsecond=0)
		set_geolocation_from_coordinates(row)
		return row


KINDS = (OfAttendance(), OfCheckins())
