"""What the ladder looks at (rule D8): events on MKD days, and the measures that answered some. Sets in, sets out."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from pypika import Query, Table
from pypika.terms import Criterion

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.people import EMPLOYEE
from mkd_hrms.policy.ladder import Answer, Event
from mkd_hrms.policy.model import FALSE_PLACE, MISSING_REPORT, NO_SHOW, WORKED

DAY = Table("tabMKD Day")
WARNING, SUSPENSION = "MKD Warning", "MKD Suspension"
SUBMITTED, CANCELLED = 1, 2


@dataclass(frozen=True, slots=True)
class Taken:
	"""A measure of the ladder, and whether it still stands: in force, lifted or over, but not annulled."""

	doctype: str
	name: str
	standing: bool
	answer: Answer


def read_stirred(database: Database, since: datetime) -> tuple[str, ...]:
	"""The employees for whom the ladder may have something to do: a day with an event that was written since, a
	measure of the ladder in force, or one that is over while something was written on a day of theirs since."""

	def days(bind: Binder):
		query = Query.from_(DAY).select(DAY.employee).distinct()
		return query.where((DAY.modified >= bind(since)) & _is_event(bind))

	found = {employee for (employee,) in rows(database, days)}
	for doctype in (WARNING, SUSPENSION):
		after = (partial(_written_after, doctype, since), partial(_written_of_another_record, doctype, since))
		for build in (partial(_in_force, doctype), *after):
			found |= {employee for (employee,) in rows(database, build)}
	return tuple(sorted(found))


def _in_force(doctype: str, bind: Binder):
	table = Table(f"tab{doctype}")
	query = Query.from_(table).select(table.employee).distinct()
	return query.where((table.docstatus == SUBMITTED) & (table.status == bind("In Force")) & (table.step > 0))


def _written_after(doctype: str, since: datetime, bind: Binder):
	"""Whoever bears a measure of the ladder, over or not, and has a day that was written since."""
	table = Table(f"tab{doctype}")
	query = Query.from_(table).join(DAY).on(DAY.employee == table.employee).select(table.employee).distinct()
	return query.where((table.docstatus == SUBMITTED) & (table.step > 0) & (DAY.modified >= bind(since)))


def _written_of_another_record(doctype: str, since: datetime, bind: Binder):
	"""The same of a day that was booked through another Employee record of the same person."""
	table, own, other = Table(f"tab{doctype}"), EMPLOYEE.as_("own"), EMPLOYEE.as_("other")
	query = Query.from_(table).join(own).on(own.name == table.employee)
	query = query.join(other).on((other.mkd_nip == own.mkd_nip) & (other.mkd_nip > bind("")))
	query = query.join(DAY).on(DAY.employee == other.name).select(table.employee).distinct()
	return query.where((table.docstatus == SUBMITTED) & (table.step > 0) & (DAY.modified >= bind(since)))


def _is_event(bind: Binder) -> Criterion:
	"""Whoever has looked at a day and excused it has answered for its report too."""
	missing = (DAY.report_missing == 1) & (DAY.confirmed_by.isnull() | (DAY.confirmed_by == bind("")))
	worked = (DAY.status == bind(WORKED)) & (missing | (DAY.false_place == 1))
	return worked | (DAY.status == bind(NO_SHOW))


def read_events(database: Database, scope: Scope) -> dict[str, tuple[Event, ...]]:
	"""The events of some people, oldest first. A no-show is one event, whatever else is missing on that day."""

	def build(bind: Binder):
		return (
			Query.from_(DAY)
			.select(DAY.employee, DAY.mkd_date, DAY.name, DAY.status, DAY.false_place)
			.where(scope.has(DAY.employee, bind) & _is_event(bind))
			.orderby(DAY.mkd_date)
			.orderby(DAY.name)
		)

	found = defaultdict(tuple)
	for employee, day, name, status, false_place in scope.folded(rows(database, build)):
		kind = NO_SHOW if status == NO_SHOW else FALSE_PLACE if false_place else MISSING_REPORT
		found[employee] += (Event(day, kind, name),)
	return dict(found)


def read_taken(database: Database, scope: Scope) -> dict[str, tuple[Taken, ...]]:
	"""The measures that the ladder took, also those that were annulled; not those whose events were set free."""
	found = defaultdict(tuple)
	for doctype in (WARNING, SUSPENSION):
		table = Table(f"tab{doctype}")

		def build(bind: Binder, table=table):
			return (
				Query.from_(table)
				.select(table.employee, table.name, table.docstatus, table.step, table.source_events)
				.where(scope.has(table.employee, bind) & table.events_key.notnull())
				.where((table.docstatus >= SUBMITTED) & (table.docstatus <= CANCELLED))
				.orderby(table.name)
			)

		for employee, name, docstatus, step, written in scope.folded(rows(database, build)):
			found[employee] += (Taken(doctype, name, docstatus == SUBMITTED, _answer(step, written)),)
	return dict(found)


def _answer(step: int, written: str) -> Answer:
	kept = json.loads(written)
	events = (Event(date.fromisoformat(on), kind, record) for on, kind, record in kept["events"])
	return Answer(step, kept["times"], frozenset(events))


def write_events(times: int, events: Collection[Event]) -> str:
	"""What a measure keeps of the events that it answers."""
	return json.dumps({"times": times, "events": [[event.on.isoformat(), *event[1:]] for event in events]})
