"""Sound files, as agencies export them: what the loader takes, and what it makes of it."""

import io
from datetime import date
from unittest import TestCase

from mkd_simulate import TINY, tiny_agency, touched_agency
from openpyxl import Workbook

from mkd_hrms.simulate.files.loader import load
from mkd_hrms.simulate.files.schema import TABLES
from mkd_hrms.simulate.files.unit_tree import borders


class TestWhatIsTaken(TestCase):
	def value(self, query, **files):
		return load(touched_agency(**files)).connection.execute(query).fetchone()[0]

	def test_the_tiny_agency_is_sound(self):
		agency = load(tiny_agency())
		self.assertEqual(agency.attendance_from, date(2026, 1, 1))
		names = {
			row[0] for row in agency.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
		}
		self.assertLessEqual({table.sql_name for table in TABLES}, names)

	def test_a_table_without_rows_or_without_a_file_is_an_empty_one(self):
		header = TINY["Attendance.csv"].splitlines()[0]
		for content in (header, f"{header}\n", None):
			self.assertEqual(
				self.value('SELECT count(*) FROM "tabAttendance"', **{"Attendance.csv": content}), 0
			)

	def test_trailing_blanks_go_and_leading_ones_stay(self):
		text = TINY["Holiday.csv"].replace("Natal", " Natal  ")
		self.assertEqual(
			self.value('SELECT description FROM "tabHoliday"', **{"Holiday.csv": text}), " Natal"
		)

	def test_a_key_matches_in_spite_of_trailing_blanks(self):
		text = TINY["Attendance.csv"].replace("A2,E1", "A2,E1 ")
		query = "SELECT count(*) FROM \"tabAttendance\" WHERE employee = 'E1'"
		self.assertEqual(self.value(query, **{"Attendance.csv": text}), 2)

	def test_an_empty_cell_is_not_known_and_an_empty_number_is_zero(self):
		query = "SELECT (mkd_nip IS NULL)::int FROM \"tabEmployee\" WHERE name = 'E3'"
		self.assertEqual(self.value(query), 1)
		text = TINY["MKD Performance Record.csv"].replace("Baik,0,0", "Baik,,")
		query = "SELECT has_score + score FROM \"tabMKD Performance Record\" WHERE name = 'P1'"
		self.assertEqual(self.value(query, **{"MKD Performance Record.csv": text}), 0)

	def test_semicolons_tabs_a_byte_order_mark_and_windows_line_ends_are_taken(self):
		query = 'SELECT default_holiday_list FROM "tabCompany"'
		plain = TINY["Company.csv"]
		for text in (
			plain.replace(",", ";"),
			plain.replace(",", "\t"),
			"\ufeff" + plain,
			plain.replace("\n", "\r\n"),
		):
			self.assertEqual(self.value(query, **{"Company.csv": text}), "Libur 2026")

	def test_quotes_hold_commas_and_line_breaks(self):
		text = TINY["Holiday.csv"].replace("Natal", '"Hari Raya\nNatal, ""libur"""')
		found = self.value('SELECT description FROM "tabHoliday"', **{"Holiday.csv": text})
		self.assertEqual(found, 'Hari Raya\nNatal, "libur"')

	def test_a_date_with_midnight_is_a_date(self):
		text = TINY["Holiday.csv"].replace("2026-12-25", "2026-12-25 00:00:00")
		found = self.value('SELECT holiday_date FROM "tabHoliday"', **{"Holiday.csv": text})
		self.assertEqual(found, date(2026, 12, 25))

	def test_a_column_that_no_rule_reads_is_named_in_a_note(self):
		text = TINY["Company.csv"].replace("name,", "abbr,name,").replace("\nPemda", "\nPMD,Pemda")
		notes = [str(note) for note in load(tiny_agency(**{"Company.csv": text})).notes]
		self.assertIn("Company.csv: not read: abbr.", notes)

	def test_a_file_that_is_no_table_is_named_in_a_note(self):
		notes = [str(note) for note in load(tiny_agency(**{"readme.txt": "hello"})).notes]
		self.assertIn("readme.txt: not read, it is no table of the rules.", notes)

	def test_a_workbook_may_hold_dates_numbers_and_text(self):
		book = Workbook()
		book.active.title = "Holiday"
		book.active.append(["parent", "holiday_date", "description", "weekly_off"])
		book.active.append(["Libur 2026", date(2026, 12, 25), "Natal", 0])
		book.active.append(["Libur 2026", "2026-12-26"])
		content = io.BytesIO()
		book.save(content)
		files = {"Holiday.csv": None, "Holiday.xlsx": content.getvalue()}
		self.assertEqual(
			self.value('SELECT max(holiday_date) FROM "tabHoliday"', **files), date(2026, 12, 26)
		)


class TestTheTree(TestCase):
	def test_borders_hold_what_is_below(self):
		found = borders({"All": None, "A": "All", "A1": "A", "B": "All", "Other": None})
		self.assertEqual(found, {"A1": (3, 4), "A": (2, 5), "B": (6, 7), "All": (1, 8), "Other": (9, 10)})

	def test_given_borders_are_kept(self):
		text = "name,parent_department,lft,rgt\nSemua,,11,20\nBKD,Semua,12,13\nSamsat,Semua,14,15\n"
		agency = load(tiny_agency(**{"Department.csv": text}))
		self.assertEqual(agency.connection.execute('SELECT min(lft) FROM "tabDepartment"').fetchone()[0], 11)
