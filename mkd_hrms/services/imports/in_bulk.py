"""New attendance of many people, stored at once: what the platform would ask of each row is asked for all of them together.

Only where nobody hears the difference, and only rows about which its own documents would have nothing to say: whoever has
leave, an MKD day or no place among the employees on the date goes through the document (`recording.py`).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import frappe
from frappe.model.naming import NamingSeries, get_default_naming_series, getseries
from frappe.utils import cint, now, time_diff_in_hours

import hrms

from mkd_hrms.constants import AT_WORK_STATES, IMPORT_LINE, NO_SHOW, PERSON
from mkd_hrms.facts.attendance.away import read_away
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.imports import lock_attendance
from mkd_hrms.facts.ledger.days import read_used_between
from mkd_hrms.facts.people import Person, read_people
from mkd_hrms.services.imports.remembering import COLUMNS, line_of
from mkd_hrms.services.imports.steps import CREATED, Step
from mkd_hrms.services.imports.wanted import ATTENDANCE
from mkd_hrms.services.platform.listeners import SUBMITTED, is_heard, value_notices
from mkd_hrms.services.standing.changes_noted import concerns

# Fewer are not worth the questions.
FEWEST = 5
SAVEPOINT = "mkd_import_bulk"
ABSENT, ON_LEAVE = "Absent", "On Leave"
# The parts of a naming series that say the same for each row of a moment.
FIXED_PARTS = frozenset("YY MM DD YYYY WW".split())
# What makes a field of an administrator more than a column that stays empty.
ASKS = ("reqd", "default", "fetch_from", "unique")
OF_ROW = (
	"name creation modified owner modified_by docstatus naming_series employee employee_name company department"
	" attendance_date status half_day_status modify_half_day_status late_entry early_exit in_time out_time working_hours"
).split()


def record_many(steps: Sequence[Step], import_name: str) -> set[int]:
	"""Store those of some steps that can be stored together. Returns their places; the others are left to their documents."""
	new = {
		place: step
		for place, step in enumerate(steps)
		if step.action == CREATED and step.wanted.doctype == ATTENDANCE
	}
	if len(new) < FEWEST or not is_plain():
		return set()
	people = read_people(SiteDatabase(), _scope(new.values()))
	stored = _undisturbed(new, people)
	if not stored:
		return set()
	frappe.db.savepoint(SAVEPOINT)
	try:
		_insert([(step, people[step.wanted.employee]) for step in stored.values()], import_name)
	except frappe.db.IntegrityError as wrong:
		if not frappe.db.is_duplicate_entry(wrong):
			raise
		# The series lags behind: the documents tell what to do.
		frappe.db.rollback(save_point=SAVEPOINT)
		return set()
	return set(stored)


def is_plain() -> bool:
	"""Whether nothing on this site happens at a new row of attendance but what the platform and we do, which is done here."""
	meta = frappe.get_meta(ATTENDANCE)
	own = {"mkd_day", "mkd_before"}
	asked = (each for each in meta.fields if each.get("is_custom_field") and each.fieldname not in own)
	return (
		not any(each.get(what) for each in asked for what in ASKS)
		and meta.autoname == "naming_series:"
		and not frappe.db.exists("Document Naming Rule", {"document_type": ATTENDANCE, "disabled": 0})
		and not frappe.db.exists("Workflow", {"document_type": ATTENDANCE, "is_active": 1})
		and not is_heard(ATTENDANCE, SUBMITTED)
		and not value_notices(ATTENDANCE, OF_ROW)
		and _has_fixed_series(get_default_naming_series(ATTENDANCE) or "", meta)
	)


def _has_fixed_series(series: str, meta) -> bool:
	parts = [part for part in series.split(".") if part]
	return bool(parts) and all(
		part in FIXED_PARTS or not (part.startswith("{") or meta.has_field(part) or "#" in part)
		for part in parts
	)


def _scope(steps: Collection[Step]) -> Scope:
	return Scope(employees=tuple(sorted({step.wanted.employee for step in steps})))


def _undisturbed(new: Mapping[int, Step], people: Mapping[str, Person]) -> dict[int, Step]:
	"""The rows about which no record of the person has anything to say on their dates."""
	days = [step.wanted.day for step in new.values()]
	scope, first, last = _scope(new.values()), min(days), max(days)
	taken = _taken(scope.employees, first, last)
	away = read_away(SiteDatabase(), scope, first, last)
	held = read_used_between(SiteDatabase(), scope, first, last, (*AT_WORK_STATES, NO_SHOW))
	booked = {(employee, day.mkd_date) for employee, found in held.items() for day in found}

	def is_free(step: Step) -> bool:
		employee, day = step.wanted.employee, step.wanted.day
		person = people.get(employee)
		is_employed = (
			person and person.status == "Active" and not (person.joined_on and day < person.joined_on)
		)
		is_away = any(period.touches(day) for period in away.get(employee, ()))
		return bool(is_employed) and not is_away and not {(employee, day)} & (taken | booked)

	free = {place: step for place, step in new.items() if is_free(step)}
	# A date that a file tells twice would be told by its reader; of two records of one key the document refuses the second.
	once = {step.wanted.key: place for place, step in reversed(free.items())}
	return {place: step for place, step in free.items() if once[step.wanted.key] == place}


def _taken(employees: Collection[str], first: date, last: date) -> set[tuple[str, date]]:
	"""Where rows stand by now, locked as Frappe HR locks them: nobody writes one beside ours before we are done."""
	return lock_attendance(SiteDatabase(), employees, first, last)


def _insert(rows: Sequence[tuple[Step, Person]], import_name: str) -> None:
	series = get_default_naming_series(ATTENDANCE)
	names, stamp, user = _names(series, len(rows)), now(), frappe.session.user
	lines, stored = [], []
	for name, (step, person) in zip(names, rows, strict=True):
		values = {"name": name, "creation": stamp, "modified": stamp, "owner": user, "modified_by": user}
		values |= {"docstatus": 1, "naming_series": series} | _row(step, person)
		stored.append(tuple(values.get(column) for column in OF_ROW))
		after = json.dumps(dict(step.wanted.values), default=str)
		lines.append(tuple(line_of(step, import_name, name, None, after).values()))
	frappe.db.bulk_insert(ATTENDANCE, OF_ROW, stored)
	frappe.db.bulk_insert(IMPORT_LINE, COLUMNS, lines)
	concerns(PERSON, *sorted({step.wanted.employee for step, _person in rows if _tells(step.wanted.values)}))
	for calendar in sorted({person.user for _step, person in rows if person.user}):
		hrms.refetch_resource("hrms:attendance_calendar_events", calendar)


def _row(step: Step, person: Person) -> dict[str, Any]:
	"""A row as the platform's document would store it."""
	wanted = step.wanted
	row = {"late_entry": 0, "early_exit": 0, "modify_half_day_status": 0, **wanted.fixed, **wanted.values}
	row |= {"employee": person.employee, "employee_name": person.employee_name}
	row |= {"company": person.company, "department": person.department}
	if row["status"] == ON_LEAVE:
		# So Frappe HR marks leave of which it knows no application.
		row["half_day_status"] = ABSENT
	came, left = row.get("in_time"), row.get("out_time")
	return {**row, "working_hours": time_diff_in_hours(left, came) if came and left else 0}


def _tells(values: Mapping[str, Any]) -> bool:
	"""As `attendance.writer.tells`: whether a row says something against somebody."""
	return values["status"] == ABSENT or bool(values.get("late_entry") or values.get("early_exit"))


def _names(series: str, count: int) -> list[str]:
	"""So many names of a naming series; it is kept until the commit, as when one name is taken."""
	prefix, digits = NamingSeries(f"{series}.#####").get_prefix(), 5
	first = cint(getseries(prefix, digits))
	if count > 1:
		table = frappe.qb.DocType("Series")
		query = frappe.qb.update(table).set(table.current, table.current + count - 1)
		query.where(table.name == prefix).run()
	return [f"{prefix}{first + place:0{digits}d}" for place in range(count)]
