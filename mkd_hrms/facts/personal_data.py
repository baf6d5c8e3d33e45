"""Where coordinates and evidence of MKD days lie (rule P4): the exact check-ins of a period, the places, the files."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from pypika import CustomFunction, Query, Table
from pypika.functions import Cast, Coalesce
from pypika.terms import Criterion

from mkd_hrms.facts.database import Binder, Database, rows

DAY, CHECKIN, REQUEST = Table("tabMKD Day"), Table("tabEmployee Checkin"), Table("tabMKD Request")
REPORT, OBJECTION, FILE = Table("tabMKD Daily Report"), Table("tabMKD Objection"), Table("tabFile")
UNDECIDED = OBJECTION.as_("undecided")
ROUND = CustomFunction("ROUND", ["number", "digits"])
RELEASED = "Released"
# The last date asked for; of a draft without dates, the day on which it was written.
OVER = Coalesce(REQUEST.to_date, Cast(REQUEST.creation, "DATE"))
# Where somebody attaches evidence, and the last day that it is about.
EVIDENCE = {
	"MKD Request": (REQUEST, OVER),
	"MKD Daily Report": (REPORT, REPORT.mkd_date),
	"MKD Objection": (OBJECTION, Cast(OBJECTION.creation, "DATE")),
}
ONE_DAY = timedelta(days=1)


def read_first_day(database: Database) -> date | None:
	"""The oldest MKD day that was not given back."""

	def build(bind: Binder):
		kept = DAY.status != bind(RELEASED)
		return Query.from_(DAY).select(DAY.mkd_date).where(kept).orderby(DAY.mkd_date).limit(1)

	return next((day for (day,) in rows(database, build)), None)


def read_away_days(
	database: Database, since: date, before: date, employees: Collection[str] | None
) -> set[tuple[str, date]]:
	"""Who worked away, or was to, on which days of a period; days that were given back are days in the office."""

	def build(bind: Binder):
		within = (DAY.mkd_date >= bind(since)) & (DAY.mkd_date < bind(before))
		query = Query.from_(DAY).select(DAY.employee, DAY.mkd_date)
		query = query.where(within & (DAY.status != bind(RELEASED)))
		return query if employees is None else query.where(DAY.employee.isin(bind.all(employees)))

	return {(employee, day) for employee, day in rows(database, build)}


def read_exact_checkins(
	database: Database, employees: Iterable[str], since: date, before: date, digits: int
) -> list[tuple[str, str, date]]:
	"""Name, employee and date of the check-ins whose position is stored more exactly than to so many digits."""

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
	"""The requests that are over and still declare a place more exactly than to so many digits."""

	def build(bind: Binder):
		exact = _is_exact(REQUEST.place_latitude, REQUEST.place_longitude, digits, bind)
		query = Query.from_(REQUEST).select(REQUEST.name).where(exact & (OVER < bind(before)))
		query = query.orderby(REQUEST.name).limit(limit)
		return query if employees is None else query.where(REQUEST.employee.isin(bind.all(employees)))

	return [name for (name,) in rows(database, build)]


def _is_exact(latitude, longitude, digits: int, bind: Binder) -> Criterion:
	places = bind(digits)
	return (ROUND(latitude, places) != latitude) | (ROUND(longitude, places) != longitude)


def read_evidence(
	database: Database, before: date, employees: Collection[str] | None, limit: int
) -> list[tuple[str, str, str]]:
	"""The files at records that are over: the file, and the DocType and name it belongs to.

	What an objection is about that nobody has decided yet is not over, nor is its own evidence.
	"""
	found = []
	for doctype, (table, last_day) in EVIDENCE.items():

		def build(bind: Binder, doctype=doctype, table=table, last_day=last_day):
			of_these = (FILE.attached_to_doctype == bind(doctype)) & (last_day < bind(before))
			against = (UNDECIDED.against_doctype == bind(doctype)) & (UNDECIDED.against_name == table.name)
			about = (UNDECIDED.name == table.name) if table is OBJECTION else against
			query = (
				Query.from_(FILE)
				.join(table)
				.on(table.name == FILE.attached_to_name)
				.left_join(UNDECIDED)
				.on((UNDECIDED.status == bind("Pending Decision")) & about)
				.select(FILE.name, FILE.attached_to_doctype, FILE.attached_to_name)
				.where(of_these & UNDECIDED.name.isnull())
				.orderby(FILE.name)
				.limit(limit)
			)
			return query if employees is None else query.where(table.employee.isin(bind.all(employees)))

		found += rows(database, build)
	return found


def read_checkins_of_days(database: Database, employees: Collection[str]) -> list[str]:
	"""The check-ins of some Employee records on days on which they worked away."""

	def build(bind: Binder):
		day = Cast(Coalesce(CHECKIN.shift_start, CHECKIN.time), "DATE")
		return (
			Query.from_(CHECKIN)
			.join(DAY)
			.on((DAY.employee == CHECKIN.employee) & (DAY.mkd_date == day))
			.select(CHECKIN.name)
			.distinct()
			.where(CHECKIN.employee.isin(bind.all(employees)) & (DAY.status != bind(RELEASED)))
			.orderby(CHECKIN.name)
		)

	return [name for (name,) in rows(database, build)]
