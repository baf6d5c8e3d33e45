"""Running numbers that mend themselves after a restore: sequences of the database, and naming series of Frappe.

Both are kept apart from the documents: a backup of single tables has these without them, or leaves behind what lags.
Then every new document would end in an error of the database, or take a number that was free by chance. Creating a
sequence commits, so it is done on a connection of its own: nothing of the document that asks for a number is stored in
passing.
"""

from __future__ import annotations

from collections.abc import Sequence

import pymysql

import frappe
from frappe import _
from frappe.database.mariadb.database import MariaDBDatabase
from frappe.model.document import Document
from frappe.model.naming import getseries, parse_naming_series
from frappe.utils import cint

from mkd_hrms.constants import DAILY_REPORT, REQUEST
from mkd_hrms.facts.database.site import another_connection
from mkd_hrms.services.platform.locks import lock_name

UNKNOWN_SEQUENCE = 4091
# Seconds that the mending waits for another change of the same sequence.
PATIENCE = 10
# By DocType the beginning of its names and the digits of a number: BEGINNING-year-number, and of an amendment its number.
NUMBERED = {REQUEST: ("MKD-REQ", 5), DAILY_REPORT: ("MKD-RPT", 6)}
# In these names the number is the fourth part.
PLACE = 4


def next_name(doctype: str, year: int) -> str:
	"""The next name that no document has, mending the sequence where it is lost or lags. Raises ValidationError."""
	beginning, digits = NUMBERED[doctype]
	for _attempt in range(2):
		number = _next(doctype)
		if number is not None:
			name = f"{beginning}-{year}-{number:0{digits}d}"
			if not _lags(doctype, name, number):
				return name
		mend(doctype)
	frappe.throw(
		_("{0} gets no number: the sequence {1} is lost or used up. Run bench migrate.").format(
			_(doctype), sequence_of(doctype)
		)
	)


def next_names(doctype: str, year: int, count: int) -> list[str]:
	"""As `next_name` for many: the first one mends what is lost or lags. Raises ValidationError."""
	if count < 1:
		return []
	first = next_name(doctype, year)
	beginning, digits = NUMBERED[doctype]
	asked = " union all ".join([f"select nextval(`{sequence_of(doctype)}`)"] * (count - 1))
	numbers = [number for (number,) in frappe.db.sql(asked)] if asked else []
	names = [first, *(f"{beginning}-{year}-{number:0{digits}d}" for number in numbers)]
	used = frappe.get_all(doctype, {"name": ("in", names)}, pluck="name")
	return [next_name(doctype, year) if name in used else name for name in names]


def mend(doctype: str) -> None:
	"""Have the next number follow the highest that is used. Many may do so at once: a sequence only moves forward.

	One that is there is not asked to be created: that would wait for whoever has taken a number and is not done yet.
	"""
	sequence = sequence_of(doctype)
	with another_connection() as connection:
		connection.sql(f"set session lock_wait_timeout = {PATIENCE}")
		# Given back with the connection.
		connection.sql("select get_lock(%s, %s)", (lock_name(sequence), PATIENCE))
		following = _highest(connection, doctype) + 1
		try:
			connection.sql(f"select setval(`{sequence}`, {following:d}, 0)")
		except pymysql.MySQLError as error:
			if error.args[0] != UNKNOWN_SEQUENCE:
				raise
			connection.sql_ddl(f"create sequence `{sequence}` start with {following:d} nocache nocycle")


def catch_up(document: Document) -> None:
	"""Mend the naming series of a document that is about to be named, where it lags behind the highest that is used.

	The row of the series and the documents are stored together, so of a series that is in order no one is ahead.
	"""
	doctype, pattern = document.doctype, document.meta.autoname
	beginning = parse_naming_series([part for part in pattern.split(".") if "#" not in part])
	current = frappe.db.get_value("Series", beginning, "current", order_by=None) or 0
	following = f"{beginning}{current + 1:0{pattern.count('#')}d}"
	is_used, last = _look_at_index(doctype, following, beginning)
	if is_used or _number_in(last, pattern.count("-") + 1) > current:
		mend_series(doctype)


def next_in_series(documents: Sequence[Document]) -> list[str]:
	"""The next names of the naming series for new documents of one DocType; the series is kept until the commit."""
	catch_up(documents[0])
	*beginning, hashes = documents[0].meta.autoname.split(".")
	series, digits = parse_naming_series(beginning), len(hashes)
	first, more = cint(getseries(series, digits)), len(documents) - 1
	if more:
		table = frappe.qb.DocType("Series")
		query = frappe.qb.update(table).set(table.current, table.current + more)
		query.where(table.name == series).run()
	return [f"{series}{first + place:0{digits}d}" for place in range(len(documents))]


def mend_series(doctype: str) -> None:
	"""Have the next number follow the highest that is used, of each year."""
	pattern = frappe.get_meta(doctype).autoname
	# Of MKD-OBJ-2026-00012-1 the fourth part; the last one counts amendments.
	place = pattern.count("-") + 1
	frappe.db.sql(
		f"""insert into `tabSeries` (name, current)
		select concat(substring_index(name, '-', {place - 1:d}), '-') as beginning,
			max(cast(substring_index(substring_index(name, '-', {place:d}), '-', -1) as unsigned))
		from `tab{doctype}` where name like %s group by beginning
		on duplicate key update current = greatest(current, values(current))""",  # noqa: S608 -- DocTypes of ours, a whole number
		pattern.split(".")[0] + "%",
	)


def sequence_of(doctype: str) -> str:
	"""The name under which Frappe keeps the running number of a DocType."""
	return f"{frappe.scrub(doctype)}_id_seq"


def _next(doctype: str) -> int | None:
	try:
		return frappe.db.get_next_sequence_val(doctype)
	except pymysql.MySQLError as error:
		if error.args[0] != UNKNOWN_SEQUENCE:
			raise
	return None


def _lags(doctype: str, name: str, number: int) -> bool:
	"""Whether a number that the sequence gave is used, or lies behind one that is.

	Two look-ups by index, however many documents there are. The last name is the highest number of its year while all of
	them have as many digits. Of many at once another one may be stored first: then the sequence itself is ahead of it.
	"""
	is_used, last = _look_at_index(doctype, name, f"{NUMBERED[doctype][0]}-")
	last_number = _number_in(last, PLACE)
	if is_used or last_number <= number:
		return is_used
	((following,),) = frappe.db.sql(
		f"select next_not_cached_value from `{sequence_of(doctype)}`"  # noqa: S608 -- the name of a DocType
	)
	return following <= last_number


def _look_at_index(doctype: str, name: str, beginning: str) -> tuple[bool, str]:
	"""Whether a name is used, and the last one that begins in some way."""
	((is_used, last),) = frappe.db.sql(
		f"""select exists(select 1 from `tab{doctype}` where name = %s),
		(select name from `tab{doctype}` where name like %s order by name desc limit 1)""",  # noqa: S608 -- the name of a DocType
		(name, f"{beginning}%"),
	)
	return bool(is_used), last or ""


def _number_in(name: str, place: int) -> int:
	"""The number in a name; of one that somebody made up, none."""
	parts = name.split("-")
	return cint(parts[place - 1]) if len(parts) >= place else 0


def _highest(connection: MariaDBDatabase, doctype: str) -> int:
	"""The highest number that is used, also by a document that is just being stored."""
	beginning, _digits = NUMBERED[doctype]
	_isolate(connection, "read uncommitted")
	((number,),) = connection.sql(
		f"""select max(cast(substring_index(substring_index(name, '-', {PLACE}), '-', -1) as unsigned))
		from `tab{doctype}` where name like %s""",  # noqa: S608 -- DocTypes of ours
		f"{beginning}-%",
	)
	_isolate(connection, "repeatable read")
	return number or 0


def _isolate(connection: MariaDBDatabase, level: str) -> None:
	"""For the next transaction of the connection, which begins here."""
	connection.sql(f"set session transaction isolation level {level}")
	connection.commit()
