"""Where coordinates and evidence of MKD days lie (rule P4): the exact check-ins of a period, the places, the files."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from pypika import CustomFunction, Query, Table
from pypika.functions import Cast, Coalesce
from pypika.terms import Criterion

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.people import EMPLOYEE
from mkd_hrms.policy.model import RELEASED

DAY, CHECKIN, REQUEST = Table("tabMKD Day"), Table("tabEmployee Checkin"), Table("tabMKD Request")
REPORT, OBJECTION, FILE = Table("tabMKD Daily Report"), Table("tabMKD Objection"), Table("tabFile")
ROUND = CustomFunction("ROUND", ["number", "digits"])
# The last date asked for; of a draft without dates, the day on which it was written.
OVER = Coalesce(REQUEST.to_date, Cast(REQUEST.creation, "DATE"))
# Where somebody attaches evidence, and the last day that it is about.
EVIDENCE = {
	"MKD Request": (REQUEST, OVER),
	"MKD Daily Report": (REPORT, Coalesce(Cast(REPORT.verified_on, "DATE"), REPORT.mkd_date)),
	"MKD Objection": (OBJECTION, Cast(OBJECTION.creation, "DATE")),
}
# A report that was handed in and waits to be verified.
WAITING = ("Submitted", "Returned")
MEASURES = ("MKD Warning", "MKD Suspension")
ONE_DAY = timedelta(days=1)
# Names by DocType.
Held = dict[str, set[str]]


def read_first_day(database: Database) -> date | None:
	"""The oldest MKD day that was not given back."""

	def build(bind: Binder):
		kept = DAY.status != bind(RELEASED)
		return Query.from_(DAY).select(DAY.mkd_date).where(kept).orderby(DAY.mkd_date).limit(1)

	return next((day for (day,) in rows(database, build)), None)


def read_away_days(
	database: Database, since: date, before: date, employees: Collection[str] | None
) -> set[tuple[str, date]]:
	"""Who worked away, or was to, on which days of a period, by each of his Employee records; days that were given back
	are days in the office."""

	def build(bind: Binder):
		def of_these() -> Criterion:
			within = (DAY.mkd_date >= bind(since)) & (DAY.mkd_date < bind(before))
			within &= DAY.status != bind(RELEASED)
			return within if employees is None else within & DAY.employee.isin(bind.all(employees))

		own, other = EMPLOYEE.as_("own"), EMPLOYEE.as_("other")
		same = (other.mkd_nip == own.mkd_nip) & (other.mkd_nip > bind("")) & (other.name != own.name)
		of_others = Query.from_(DAY).join(own).on(own.name == DAY.employee).join(other).on(same)
		query = Query.from_(DAY).select(DAY.employee, DAY.mkd_date).where(of_these())
		return query.union_all(of_others.select(other.name, DAY.mkd_date).where(of_these()))

	return {(employee, day) for employee, day in rows(database, build)}


def read_exact_checkins(
	database: Database, employees: Iterable[str], since: date, before: date, digits: int
) -> list[tuple[str, str, date]]:
	"""Name, employee and date of the check-ins whose position is stored more exactly than to so many digits of a degree."""

	def build(bind: Binder):
		day = Cast(Coalesce(CHECKIN.shift_start, CHECKIN.time), "DATE")
		return (
			Query.from_(CHECKIN)
			.select(CHECKIN.name, CHECKIN.employee, day)
			.where(CHECKIN.employee.isin(bind.all(employees)))
			# A night shift begins on the day before its last check-in.
			.where(CHECKIN.time >= bind(datetime.combine(since - ONE_DAY, time.min)))
			.where(CHECKIN.time < bind(datetime.combine(before + 2 * ONE_DAY, time.min)))
			.where(
				_is_exact(CHECKIN.latitude, CHECKIN.longitude, digits, bind)
				| (Coalesce(CHECKIN.geolocation, bind("")) != bind(""))
				| (CHECKIN.mkd_accuracy > bind(0))
			)
		)

	return list(rows(database, build))


def read_exact_places(
	database: Database, before: date, employees: Collection[str] | None, digits: int, limit: int
) -> list[str]:
	"""The requests that are over and still declare a place more exactly than to so many digits of a degree."""

	def build(bind: Binder):
		exact = _is_exact(REQUEST.place_latitude, REQUEST.place_longitude, digits, bind)
		query = Query.from_(REQUEST).select(REQUEST.name).where(exact & (OVER < bind(before)))
		query = query.orderby(REQUEST.name).limit(limit)
		return query if employees is None else query.where(REQUEST.employee.isin(bind.all(employees)))

	return [name for (name,) in rows(database, build)]


def _is_exact(latitude, longitude, digits: int, bind: Binder) -> Criterion:
	places = bind(digits)
	return (ROUND(latitude, places) != latitude) | (ROUND(longitude, places) != longitude)


def read_held(database: Database, before: date) -> Held:
	"""What is held back by objections that nobody has decided yet, or that were decided on `before` or later.

	That is the objection, what it is against, and the request and report of the day that this is about; a measure is
	about the days that it answers.
	"""

	def objections(bind: Binder):
		decided = OBJECTION.decided_on >= bind(datetime.combine(before, time.min))
		query = Query.from_(OBJECTION).select(
			OBJECTION.name, OBJECTION.against_doctype, OBJECTION.against_name
		)
		return query.where((OBJECTION.status == bind("Pending Decision")) | decided)

	held: Held = defaultdict(set)
	for name, doctype, against in rows(database, objections):
		held["MKD Objection"].add(name)
		held[doctype].add(against)
	for doctype in MEASURES:
		held["MKD Day"] |= _days_answered(database, doctype, held[doctype])
	if held["MKD Day"]:
		days = sorted(held["MKD Day"])
		for request, report in rows(database, lambda bind: _of_days(days, bind)):
			held["MKD Request"].add(request)
			held["MKD Daily Report"].add(report)
	return {doctype: names - {None} for doctype, names in held.items()}


def _days_answered(database: Database, doctype: str, measures: Collection[str]) -> set[str]:
	"""The MKD days on which some measures rest."""
	table = Table(f"tab{doctype}")

	def build(bind: Binder):
		query = Query.from_(table).select(table.reference_doctype, table.reference_name, table.source_events)
		return query.where(table.name.isin(bind.all(sorted(measures))))

	days = set()
	for kind, name, events in rows(database, build) if measures else ():
		days |= {name} if kind == "MKD Day" else set()
		days |= {record for _on, _kind, record in json.loads(events)["events"]} if events else set()
	return days


def _of_days(days: Collection[str], bind: Binder):
	"""The request and the report of some days."""
	query = Query.from_(DAY).left_join(REPORT).on(REPORT.mkd_day == DAY.name)
	return query.select(DAY.source_name, REPORT.name).where(DAY.name.isin(bind.all(days)))


def read_evidence(
	database: Database, before: date, employees: Collection[str] | None, held: Held, limit: int
) -> list[tuple[str, str, str]]:
	"""The files at records that are over: the file, and the DocType and name it belongs to.

	A report that waits to be verified is not over, and one that was verified counts from that day; nor is over what
	an objection holds back.
	"""
	found = []
	for doctype, (table, last_day) in EVIDENCE.items():

		def build(bind: Binder, doctype=doctype, table=table, last_day=last_day):
			query = (
				Query.from_(FILE)
				.join(table)
				.on(table.name == FILE.attached_to_name)
				.select(FILE.name, FILE.attached_to_doctype, FILE.attached_to_name)
				.where((FILE.attached_to_doctype == bind(doctype)) & (last_day < bind(before)))
				.orderby(FILE.name)
				.limit(limit)
			)
			if names := held.get(doctype):
				query = query.where(table.name.notin(bind.all(sorted(names))))
			if table is REPORT:
				query = query.where(table.status.notin(bind.all(WAITING)))
			return query if employees is None else query.where(table.employee.isin(bind.all(employees)))

		found += rows(database, build)
	return found


def read_checkins_of_days(database: Database, employees: Collection[str]) -> list[str]:
	"""The check-ins of one person, by all his Employee records, on days on which he worked away."""

	def build(bind: Binder):
		day = Cast(Coalesce(CHECKIN.shift_start, CHECKIN.time), "DATE")
		return (
			Query.from_(CHECKIN)
			.join(DAY)
			.on(DAY.mkd_date == day)
			.select(CHECKIN.name)
			.distinct()
			.where(CHECKIN.employee.isin(bind.all(employees)) & DAY.employee.isin(bind.all(employees)))
			.where(DAY.status != bind(RELEASED))
			.orderby(CHECKIN.name)
		)

	return [name for (name,) in rows(database, build)]
