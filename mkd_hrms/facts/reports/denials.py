"""Requests that the rules denied, and conditions that HR refused: by which gate, when, in which unit.

A request is found by its state, among those that changed since; of its records only these are read. One that goes on after
an objection was denied all the same, and is found by the objection.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from pypika import Query, Table
from pypika.terms import Criterion

from mkd_hrms.constants import DENIED, DRAFT, REQUEST, UPHELD, WITHDRAWN
from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.reports.narrowed import Narrowed

ASKED, RECORD = Table("tabMKD Request"), Table("tabMKD Decision Record")
GATE_DECISION, OBJECTION = Table("tabMKD Gate Decision"), Table("tabMKD Objection")
# At which evaluations a request is decided about; the others are about its days.
STAGES = ("Application", "Approval", "Objection")
SUBMITTED, REFUSED = 1, "Refused"
ONE_DAY = timedelta(days=1)


class Refusal(NamedTuple):
	"""One condition on which a request failed: by the rules (`record` is what was found), or because HR refused it
	(`record` is that decision). `status` is how the request stands now."""

	request: str
	employee: str
	employee_name: str
	department: str | None
	status: str
	record: str
	at: datetime
	gate: str
	by_hr: bool


class Contesting(NamedTuple):
	"""An objection to a denial, and how it stands."""

	name: str
	status: str


def read_objections_to_denials(database: Database, company: str, since: date) -> dict[str, Contesting]:
	"""By request, the last objection that was filed since a day."""

	def build(bind: Binder):
		filed = (OBJECTION.filed_on >= bind(_morning(since))) & OBJECTION.status.notin(
			bind.all((DRAFT, WITHDRAWN))
		)
		return (
			Query.from_(OBJECTION)
			.select(OBJECTION.against_name, OBJECTION.name, OBJECTION.status)
			.where(
				filed & (OBJECTION.against_doctype == bind(REQUEST)) & (OBJECTION.company == bind(company))
			)
			.orderby(OBJECTION.filed_on)
		)

	return {request: Contesting(name, status) for request, name, status in rows(database, build)}


def read_refusals(
	database: Database,
	narrowed: Narrowed,
	since: date,
	until: date,
	contested: dict[str, Contesting],
) -> list[Refusal]:
	"""What was refused from since to until, both included, by time; each gate of a request once."""
	if narrowed.is_empty:
		return []

	# The state is written a moment before what was found, and a clock may stand elsewhere.
	def still_denied(bind: Binder) -> Criterion:
		return (ASKED.status == bind(DENIED)) & (ASKED.modified >= bind(_morning(since - ONE_DAY)))

	found = _denied(database, narrowed, since, until, still_denied)
	if upheld := [request for request, entry in contested.items() if entry.status == UPHELD]:

		def went_on(bind: Binder) -> Criterion:
			return ASKED.name.isin(bind.all(sorted(upheld))) & (ASKED.status != bind(DENIED))

		found += _denied(database, narrowed, since, until, went_on)
	found += _refused_by_hr(database, narrowed, since, until)
	return _once([refusal for refusal in found if narrowed.shows(refusal.employee)])


def _once(found: Collection[Refusal]) -> list[Refusal]:
	first: dict[tuple, Refusal] = {}
	for entry in sorted(found, key=lambda entry: (entry.at, entry.request)):
		first.setdefault((entry.request, entry.gate, entry.by_hr), entry)
	return list(first.values())


_REQUEST = tuple(ASKED[column] for column in ("name", "employee", "employee_name", "department", "status"))


def _denied(
	database: Database,
	narrowed: Narrowed,
	since: date,
	until: date,
	which: Callable[[Binder], Criterion],
) -> list[Refusal]:
	def build(bind: Binder):
		return (
			Query.from_(ASKED)
			.join(RECORD)
			.on(RECORD.reference_name == ASKED.name)
			.select(*_REQUEST, RECORD.name, RECORD.evaluated_at, RECORD.failed_gates)
			.where(narrowed.of(ASKED, bind) & which(bind))
			.where((RECORD.reference_doctype == bind(REQUEST)) & RECORD.stage.isin(bind.all(STAGES)))
			.where(_within(RECORD.evaluated_at, since, until, bind) & (RECORD.failed_gates > bind("")))
		)

	return [
		Refusal(*request, gate, by_hr=False)
		for *request, gates in rows(database, build)
		for gate in gates.split(", ")
	]


def _refused_by_hr(database: Database, narrowed: Narrowed, since: date, until: date) -> list[Refusal]:
	def build(bind: Binder):
		refused = (GATE_DECISION.docstatus == SUBMITTED) & (GATE_DECISION.decision == bind(REFUSED))
		return (
			Query.from_(GATE_DECISION)
			.join(ASKED)
			.on(ASKED.name == GATE_DECISION.reference_name)
			.select(*_REQUEST, GATE_DECISION.name, GATE_DECISION.creation, GATE_DECISION.gate)
			.where(refused & (GATE_DECISION.reference_doctype == bind(REQUEST)))
			.where(_within(GATE_DECISION.creation, since, until, bind) & narrowed.of(ASKED, bind))
		)

	return [Refusal(*request, by_hr=True) for request in rows(database, build)]


def _within(column, since: date, until: date, bind: Binder) -> Criterion:
	return (column >= bind(_morning(since))) & (column < bind(_morning(until + ONE_DAY)))


def _morning(day: date) -> datetime:
	return datetime.combine(day, time.min)
