"""Puts the questions of the audit to the database."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import frappe
from frappe import _

from mkd_hrms.audit import of_decisions, of_files, of_measures, of_the_ledger, of_the_platform
from mkd_hrms.audit.question import RECORDS, SAME_PERSON, USED, Question
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import with_other_records
from mkd_hrms.services.calendar import clock

AT_ONCE = 5000
OF_EMPLOYEES, IN_PART = "employee in %(employees)s", "name > %(after)s and name <= %(until)s"


def invariants() -> dict[int, str]:
	"""The ten invariants of the app, in short."""
	return {
		1: _("No week holds more MKD days than its limit allowed."),
		2: _("One used MKD day per person and date."),
		3: _("Nobody whom a gate keeps out has an approved day."),
		4: _("Nobody decides his own case."),
		5: _("Attendance follows the day and can be undone."),
		6: _("Decisions stay as they were made."),
		7: _("Missing data neither passes nor fails."),
		8: _("Others do not learn why somebody was refused."),
		9: _("What the app installs is there once."),
		10: _("Records without MKD are untouched."),
	}


def questions() -> list[Question]:
	"""All questions, by invariant."""
	parts = (of_the_ledger, of_decisions, of_files, of_measures, of_the_platform)
	every = [question for part in parts for question in part.questions()]
	return sorted(every, key=lambda question: question.invariant)


def ask(question: Question, employees: Collection[str] = ()) -> list[dict[str, Any]]:
	"""The records that violate an invariant, of everybody, or only of some employees by all their Employee records."""
	scope = with_other_records(SiteDatabase(), employees)
	values = {
		"used": USED,
		"employees": tuple({*employees, *scope.whose}) or ("",),
		"today": clock.today(),
		"confidential": of_the_platform.CONFIDENTIAL,
		"common_roles": of_the_platform.COMMON_ROLES,
	}
	records = _records(bool(employees), question.walk)
	found = [
		row
		for part in _parts(question.walk, values, bool(employees))
		for row in frappe.db.sql(records + question.query, values | part, as_dict=True)
	]
	return [row for row in found if question.only(row)] if question.only else found


def _records(some: bool, walk: str | None) -> str:
	records = []
	for name, doctype in RECORDS.items():
		only = [OF_EMPLOYEES] * some + [IN_PART] * (name == walk)
		where = " where " + " and ".join(only) if only else ""
		records.append(f"{name} as (select * from `tab{doctype}`{where})")
	return "with " + ", ".join([SAME_PERSON, *records])


def _parts(walk: str | None, values: dict[str, Any], some: bool) -> Iterator[dict[str, str]]:
	"""The names between which a statement looks, so that none holds more than a part of a table that grows with every day."""
	if not walk:
		yield {}
		return
	whose = f"and {OF_EMPLOYEES}" if some else ""
	query = f"""select max(name) from (
		select name from `tab{RECORDS[walk]}` where name > %(after)s {whose} order by name limit {AT_ONCE}
	) part"""
	after = ""
	while until := frappe.db.sql(query, values | {"after": after})[0][0]:
		yield {"after": after, "until": until}
		after = until


def violations(employees: Collection[str] = ()) -> dict[Question, list[dict[str, Any]]]:
	"""What breaks an invariant, question by question; empty when all is well."""
	found = {question: ask(question, employees) for question in questions()}
	return {question: rows for question, rows in found.items() if rows}
