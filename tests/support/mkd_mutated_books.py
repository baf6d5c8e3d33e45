"""The tables of an agency as workbooks and Parquet files that were cut, bent, or built to harm."""

from random import Random

import duckdb
from mkd_damages import as_workbook, with_shared_texts
from mkd_mutated_workbooks import broken_bytes, mutated_content
from mkd_simulate import TINY, temporary_folder

KINDS = (
	*("{}::BLOB", "[{}]", "{{'a': {}}}", "MAP {{'k': {}}}", "{}::JSON", "INTERVAL 1 DAY", "uuid()", "NULL"),
	*(
		"170141183460469231731687303715884105727::HUGEINT",
		"'nan'::DOUBLE",
		"'-infinity'::DATE",
		"DATE '290000-01-01'",
	),
	*(
		"TIMESTAMPTZ '2026-01-01 00:00:00+07'",
		"TIME '08:00'",
		"1.5::DECIMAL(38, 20)",
		"true",
		"repeat('x', 300000)",
	),
	*(
		"'infinity'::TIMESTAMP",
		"'101'::BIT",
		"18446744073709551615::UBIGINT",
		"chr(0)",
		"chr(27)",
		"'E1'::ENUM('E1')",
	),
)


def book_of(file: str) -> bytes:
	"""A table of the tiny agency as a workbook."""
	return with_shared_texts(as_workbook(file)[file.replace(".csv", ".xlsx")])


def mutated_book(random: Random, file: str, secret: str) -> bytes:
	"""The workbook of a table after one or two changes; `secret` is the path of a file that nobody may read."""
	return mutated_content(random, book_of(file), secret)


def mutated_parquet(random: Random, file: str, secret: str) -> bytes:
	"""A Parquet file with other kinds of columns, headings and rows, or with other bytes."""
	path = temporary_folder() / "rows.parquet"
	source = temporary_folder() / file
	source.write_text(TINY[file])
	names = TINY[file].split("\n", 1)[0].split(",")
	columns = []
	for name in names:
		value = f'"{name}"'
		if random.random() < 0.25:
			value = random.choice(KINDS).format(value)
		title = random.choice(
			(name,) * 9 + (f"read_text('{secret}')", 'a"b', "", name.upper(), "file_row_number")
		)
		columns.append(f'{value} AS "{title.replace(chr(34), chr(34) * 2)}"')
	rows = random.choice(("", "", "", " LIMIT 0", " CROSS JOIN range(3)", " CROSS JOIN range(20000)"))
	try:
		duckdb.execute(
			f"COPY (SELECT {', '.join(columns)} FROM read_csv('{source}', all_varchar=true){rows}) TO '{path}' (FORMAT parquet)"
		)
	except duckdb.Error:
		# Two columns of one name, a kind that no file can hold.
		duckdb.execute(
			f"COPY (SELECT * FROM read_csv('{source}', all_varchar=true)) TO '{path}' (FORMAT parquet)"
		)
	content = path.read_bytes()
	return content if random.random() < 0.6 else broken_bytes(random, content, secret)
