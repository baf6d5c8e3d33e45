"""Large files are read where they lie, and mean and lack the same as those that are copied."""

from unittest import TestCase
from unittest.mock import patch

from mkd_simulate import parquet, sample, touched_agency

from mkd_hrms.simulate.files import readers
from mkd_hrms.simulate.files.loader import load


class TestLargeFiles(TestCase):
	def loaded(self, folder):
		with patch.object(readers, "LARGE", 1):
			return load(folder)

	def test_a_file_that_is_read_where_it_lies_holds_the_same(self):
		plain, large = load(sample()), self.loaded(sample())
		kinds = "SELECT table_type FROM information_schema.tables WHERE table_name = 'tabAttendance'"
		self.assertEqual(large.connection.execute(kinds).fetchone(), ("VIEW",))
		query = 'SELECT * FROM "tabAttendance" ORDER BY name'
		self.assertEqual(*(each.connection.execute(query).fetchall() for each in (plain, large)))

	def test_its_damage_is_found_as_well(self):
		rows = "SELECT * FROM (VALUES ('A1', 'E1', '{0}', 1), ('{1}', '{2}', 'Present', 1)) AS t(name, employee, status, docstatus)"
		rows = f"SELECT *, DATE '2026-11-24' AS attendance_date FROM ({rows})"
		for words, sentence in (
			(("Alpa", "A2", "E2"), "Alpa is not known here"),
			(("Absent", "A1", "E2"), "row 2, column name: A1 stands there more than once"),
			(("Absent", "A1 ", "E2"), "A1 stands there more than once"),
			(("Absent", "A1\u3000", "E2"), "A1 stands there more than once"),
			(("Absent", "a1", "E2"), "differs from another key only in case"),
			(("Absent", "", "E2"), "row 2, column name: nothing stands here"),
			(("Absent", "\u00a0 ", "E2"), "row 2, column name: nothing stands here"),
			(("Alpa", " ", "E2"), "row 2, column name: nothing stands here(.|\n)*Alpa is not known here"),
			(("Absent", "A0", "E9"), "row 2, column employee: E9 is not in Employee"),
		):
			with self.subTest(sentence), self.assertRaisesRegex(Exception, sentence):
				content = parquet(rows.format(*words))
				self.loaded(touched_agency(**{"Attendance.csv": None, "Attendance.parquet": content}))

	def test_blanks_behind_a_reference_are_no_part_of_it(self):
		rows = "SELECT 'A1' AS name, 'E1 ' AS employee, DATE '2026-11-24' AS attendance_date, 'Absent' AS status, 1 AS docstatus"
		folder = touched_agency(**{"Attendance.csv": None, "Attendance.parquet": parquet(rows)})
		found = self.loaded(folder).connection.execute('SELECT employee FROM "tabAttendance"').fetchall()
		self.assertEqual(found, [("E1",)])
