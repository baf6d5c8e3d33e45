"""From what stands in a file to typed columns: trimmed, cast, and checked value by value."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from mkd_hrms.simulate.columns import (
	CHECK,
	DATE,
	DATETIME,
	NUMBER,
	SQL_TYPES,
	TEXT,
	WHOLE,
	ZERO_WHEN_EMPTY,
	Column,
	Table,
)
from mkd_hrms.simulate.problems import SHOWN, Findings, Problem
from mkd_hrms.simulate.reading import ROW, Source, quoted

DAY, MOMENT = r"\d{4}-\d{2}-\d{2}", r"[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?"
FIRST_YEAR, LAST_YEAR = 1900, 2200
EXPECTED = {WHOLE: "a whole number", NUMBER: "a number like 4.25", CHECK: "0 or 1"}
# DuckDB's own types that need no second look.
SAME_TYPE = {
	DATE: ("DATE",),
	DATETIME: ("TIMESTAMP", "TIMESTAMP WITH TIME ZONE"),
	WHOLE: ("BIGINT", "INTEGER", "SMALLINT", "TINYINT", "BOOLEAN"),
	CHECK: ("BIGINT", "INTEGER", "SMALLINT", "TINYINT", "BOOLEAN"),
	NUMBER: ("DOUBLE", "FLOAT", "BIGINT", "INTEGER"),
	TEXT: (),
}


@dataclass(frozen=True, slots=True)
class Check:
	"""A condition that is true where a value is damaged."""

	kind: str
	column: str
	condition: str
	shown: str
	expected: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
	"""How one column is read: its trimmed text and its typed value, both as SQL."""

	column: Column
	text: str
	value: str

	@property
	def filled(self) -> str:
		return f"coalesce({self.value}, {self.column.default})"

	def checks(self) -> list[Check]:
		"""All that can be wrong with a single value of this column."""
		name, text = self.column.name, self.text
		checks = [*self._type_checks()]
		if self.column.required:
			checks.append(Check("missing", name, f"{text} IS NULL", text))
		if self.column.words:
			words = ", ".join(map(quoted, self.column.words))
			value = self.value if self.column.kind == TEXT else f"CAST({self.value} AS VARCHAR)"
			condition = f"{value} NOT IN ({words})"
			checks.append(Check("unknown_word", name, condition, text, ", ".join(self.column.words)))
		if name == "mkd_nip":
			checks.append(Check("not_a_nip", name, rf"NOT regexp_full_match({text}, '\d{{18}}')", text))
		return checks

	def _type_checks(self) -> list[Check]:
		name, text, value = self.column.name, self.text, self.value
		bad = f"{text} IS NOT NULL AND {value} IS NULL"
		if self.column.kind in (DATE, DATETIME):
			looks_right = f"regexp_full_match({text}, '{DAY}({MOMENT})?')"
			kind = "not_a_date" if self.column.kind == DATE else "not_a_time"
			years = f"year({value}) NOT BETWEEN {FIRST_YEAR} AND {LAST_YEAR}"
			return [
				Check(kind, name, f"{bad} AND NOT {looks_right}", text),
				Check("no_such_day", name, f"{bad} AND {looks_right}", text),
				Check("unlikely_date", name, years, text),
			]
		if self.column.kind in ZERO_WHEN_EMPTY:
			checks = [Check("not_a_number", name, bad, text, EXPECTED[self.column.kind])]
			return checks if self.column.words else [*checks, Check("negative", name, f"{value} < 0", text)]
		return []


def field_of(column: Column, sql_type: str) -> Field:
	"""How to read a column that the file has as `sql_type`."""
	source = f'"{column.name}"'
	text = f"nullif(rtrim(CAST({source} AS VARCHAR)), '')"
	if sql_type in SAME_TYPE[column.kind]:
		value = f"CAST({source} AS {SQL_TYPES[column.kind]})"
		return Field(
			column, text, f"CASE WHEN isfinite({value}) THEN {value} END" if column.kind == NUMBER else value
		)
	if column.kind == TEXT:
		return Field(column, text, text)
	if column.kind == DATE:
		pattern, midnight = f"'{DAY}'", rf"regexp_replace({text}, '[ T]00:00:00(\.0+)?$', '')"
		return Field(
			column,
			midnight,
			f"CASE WHEN regexp_full_match({midnight}, {pattern}) THEN TRY_CAST({midnight} AS DATE) END",
		)
	if column.kind == DATETIME:
		pattern = f"'{DAY}({MOMENT})?'"
		return Field(
			column,
			text,
			f"CASE WHEN regexp_full_match({text}, {pattern}) THEN TRY_CAST({text} AS TIMESTAMP) END",
		)
	number = f"TRY_CAST({text} AS DOUBLE)"
	fits = f"isfinite({number})" + ("" if column.kind == NUMBER else f" AND {number} = floor({number})")
	return Field(column, text, f"CASE WHEN {fits} THEN CAST({number} AS {SQL_TYPES[column.kind]}) END")


def convert(connection: duckdb.DuckDBPyConnection, table: Table, source: Source, findings: Findings) -> bool:
	"""Check every value, and create the typed table if all are sound. Row numbers stay in a column."""
	fields = [
		field_of(column, source.kinds[column.name]) for column in table.columns if column.name in source.kinds
	]
	missing = [c for c in table.columns if c.name not in source.kinds and not c.may_be_missing]
	findings.add(Problem("column_missing", source.file, None, column.name) for column in missing)
	if extra := sorted(source.kinds.keys() - {column.name for column in table.columns}):
		findings.note(f"{source.file}: not read: {', '.join(extra)}.")
	damaged = _run_checks(
		connection, source, [check for field in fields for check in field.checks()], findings
	)
	if missing or damaged:
		return False
	there = {field.column.name: f'{field.filled} AS "{field.column.name}"' for field in fields}
	absent = (
		f'CAST({column.default} AS {SQL_TYPES[column.kind]}) AS "{column.name}"'
		for column in table.columns
		if column.name not in there
	)
	connection.execute(
		f'CREATE TABLE "{table.sql_name}" AS SELECT {", ".join([*there.values(), *absent])},'
		f" {ROW} FROM ({source.select})"
	)
	return True


def _run_checks(
	connection: duckdb.DuckDBPyConnection, source: Source, checks: list[Check], findings: Findings
) -> bool:
	"""All conditions in one pass over the file; the places only where something was found."""
	if not checks:
		return False
	counts = ", ".join(f"count(*) FILTER (WHERE {check.condition})" for check in checks)
	found = connection.execute(f"SELECT {counts} FROM ({source.select})").fetchone()
	for check, count in zip(checks, found, strict=True):
		if count:
			rows = connection.execute(
				f"SELECT {ROW}, {check.shown} FROM ({source.select}) WHERE {check.condition} ORDER BY 1 LIMIT {SHOWN}"
			).fetchall()
			findings.add(
				(
					Problem(check.kind, source.file, row, check.column, value, check.expected)
					for row, value in rows
				),
				count,
			)
	return any(found)
