"""From what stands in a file to typed columns: trimmed, cast, and checked value by value."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass

import duckdb

from mkd_hrms.simulate.files.columns import (
	CHECK,
	DATE,
	DATETIME,
	EXPECTED,
	NUMBER,
	PARTED,
	SQL_TYPES,
	TEXT,
	WHOLE,
	WITH_COMMA,
	ZERO_WHEN_EMPTY,
	Column,
	Table,
)
from mkd_hrms.simulate.files.problems import SHOWN, Findings, Problem
from mkd_hrms.simulate.files.readers import ROW, Source, quoted
from mkd_hrms.simulate.output.language import Text, _

DAY, MOMENT = r"\d{4}-\d{2}-\d{2}", r"[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?"
FIRST_YEAR, LAST_YEAR = 1900, 2200
PLAIN_NUMBER = r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?"
# Where the point stands before one, two or many decimals, or behind a zero or many digits, it parts no thousands.
CLEARLY_DECIMAL = r"[+-]?(\d+\.(\d{1,2}|\d{4,})|(0|\d{4,})\.\d{3})"
# Whose numbers are a person's: 18 digits, in which people put blanks and before which spreadsheets want an apostrophe.
NIP_COLUMNS, NIP = ("mkd_nip", "person"), r"\d{18}"
APOSTROPHES, BLANKS = r"^[''\x{2019}\x{2018}`\x{B4}]+", r"[\s\x{A0}\x{2007}\x{2009}\x{200B}\x{202F}\x{FEFF}]+"
# What a spreadsheet makes of eighteen digits, of which it keeps fifteen.
ROUNDED = r"\d{15}000"
WIDER_TYPES = ("UBIGINT", "HUGEINT")
WHOLE_TYPES = (
	*("BIGINT", "INTEGER", "SMALLINT", "TINYINT", "UINTEGER", "USMALLINT", "UTINYINT"),
	*WIDER_TYPES,
)
# DuckDB's own types that need no second look.
SAME_TYPE = {
	DATE: ("DATE",),
	DATETIME: ("TIMESTAMP", "TIMESTAMP WITH TIME ZONE"),
	WHOLE: (*WHOLE_TYPES, "BOOLEAN"),
	CHECK: (*WHOLE_TYPES, "BOOLEAN"),
	NUMBER: ("DOUBLE", "FLOAT", "DECIMAL", *WHOLE_TYPES),
	TEXT: (),
}


@dataclass(frozen=True, slots=True)
class Check:
	"""A condition that is true where a value is damaged, in terms of the field's text and value."""

	kind: str
	column: str
	condition: str
	expected: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
	"""How one column is read: its trimmed text and its typed value, both as SQL over the file's columns.

	`native`: the file has the type already, so that the text is the value. `habit`: what all its values together say.
	"""

	column: Column
	text: str
	value: str
	native: bool = False
	habit: str | None = None
	sql_type: str = "VARCHAR"

	@property
	def as_text(self) -> str:
		return f'"{self.column.name} as text"'

	@property
	def as_value(self) -> str:
		return f'"{self.column.name} as value"'

	@property
	def both(self) -> str:
		"""The two expressions under their names, for a subquery on which all checks run."""
		return f"{self.text} AS {self.as_text}, {self.value} AS {self.as_value}"

	def checks(self) -> list[Check]:
		"""All that can be wrong with a single value of this column."""
		name, text, value = self.column.name, self.as_text, self.as_value
		checks = self._type_checks()
		if self.column.required:
			checks.append(Check("missing", name, f"{text} IS NULL"))
		if self.column.words:
			words = ", ".join(
				self.column.words if self.column.kind != TEXT else map(quoted, self.column.words)
			)
			checks.append(
				Check("unknown_word", name, f"{value} NOT IN ({words})", ", ".join(self.column.words))
			)
		if self.column.kind == TEXT and self.sql_type in ("DOUBLE", "FLOAT"):
			checks.append(Check("digits_lost", name, f"abs(TRY_CAST({text} AS DOUBLE)) >= 1e15"))
		elif name == "mkd_nip":
			checks.append(Check("not_a_nip", name, f"NOT regexp_full_match({value}, '{NIP}')"))
			if self.habit == "rounded":
				checks.append(Check("digits_lost", name, f"regexp_full_match({value}, '{ROUNDED}')"))
		return checks

	def _type_checks(self) -> list[Check]:
		name, text, value, kind = self.column.name, self.as_text, self.as_value, self.column.kind
		bad = f"{text} IS NOT NULL AND {value} IS NULL"
		if kind in (DATE, DATETIME):
			unlikely = Check("unlikely_date", name, f"year({value}) NOT BETWEEN {FIRST_YEAR} AND {LAST_YEAR}")
			if self.native:
				return [unlikely]
			looks_right = f"regexp_full_match({text}, '{DAY}({MOMENT})?')"
			with_time = f"regexp_full_match({text}, '{DAY}{MOMENT}')" if kind == DATE else "false"
			return [
				Check("not_a_date" if kind == DATE else "not_a_time", name, f"{bad} AND NOT {looks_right}"),
				Check("date_with_time", name, f"{bad} AND {with_time}"),
				Check("no_such_day", name, f"{bad} AND {looks_right} AND NOT {with_time}"),
				unlikely,
			]
		return self._number_checks(bad) if kind in ZERO_WHEN_EMPTY else []

	def _number_checks(self, bad: str) -> list[Check]:
		name, value = self.column.name, self.as_value
		other = f"coalesce({self._other_form()}, false)"
		checks = [
			Check("not_a_number", name, f"{bad} AND NOT {other}", EXPECTED[self.column.kind]),
			Check("other_form", name, other, EXPECTED[self.column.kind]),
		]
		if self.column.words:
			return checks
		if self.column.most is not None:
			checks.append(Check("too_great", name, f"{value} > {self.column.most}", f"{self.column.most}"))
		return [*checks, Check("negative", name, f"{value} < 0")]

	def _other_form(self) -> str:
		"""Whether a text may be a number in another form than with a decimal point: that is never guessed."""
		if self.native or self.sql_type != "VARCHAR":
			return "false"
		comma = f"regexp_full_match({self.as_text}, '{WITH_COMMA}')"
		if self.habit == "decimal":
			return f"({comma} OR regexp_full_match({self.as_text}, '{PARTED}') AND {self.as_value} IS NULL)"
		return f"({comma} OR regexp_full_match({self.as_text}, '{PARTED}'))"


def field_of(column: Column, sql_type: str, habit: str | None = None) -> Field:
	"""How to read a column that the file has as `sql_type`."""
	source = f'"{column.name}"'
	if sql_type.partition("(")[0] in SAME_TYPE[column.kind]:
		# A plain cast lets whole parts of a file be skipped; only what may not fit is tried.
		cast = "TRY_CAST" if sql_type in WIDER_TYPES else "CAST"
		value = f"{cast}({source} AS {SQL_TYPES[column.kind]})"
		if column.kind == NUMBER:
			value = f"CASE WHEN isfinite({value}) THEN {value} END"
		return Field(column, source, value, native=True)
	text = f"nullif(rtrim(CAST({source} AS VARCHAR)), '')"
	if column.kind == TEXT:
		value = _nip(text) if column.name in NIP_COLUMNS else text
		value = _spelled(column, text) if column.spellings else value
		return Field(column, text, value, habit=habit, sql_type=sql_type)
	if column.kind in (DATE, DATETIME):
		return _moment(column, text)
	number = f"TRY_CAST({text} AS DOUBLE)"
	fits = f"isfinite({number})" + ("" if column.kind == NUMBER else f" AND {number} = floor({number})")
	if sql_type == "VARCHAR":
		fits = f"regexp_full_match(trim({text}), '{PLAIN_NUMBER}') AND {fits}"
	value = f"CASE WHEN {fits} THEN TRY_CAST({number} AS {SQL_TYPES[column.kind]}) END"
	return Field(column, text, value, habit=habit, sql_type=sql_type)


def _nip(text: str) -> str:
	"""A NIP without blanks in it and without an apostrophe before it; anything else as it stands."""
	bare = f"regexp_replace(regexp_replace({text}, '{BLANKS}', '', 'g'), '{APOSTROPHES}', '')"
	return f"CASE WHEN regexp_full_match({bare}, '{NIP}') THEN {bare} ELSE {text} END"


def _habits(connection: duckdb.DuckDBPyConnection, source: Source, column: Column) -> str | None:
	"""What only all values of a column together say: that its point is a decimal one, or that its NIPs are rounded."""
	if source.kinds[column.name] != "VARCHAR" or not (column.kind == NUMBER or column.name == "mkd_nip"):
		return None
	text = f'trim("{column.name}")'
	if column.kind == NUMBER:
		habit, asked = "decimal", f"bool_or(regexp_full_match({text}, '{CLEARLY_DECIMAL}'))"
	else:
		rounded = f"count(*) FILTER (WHERE regexp_full_match({_nip(text)}, '{ROUNDED}'))"
		habit, asked = "rounded", f"{rounded} > 1 AND 2 * {rounded} > count({text})"
	(found,) = connection.execute(f"SELECT {asked} FROM ({source.select})").fetchone()
	return habit if found else None


def _spelled(column: Column, text: str) -> str:
	"""The word that a text means, whatever its case and blanks; another text stays as it is, and is no word."""
	words = " ".join(
		f"WHEN {quoted(spelling)} THEN {quoted(word) if word else 'NULL'}"
		for spelling, word in column.spellings
	)
	return rf"CASE lower(regexp_replace(trim({text}), '\s+', ' ', 'g')) {words} ELSE {text} END"


def _moment(column: Column, text: str) -> Field:
	"""A date, which may say midnight, or a date with a time."""
	pattern = f"{DAY}({MOMENT})?"
	if column.kind == DATE:
		text, pattern = rf"regexp_replace({text}, '[ T]00:00(:00(\.0+)?)?$', '')", DAY
	value = f"TRY_CAST({text} AS {SQL_TYPES[column.kind]})"
	return Field(column, text, f"CASE WHEN regexp_full_match({text}, '{pattern}') THEN {value} END")


def convert(
	connection: duckdb.DuckDBPyConnection,
	table: Table,
	source: Source,
	findings: Findings,
	keys_are_sound: Future[bool] | None = None,
) -> bool:
	"""Check every value, and create the typed table if all are sound. Row numbers stay in a column.

	A large file is not copied: its table is a view, which converts what is asked for. Who is checking the keys
	already says later on whether they are sound.
	"""
	there = [column for column in table.columns if column.name in source.kinds]
	known = {column.name: _habits(connection, source, column) for column in there}
	fields = [field_of(column, source.kinds[column.name], known[column.name]) for column in there]
	missing = [c for c in table.columns if c.name not in source.kinds and not c.may_be_missing]
	findings.add(Problem("column_missing", source.file, None, column.name) for column in missing)
	if source.unread:
		findings.note(_("{file}: not read: {columns}."), file=source.file, columns=", ".join(source.unread))
	damaged = _run_checks(connection, source, fields, findings, keys_are_sound)
	if missing or damaged:
		return False
	there = {field.column.name: field for field in fields}
	as_view = source.large and not table.completed
	if as_view:
		there |= _trimmed_already(connection, source, fields)
	values = ", ".join(_stored(column, there.get(column.name)) for column in table.columns)
	kind = "VIEW" if as_view else "TABLE"
	connection.execute(f'CREATE {kind} "{table.sql_name}" AS SELECT {values}, {ROW} FROM ({source.select})')
	return True


def _trimmed_already(
	connection: duckdb.DuckDBPyConnection, source: Source, fields: list[Field]
) -> dict[str, Field]:
	"""The references that stand in a file as they are stored: read so, whole parts of it can be skipped."""
	plain = [
		Field(field.column, f'"{field.column.name}"', f'"{field.column.name}"', native=True)
		for field in fields
		if field.column.refers_to and source.kinds[field.column.name] == "VARCHAR"
	]
	if not plain:
		return {}
	same = ", ".join(
		f"bool_and({field.value} IS NOT DISTINCT FROM {field_of(field.column, 'VARCHAR').value})"
		for field in plain
	)
	found = connection.execute(f"SELECT {same} FROM ({source.select})").fetchone()
	return {field.column.name: field for field, is_same in zip(plain, found, strict=True) if is_same}


def _stored(column: Column, field: Field | None) -> str:
	"""A column of the typed table; what is empty or absent is what the platform would store."""
	kind = SQL_TYPES[column.kind]
	if field is None:
		value = f"CAST({column.default} AS {kind})"
	else:
		value = field.value if column.default == "NULL" else f"coalesce({field.value}, {column.default})"
	return f'{value} AS "{column.name}"'


def _run_checks(
	connection: duckdb.DuckDBPyConnection,
	source: Source,
	fields: list[Field],
	findings: Findings,
	keys_are_sound: Future[bool] | None,
) -> bool:
	"""All conditions in one pass over the file; the places only where something was found.

	A pass over the keys that is under way already is waited for, and only repeated where it found something.
	"""
	apart = [field for field in fields if keys_are_sound and field.column.name == "name"]
	counts = _count_damaged(connection, source, [field for field in fields if field not in apart])
	if apart and not keys_are_sound.result():
		counts |= _count_damaged(connection, source, apart)
	read = _read(source, fields)
	for check in (check for field in fields for check in field.checks() if counts.get(check)):
		rows = connection.execute(
			f'SELECT {ROW}, CAST("{check.column} as text" AS VARCHAR) FROM {read}'
			f" WHERE {check.condition} ORDER BY 1 LIMIT {SHOWN}"
		).fetchall()
		expected = Text(check.expected) if check.expected in EXPECTED.values() else check.expected
		places = (Problem(check.kind, source.file, row, check.column, value, expected) for row, value in rows)
		findings.add(places, counts[check])
	return any(counts.values())


def _count_damaged(
	connection: duckdb.DuckDBPyConnection, source: Source, fields: list[Field]
) -> dict[Check, int]:
	checks = [check for field in fields for check in field.checks()]
	if not checks:
		return {}
	counts = ", ".join(f"count(*) FILTER (WHERE {check.condition})" for check in checks)
	found = connection.execute(f"SELECT {counts} FROM {_read(source, fields)}").fetchone()
	return dict(zip(checks, found, strict=True))


def _read(source: Source, fields: Iterable[Field]) -> str:
	return f"(SELECT {ROW}, {', '.join(field.both for field in fields)} FROM ({source.select}))"
