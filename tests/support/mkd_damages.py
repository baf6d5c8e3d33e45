"""What can happen to a file as a whole, and the sentence with which the loader answers."""

import csv
import io
import re
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZipFile

from mkd_simulate import TINY, parquet
from openpyxl import Workbook
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS


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


def rewritten(content, part, old, new):
	"""A workbook with something else in one of its parts, as no spreadsheet writes it."""
	target = io.BytesIO()
	with ZipFile(io.BytesIO(content)) as book, ZipFile(target, "w", ZIP_DEFLATED) as changed_book:
		for name in book.namelist():
			text = book.read(name)
			if name.endswith(part):
				assert old.encode() in text, f"{part} has no {old}: {text[:500]}"
				text = text.replace(old.encode(), new.encode())
			changed_book.writestr(name, text)
	return target.getvalue()


def with_shared_texts(content):
	"""A workbook as a spreadsheet writes it: its cells name texts that stand in a part of their own."""
	with ZipFile(io.BytesIO(content)) as book:
		parts = {name: book.read(name) for name in book.namelist()}
	texts = []

	def shared(found):
		texts.append(found[1])
		return b't="s"><v>%d</v>' % (len(texts) - 1)

	sheet = re.sub(rb't="inlineStr"><is><t[^>]*>([^<]*)</t></is>', shared, parts["xl/worksheets/sheet1.xml"])
	assert texts, sheet[:500]
	part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHARED_STRINGS}"/></Types>'.encode()
	parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", part)
	rows = b"".join(b"<si><t>%s</t></si>" % text for text in texts)
	parts |= {
		"xl/worksheets/sheet1.xml": sheet,
		"xl/sharedStrings.xml": b'<sst xmlns="%s">%s</sst>' % (SHEET_MAIN_NS.encode(), rows),
	}
	target = io.BytesIO()
	with ZipFile(target, "w", ZIP_DEFLATED) as written:
		for name, text in parts.items():
			written.writestr(name, text)
	return target.getvalue()


def as_workbook(file, kinds=None, text=None):
	"""A file of the tiny agency, or another text, as a workbook; `kinds` says what becomes of a column's texts."""
	rows = list(csv.reader(io.StringIO(text or TINY[file])))
	head = rows[0]
	turned = [
		[(kinds or {}).get(name, str)(cell) for name, cell in zip(head, row, strict=True)] for row in rows[1:]
	]
	name = file.removesuffix(".csv")
	return {file: None, f"{name}.xlsx": workbook(name, head, *turned)}


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
		"a closed register that is not there",
		{"MKD Discipline Record.csv": None},
		"no_register",
		'MKD Discipline Record: there is no file of this register, and an empty one means that nobody is in it. Where that is so, say it with --without "MKD Discipline Record".',
	),
	Damage(
		"a file whose name is nearly that of a register",
		{"MKD_Discipline_Record (1).csv": TINY["MKD Discipline Record.csv"]},
		"nearly_a_table",
		"MKD_Discipline_Record (1).csv: the file is not read, but its name is nearly that of MKD Discipline Record. Name it MKD Discipline Record.csv, or take it out of the folder.",
	),
	Damage(
		"a file in the form of an old spreadsheet",
		{"Holiday.xls": b"\xd0\xcf\x11\xe0"},
		"nearly_a_table",
		"Holiday.xls: the file is not read, but its name is nearly that of Holiday. Name it Holiday.csv,",
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
		{"Holiday.csv": TINY["Holiday.csv"].encode("utf-16-le")},
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
		"a heading that may be two columns",
		changed("Employee.csv", "name,employee_name", "Name,other"),
		"ambiguous",
		"Employee.csv, row 1: the heading Name may mean several columns: employee_name, name. Use the name of the column.",
	),
	Damage(
		"a column under its name and under its label",
		changed("Attendance.csv", "late_entry", "Attendance Date"),
		"column_twice",
		"Attendance.csv, row 1, column attendance_date: the column stands there twice.",
	),
	Damage(
		"rows of a sheet that bear the same number",
		{
			"Holiday.csv": None,
			"Holiday.xlsx": rewritten(
				workbook(
					"Holiday",
					["parent", "holiday_date"],
					["Libur 2026", "2026-12-25"],
					["Libur 2026", "2026-12-26"],
				),
				*("sheet1.xml", '<row r="3">', '<row r="2">'),
			),
		},
		"broken_row",
		"Holiday.xlsx, row 2: the row cannot be read: its number stands there before.",
	),
	Damage(
		"a formula that nobody has worked out",
		{
			"Holiday.csv": None,
			"Holiday.xlsx": workbook("Holiday", ["parent", "holiday_date"], ["Libur 2026", "=TODAY()"]),
		},
		"no_result",
		"Holiday.xlsx, row 2, column holiday_date: = is a formula without a result.",
	),
	Damage(
		"an error of a formula",
		{
			"Holiday.csv": None,
			"Holiday.xlsx": workbook(
				"Holiday", ["parent", "holiday_date", "description"], ["Libur 2026", "2026-12-25", "#REF!"]
			),
		},
		"no_result",
		"Holiday.xlsx, row 2, column description: #REF! is a formula without a result.",
	),
	Damage(
		"a row of a sheet that is longer than its header",
		{"Company.csv": None, "Company.xlsx": workbook("Company", ["name"], ["Pemda", "Libur 2026"])},
		"broken_row",
		"Company.xlsx, row 2: the row cannot be read: it has too many fields.",
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
