"""What can be wrong between rows: keys, references, periods, and what only our tables know."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, replace

import duckdb

from mkd_hrms.simulate.files.columns import Table
from mkd_hrms.simulate.files.problems import SHOWN, Findings, Problem
from mkd_hrms.simulate.files.readers import ROW
from mkd_hrms.simulate.files.schema import TABLES, references
from mkd_hrms.simulate.output.language import _

# Periods of one person that must not overlap: table, first and last day, whose, and which rows count.
NEVER_TWICE = (
	(
		"Leave Application",
		"from_date",
		"to_date",
		"employee",
		"docstatus = 1 AND status = 'Approved' AND half_day = 0",
	),
	("MKD Agreement", "valid_from", "valid_to", "employee", "true"),
	("MKD Coverage Rule", "valid_from", "valid_to", "department", "true"),
	(
		*("MKD Suitability", "valid_from", "valid_to"),
		*("reference_doctype || ' ' || reference_name", "true"),
	),
)


@dataclass(frozen=True, slots=True)
class Relation:
	"""A query that yields row, value and expectation for every damaged place."""

	kind: str
	table: str
	column: str
	query: str
	needs: tuple[str, ...] = ()
	only_noted: bool = False


def check_relations(
	connection: duckdb.DuckDBPyConnection,
	files: dict[str, str],
	findings: Findings,
	sound: Collection[str] = (),
) -> None:
	"""Run every check of a table that has a file; `files` names them. A table without one is empty.

	What refers to a damaged table is not checked: it is not loaded, and everything would be missing in it. Tables
	whose keys are known to be `sound` hold none twice.
	"""
	found = connection.execute("SELECT table_name FROM information_schema.tables").fetchall()
	loaded = {name.removeprefix("tab") for (name,) in found}
	for table in TABLES:
		if table.name in files and table.name not in sound and _has_suspects(connection, table):
			for relation in _keys(table):
				_run(connection, relation, files[table.name], findings)
	for relation in all_relations():
		if relation.table in files and {relation.table, *relation.needs} <= loaded:
			_run(connection, relation, files[relation.table], findings)


def has_sound_keys(connection: duckdb.DuckDBPyConnection, select: str) -> bool:
	"""Whether every row of a file has a key that is greater than the one before it, as in an export by key.

	Then none is missing and none stands there twice. Comparing neighbours is faster than grouping all, and needs no
	memory. Closes the connection.
	"""
	# Trimming is what costs. Every blank that rtrim takes away but the plain one has more than one byte.
	trimmed = "CASE WHEN suffix(name, ' ') OR strlen(name) <> length(name) THEN rtrim(name) ELSE name END"
	keys = f"SELECT lower({trimmed}) AS key FROM ({select})"
	pairs = f"SELECT key, lag(key) OVER () AS before FROM ({keys})"
	damaged = f"SELECT 1 FROM ({pairs}) WHERE key IS NULL OR key = '' OR key <= before LIMIT 1"
	with closing(connection):
		try:
			return connection.execute(damaged).fetchone() is None
		except duckdb.Error:
			return False


def _has_suspects(connection: duckdb.DuckDBPyConnection, table: Table) -> bool:
	"""Whether two keys may be the same but for case. Numbers group much faster than texts."""
	if not table.has_key:
		return False
	query = f'SELECT 1 FROM "{table.sql_name}" GROUP BY hash(lower(name)) HAVING count(*) > 1 LIMIT 1'
	return connection.execute(query).fetchone() is not None


def _run(connection: duckdb.DuckDBPyConnection, relation: Relation, file: str, findings: Findings) -> None:
	if relation.only_noted:
		_note(connection, relation, file, findings)
		return
	rows = connection.execute(
		f"SELECT count(*) OVER (), * FROM ({relation.query}) AS found (row, value, expected) ORDER BY row LIMIT {SHOWN}"
	).fetchall()
	findings.add(
		(
			Problem(relation.kind, file, row, relation.column, value, expected)
			for _number, row, value, expected in rows
		),
		rows[0][0] if rows else 0,
	)


def _note(connection: duckdb.DuckDBPyConnection, relation: Relation, file: str, findings: Findings) -> None:
	"""What stays outside the files, with the first of it by name."""
	count, first = connection.execute(
		f"SELECT count(DISTINCT value), min(value) FROM ({relation.query}) AS found (row, value, expected)"
	).fetchone()
	if count:
		findings.note(
			_(
				"{file}: {count} in {column} are not among the files, such as {first}; nothing is asked of them."
			),
			file=file,
			count=count,
			column=relation.column,
			first=first,
		)


def all_relations() -> Iterator[Relation]:
	"""Every check but those of keys."""
	for table in TABLES:
		for first, last in table.periods:
			query = (
				f'SELECT {ROW}, {_iso(last)}, {_iso(first)} FROM "{table.sql_name}" WHERE {last} < {first}'
			)
			yield Relation("end_before_start", table.name, last, query)
	for table, column in references():
		relation = _reference(table.name, column.name, column.refers_to)
		yield replace(relation, only_noted=column.may_lie_outside)
	for kind in ("Department", "Employee"):
		yield _reference("MKD Suitability", "reference_name", kind, f"reference_doctype = '{kind}'")
	for row in NEVER_TWICE:
		yield _overlap(*row)
	yield from _special()


def _iso(column: str) -> str:
	return f"CAST({column} AS VARCHAR)"


def _keys(table: Table) -> Iterator[Relation]:
	name = f'"{table.sql_name}"'
	query = f"SELECT max({ROW}), name, NULL FROM {name} GROUP BY name HAVING count(*) > 1"
	yield Relation("key_twice", table.name, "name", query)
	cases = f"SELECT lower(name) FROM {name} GROUP BY 1 HAVING count(DISTINCT name) > 1"
	query = f"SELECT {ROW}, name, NULL FROM {name} WHERE lower(name) IN ({cases})"
	yield Relation("key_case", table.name, "name", query)


def _reference(table: str, column: str, other: str, when: str = "true") -> Relation:
	query = (
		f"SELECT {ROW}, {column}, '{other}' FROM \"tab{table}\" AS row WHERE {when} AND {column} IS NOT NULL"
		f' AND NOT EXISTS (SELECT 1 FROM "tab{other}" AS other WHERE other.name = row.{column})'
	)
	return Relation("unknown_reference", table, column, query, (other,))


def _overlap(table: str, first: str, last: str, whose: str, when: str) -> Relation:
	query = (
		f"SELECT row, value, before FROM (SELECT {ROW} AS row, name AS value, {first} AS first,"
		f" lag(name) OVER person AS before, lag(coalesce({last}, DATE '9999-12-31')) OVER person AS ended"
		f' FROM "tab{table}" WHERE {when} WINDOW person AS (PARTITION BY {whose} ORDER BY {first}, name))'
		" WHERE first <= ended"
	)
	return Relation("overlap", table, first, query)


def _special() -> Iterator[Relation]:
	yield Relation(
		*("nip_twice", "Employee", "mkd_nip"),
		f"SELECT max({ROW}), mkd_nip, NULL FROM \"tabEmployee\" WHERE status = 'Active' AND mkd_nip IS NOT NULL"
		" GROUP BY mkd_nip HAVING count(*) > 1",
	)
	yield Relation(
		*("holiday_outside", "Holiday", "holiday_date"),
		f'SELECT holiday.{ROW}, {_iso("holiday_date")}, NULL FROM "tabHoliday" AS holiday'
		' JOIN "tabHoliday List" AS list ON list.name = holiday.parent'
		" WHERE holiday_date NOT BETWEEN list.from_date AND list.to_date",
		("Holiday List",),
	)
	yield Relation(
		*("wrong_week", "MKD Day", "iso_week"),
		f"SELECT {ROW}, iso_week, NULL FROM \"tabMKD Day\" WHERE iso_week <> strftime(mkd_date, '%G-W%V')",
	)
	yield Relation(
		*("day_twice", "MKD Day", "mkd_date"),
		f'SELECT max({ROW}), {_iso("mkd_date")}, NULL FROM "tabMKD Day" WHERE person IS NOT NULL'
		" AND status <> 'Released' GROUP BY person, mkd_date HAVING count(*) > 1",
	)
