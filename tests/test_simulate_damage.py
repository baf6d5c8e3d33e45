"""Damaged files: for each kind of damage the sentence that names file, row, column and expectation."""

import io
from dataclasses import dataclass
from unittest import TestCase

import duckdb
from mkd_simulate import TINY, temporary_folder, tiny_agency
from openpyxl import Workbook

from mkd_hrms.simulate.loader import load
from mkd_hrms.simulate.problems import MESSAGES, SHOWN, BadFiles


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


def parquet(query):
	path = temporary_folder() / "rows.parquet"
	duckdb.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
	return path.read_bytes()


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


WORDS = "Present, Absent, On Leave, Half Day, Work From Home"
DAMAGES = (
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
	Damage(
		"nothing where a value must be",
		changed("Attendance.csv", "A2,E1,2026-11-24", "A2,,2026-11-24"),
		"missing",
		"Attendance.csv, row 3, column employee: nothing stands here, but every row needs a value.",
	),
	Damage(
		"a date as people write it",
		changed("Attendance.csv", "A2,E1,2026-11-24", "A2,E1,24/11/2026"),
		"not_a_date",
		"Attendance.csv, row 3, column attendance_date: 24/11/2026 is no date; expected one like 2026-11-24.",
	),
	Damage(
		"the 31st of February",
		changed("Attendance.csv", "A2,E1,2026-11-24", "A2,E1,2026-02-31"),
		"no_such_day",
		"Attendance.csv, row 3, column attendance_date: 2026-02-31 is a day that the calendar does not have.",
	),
	Damage(
		"a time of day without a date",
		{
			"Travel Request.csv": "name,employee,docstatus\nT1,E1,1\n",
			"Travel Itinerary.csv": "parent,departure_date\nT1,08:00\n",
		},
		"not_a_time",
		"Travel Itinerary.csv, row 2, column departure_date: 08:00 is no date with a time; expected one like 2026-11-24 08:00:00.",
	),
	Damage(
		"a year that lost its century",
		changed("Attendance.csv", "A2,E1,2026-11-24", "A2,E1,0026-11-24"),
		"unlikely_date",
		"Attendance.csv, row 3, column attendance_date: 0026-11-24 lies outside the years 1900 to 2200.",
	),
	Damage(
		"words in a number",
		changed("MKD Performance Record.csv", "95.5", "good"),
		"not_a_number",
		"MKD Performance Record.csv, row 3, column score: good is no number; expected a number like 4.25.",
	),
	Damage(
		"a decimal comma",
		changed("MKD Performance Record.csv", "95.5", '"95,5"'),
		"not_a_number",
		"MKD Performance Record.csv, row 3, column score: 95,5 is no number; expected a number like 4.25.",
	),
	Damage(
		"a number that is none",
		changed("MKD Performance Record.csv", "95.5", "NaN"),
		"not_a_number",
		"MKD Performance Record.csv, row 3, column score: NaN is no number; expected a number like 4.25.",
	),
	Damage(
		"a negative score",
		changed("MKD Performance Record.csv", "95.5", "-95.5"),
		"negative",
		"MKD Performance Record.csv, row 3, column score: -95.5 is negative; expected 0 or more.",
	),
	Damage(
		"an unknown status",
		changed("Attendance.csv", "Absent", "Alpa"),
		"unknown_word",
		f"Attendance.csv, row 3, column status: Alpa is not known here; expected one of {WORDS}.",
	),
	Damage(
		"an unknown gate",
		changed("MKD Gate Decision.csv", "Role", "Roles"),
		"unknown_word",
		"MKD Gate Decision.csv, row 2, column gate: Roles is not known here; expected one of Status, Type,",
	),
	Damage(
		"an unknown verdict",
		changed("MKD Suitability.csv", "Analis,Suitable", "Analis,Maybe"),
		"unknown_word",
		"MKD Suitability.csv, row 2, column verdict: Maybe is not known here; expected one of Suitable, Public Service, Not Suitable.",
	),
	Damage(
		"an unknown predicate",
		changed("MKD Performance Record.csv", "Baik", "Bagus"),
		"unknown_word",
		"MKD Performance Record.csv, row 2, column predicate: Bagus is not known here; expected one of Sangat Baik, Baik, Butuh Perbaikan, Kurang, Sangat Kurang.",
	),
	Damage(
		"a list that does not exist, in a Parquet file",
		{
			"Company.csv": None,
			"Company.parquet": parquet("SELECT 'Pemda' AS name, 'Libur' AS default_holiday_list"),
		},
		"unknown_reference",
		"Company.parquet, row 1, column default_holiday_list: Libur is not in Holiday List.",
	),
	Damage(
		"a docstatus that does not exist",
		changed("Attendance.csv", "Absent,0,0,1", "Absent,0,0,3"),
		"unknown_word",
		"Attendance.csv, row 3, column docstatus: 3 is not known here; expected one of 0, 1, 2.",
	),
	Damage(
		"a NIP from a spreadsheet",
		changed("Employee.csv", "199001012015032001", "1.99001E+17"),
		"not_a_nip",
		"Employee.csv, row 2, column mkd_nip: 1.99001E+17 is no NIP; expected 18 digits.",
	),
	Damage(
		"a key twice",
		changed("Attendance.csv", "A2,", "A1,"),
		"key_twice",
		"Attendance.csv, row 3, column name: A1 stands there more than once; it must be unique.",
	),
	Damage(
		"keys that differ only in case",
		changed("Attendance.csv", "A2,", "a1,"),
		"key_case",
		"Attendance.csv, row 2, column name: A1 differs from another key only in case; MariaDB takes both for the same.",
	),
	Damage(
		"a NIP of two employees",
		changed("Employee.csv", "199001012015031002", "199001012015032001"),
		"nip_twice",
		"Employee.csv, row 3, column mkd_nip: 199001012015032001 is the NIP of two employees who are Active.",
	),
	Damage(
		"an employee that does not exist",
		changed("Attendance.csv", "A3,E2", "A3,E9"),
		"unknown_reference",
		"Attendance.csv, row 4, column employee: E9 is not in Employee.",
	),
	Damage(
		"a unit above that does not exist",
		changed("Department.csv", "BKD,BKD,Semua", "BKD,BKD,Semuanya"),
		"unknown_reference",
		"Department.csv, row 3, column parent_department: Semuanya is not in Department.",
	),
	Damage(
		"a decision about a person who does not exist",
		changed("MKD Suitability.csv", "Designation,Analis", "Employee,E9"),
		"unknown_reference",
		"MKD Suitability.csv, row 2, column reference_name: E9 is not in Employee.",
	),
	Damage(
		"an end before the start",
		changed("Leave Application.csv", "2026-05-04,2026-05-08", "2026-05-08,2026-05-04"),
		"end_before_start",
		"Leave Application.csv, row 2, column to_date: 2026-05-04 comes before 2026-05-08.",
	),
	Damage(
		"two leaves at once",
		changed("Leave Application.csv", "2026-06-01,2026-06-01", "2026-05-08,2026-05-11"),
		"overlap",
		"Leave Application.csv, row 3, column from_date: L2 overlaps L1.",
	),
	Damage(
		"a unit above itself",
		changed("Department.csv", "Semua,Semua,,", "Semua,Semua,BKD,"),
		"tree_cycle",
		"Department.csv, row 2, column parent_department: Semua stands above itself in the tree of units.",
	),
	Damage(
		"borders of the tree that contradict the parents",
		{"Department.csv": "name,parent_department,lft,rgt\nSemua,,1,4\nBKD,Semua,2,3\nSamsat,Semua,5,6\n"},
		"tree_borders",
		"Department.csv, row 4, column lft: Samsat does not lie within its parent by lft and rgt; leave both columns out to have them built.",
	),
	Damage(
		"a holiday of another year",
		changed("Holiday.csv", "2026-12-25", "2027-12-25"),
		"holiday_outside",
		"Holiday.csv, row 2, column holiday_date: 2027-12-25 lies outside the period of its list.",
	),
	Damage(
		"a week that is not the date's",
		changed("MKD Day.csv", "2026-11-19,2026-W47", "2026-11-19,2026-W46"),
		"wrong_week",
		"MKD Day.csv, row 3, column iso_week: 2026-W46 is not the ISO week of the date.",
	),
	Damage(
		"a day used twice",
		changed("MKD Day.csv", "2026-11-19", "2026-11-18"),
		"day_twice",
		"MKD Day.csv, row 3, column mkd_date: 2026-11-18 is used twice by one person.",
	),
	Damage(
		"a setting that is no date",
		changed("Singles.csv", "2026-01-01", "January"),
		"no_setting",
		"Singles.csv, row 2, column value: January is no date; expected one like 2025-01-01.",
	),
)


# Damage to a pair is seen at both ends, a circle everywhere along it.
SEVERAL_PLACES = ("key_case", "tree_cycle")


class TestDamage(TestCase):
	def problems(self, folder):
		with self.assertRaises(BadFiles) as caught:
			load(folder)
		return caught.exception

	def test_each_kind_of_damage_is_named_with_its_place_and_not_hidden_among_others(self):
		for damage in DAMAGES:
			with self.subTest(damage.name):
				found = self.problems(tiny_agency(**damage.files))
				self.assertIn(damage.sentence, str(found))
				self.assertEqual({kind for kind, _file, _column in found.findings.counts}, {damage.kind})
				self.assertLessEqual(found.findings.total, 3 if damage.kind in SEVERAL_PLACES else 1)

	def test_every_message_has_its_damage(self):
		self.assertEqual({damage.kind for damage in DAMAGES} | {"no_folder"}, set(MESSAGES))

	def test_a_folder_that_does_not_exist(self):
		self.assertIn("there is no such folder", str(self.problems(temporary_folder() / "nowhere")))

	def test_all_are_counted_and_the_first_ten_are_shown(self):
		lines = "".join(f"X{number},E1,tomorrow,Present,0,0,1\n" for number in range(25))
		found = self.problems(tiny_agency(**more("Attendance.csv", lines)))
		self.assertEqual(found.findings.total, 25)
		self.assertEqual(str(found).count("tomorrow is no date"), SHOWN)
		self.assertIn("Attendance.csv, column attendance_date: and 15 more of this kind.", str(found))

	def test_damage_of_several_kinds_is_told_at_once(self):
		files = changed("Attendance.csv", "Absent", "Alpa") | changed("Holiday.csv", "2026-12-25", "Natal")
		self.assertEqual(self.problems(tiny_agency(**files)).findings.total, 2)
