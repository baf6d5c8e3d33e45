"""What can happen to a file as a whole, and the sentence with which the loader answers."""

import io
from dataclasses import dataclass

from mkd_simulate import TINY, parquet
from openpyxl import Workbook


def changed(file, old, new):
	"""A file of the tiny agency with something else in it."""
	assert old in TINY[file], f"{file} has no {old}"
	return {file: TINY[file].replace(old, new)}


def more(file, line):
	return {file: TINY[file] + line}


def workbook(title, *rows):
	book = Workbook()
	book.active.title = title
	for row in rows:
		book.active.append(row)
	content = io.BytesIO()
	book.save(content)
	return content.getvalue()


def cut_off_parquet():
	content = parquet("SELECT 'Pemda' AS name")
	return content[: len(content) // 2]


@dataclass(frozen=True)
class Damage:
	"""What was done to the tiny agency, the kind of damage that is found, and the sentence about it."""

	name: str
	files: dict
	kind: str
	sentence: str


DAMAGED_FILES = (
	Damage(
		"a table that must be there is not",
		{"Company.csv": None},
		"no_table",
		"Company: there is no file of this table; expected Company.csv or Company.parquet or Company.xlsx.",
	),
	Damage(
		"a table stands in two files",
		{"Company.xlsx": workbook("Company", ["name"], ["Pemda"])},
		"two_files",
		"Company: the table stands in two files: Company.csv and Company.xlsx. Keep one of them.",
	),
	Damage(
		"an empty file",
		{"Holiday.csv": ""},
		"empty_file",
		"Holiday.csv: the file is empty; expected a header line with the column names.",
	),
	Damage(
		"no header line",
		{"Company.csv": "Pemda,Libur 2026\n"},
		"no_header",
		"Company.csv, row 1: the first line names none of the columns: Pemda, Libur 2026. Expected name.",
	),
	Damage(
		"a column that must be there is not",
		changed("Attendance.csv", "attendance_date", "day"),
		"column_missing",
		"Attendance.csv, column attendance_date: the column is missing.",
	),
	Damage(
		"a column stands there twice",
		changed("Attendance.csv", "late_entry", "status"),
		"column_twice",
		"Attendance.csv, row 1, column status: the column stands there twice.",
	),
	Damage(
		"an encoding of long ago",
		{"Holiday.csv": TINY["Holiday.csv"].replace("Natal", "Noël").encode("latin-1")},
		"encoding",
		"Holiday.csv, row 2: the text is not UTF-8 here. Save the file as CSV UTF-8.",
	),
	Damage(
		"a file that is no text",
		{"Holiday.csv": TINY["Holiday.csv"].encode("utf-16")},
		"not_text",
		"Holiday.csv: the file holds bytes that no text has; is it really a CSV file?",
	),
	Damage(
		"a row with too few fields",
		more("Attendance.csv", "A4,E1\n"),
		"broken_row",
		"Attendance.csv, row 5: the row cannot be read: it has too few fields.",
	),
	Damage(
		"a row with too many fields",
		more("Attendance.csv", "A4,E1,2026-11-24,Present,0,0,1,1\n"),
		"broken_row",
		"Attendance.csv, row 5: the row cannot be read: it has too many fields.",
	),
	Damage(
		"a quote that is never closed",
		changed("Holiday.csv", "Natal", '"Natal'),
		"broken_row",
		"Holiday.csv, row 2: the row cannot be read: a quote stands alone.",
	),
	Damage(
		"a Parquet file that was cut off",
		{"Company.csv": None, "Company.parquet": cut_off_parquet()},
		"not_parquet",
		"Company.parquet: no readable Parquet file; was it cut off?",
	),
	Damage(
		"a workbook that was cut off",
		{"Company.csv": None, "Company.xlsx": workbook("Company", ["name"], ["Pemda"])[:900]},
		"not_xlsx",
		"Company.xlsx: no readable workbook; was it cut off?",
	),
	Damage(
		"a workbook without the sheet",
		{"Company.csv": None, "Company.xlsx": workbook("Sheet1", ["name"], ["Pemda"])},
		"no_sheet",
		"Company.xlsx: the workbook has no sheet of this name; it has Sheet1.",
	),
)
