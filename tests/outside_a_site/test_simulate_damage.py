"""Damaged files: for each kind of damage the sentence that names file, row, column and expectation."""

from unittest import TestCase
from unittest.mock import patch

from mkd_damaged_rows import DAMAGED_ROWS
from mkd_damages import DAMAGED_FILES, as_workbook, changed, more, rewritten, with_shared_texts
from mkd_simulate import TINY, parquet, temporary_folder, tiny_agency, touched_agency

from mkd_hrms.simulate.files import readers, workbooks
from mkd_hrms.simulate.files.loader import load
from mkd_hrms.simulate.files.problems import MESSAGES, SHOWN, BadFiles
from mkd_hrms.simulate.output.language import language

DAMAGES = (*DAMAGED_FILES, *DAMAGED_ROWS)
# Damage to a pair is seen at both ends, a circle everywhere along it, and rounded numbers only where there are several.
SEVERAL_PLACES = ("key_case", "tree_cycle", "digits_lost")


class TestDamage(TestCase):
	def problems(self, folder):
		with self.assertRaises(BadFiles) as caught:
			load(folder)
		return caught.exception

	def test_each_kind_of_damage_is_named_with_its_place_and_not_hidden_among_others(self):
		for damage in DAMAGES:
			with self.subTest(damage.name):
				found = self.problems(touched_agency(**damage.files))
				self.assertIn(damage.sentence, str(found))
				self.assertEqual({kind for kind, _file, _column in found.findings.counts}, {damage.kind})
				self.assertLessEqual(found.findings.total, 3 if damage.kind in SEVERAL_PLACES else 1)

	def test_every_message_has_its_damage(self):
		told_below = {"no_folder", "not_without", "too_large", "too_packed"}
		self.assertEqual({damage.kind for damage in DAMAGES} | told_below, set(MESSAGES))

	def test_a_folder_that_does_not_exist(self):
		self.assertIn("there is no such folder", str(self.problems(temporary_folder() / "nowhere")))

	def test_a_register_cannot_be_there_and_not_there(self):
		with self.assertRaisesRegex(
			BadFiles, r"there is a file of this table: Holiday\.csv\. Leave --without out"
		):
			load(tiny_agency(), without=("Holiday",))

	def test_a_workbook_that_unpacks_to_more_than_is_read_is_refused(self):
		shared = with_shared_texts(as_workbook("Holiday.csv")["Holiday.xlsx"])
		folder = touched_agency(**{"Holiday.csv": None, "Holiday.xlsx": shared})
		query = 'SELECT description FROM "tabHoliday"'
		self.assertEqual(load(folder).connection.execute(query).fetchall(), [("Natal",)])
		for limits in (
			{"MOST_BYTES": 100},
			{"MOST_BESIDE": 100},
			{"LARGE": 100, "MOST_PACKED": 1},
			{"MOST_CELLS": 3},
			{"MOST_ROWS": 1},
			{"MOST_PARTS": 5},
			{"MOST_SHARED": (10, 1000)},
			{"MOST_SHARED": (100_000, 3)},
			{"MOST_LOOKS": (100_000, 3)},
			{"MOST_OF_A_ROW": (10, 1000)},
			{"MOST_OF_A_ROW": (100_000, 3)},
		):
			with self.subTest(limits), patch.multiple(workbooks, **limits):
				found = self.problems(folder)
				self.assertIn("Holiday.xlsx: the workbook holds more than is read: ", str(found))
				self.assertEqual(found.findings.total, 1)

	def test_a_workbook_that_defines_something_or_names_something_outside_is_not_read(self):
		book = with_shared_texts(as_workbook("Holiday.csv")["Holiday.xlsx"])
		for part, root in (
			("sheet1.xml", "<worksheet "),
			("sharedStrings.xml", "<sst "),
			("workbook.xml", "<workbook "),
		):
			for definition in ('<!ENTITY a "aaaa">', '<!ENTITY a SYSTEM "file:///etc/passwd">'):
				with self.subTest(part, definition=definition):
					content = rewritten(book, part, root, f"<!DOCTYPE x [{definition}]>{root}")
					said = str(
						self.problems(touched_agency(**{"Holiday.csv": None, "Holiday.xlsx": content}))
					)
					self.assertIn("Holiday.xlsx: no readable workbook; was it cut off?", said)

	def test_a_small_file_that_says_it_holds_very_many_rows_is_refused(self):
		files = {
			"Holiday.csv": None,
			"Holiday.parquet": parquet("SELECT 'Libur 2026' AS parent FROM range(90)"),
		}
		with patch.multiple(readers, LARGE=80, MOST_ROWS_A_BYTE=0.01):
			said = str(self.problems(touched_agency(**files)))
		self.assertIn("Holiday.parquet: the file says that it holds more than it can: 90 rows.", said)

	def test_a_text_that_is_cut_off_within_a_sign_is_not_utf_8_there(self):
		text = TINY["Holiday.csv"].encode() + "Libur 2026,2026-12-26,é".encode()[:-1]
		said = str(self.problems(touched_agency(**{"Holiday.csv": text})))
		self.assertIn("Holiday.csv, row 3: the text is not UTF-8 here.", said)

	def test_a_message_is_one_short_line_and_no_order_to_a_terminal(self):
		value = "Al\x1b[31mpa" + "x" * 9000
		said = str(self.problems(touched_agency(**changed("Attendance.csv", "Absent", value))))
		self.assertNotIn("\x1b", said)
		self.assertIn("Al\N{REPLACEMENT CHARACTER}[31mpaxxx", said)
		self.assertLess(len(said), 1000)

	def test_damage_is_told_in_indonesian_as_well(self):
		for damage in (
			DAMAGES[:1] + DAMAGED_ROWS[:1] + tuple(d for d in DAMAGES if d.kind == "broken_row")[:1]
		):
			said = self.problems(touched_agency(**damage.files)).told(language("id"))
			self.assertRegex(said, r"^Berkas memuat 1 masalah:\n")
			self.assertNotRegex(said, r"\b(the|row|column|there|stands|it has)\b")

	def test_all_are_counted_and_the_first_ten_are_shown(self):
		lines = "".join(f"X{number},E1,tomorrow,Present,0,0,1\n" for number in range(25))
		found = self.problems(tiny_agency(**more("Attendance.csv", lines)))
		self.assertEqual(found.findings.total, 25)
		self.assertEqual(str(found).count("tomorrow is no date"), SHOWN)
		self.assertIn("Attendance.csv, column attendance_date: and 15 more of this kind.", str(found))

	def test_damage_of_several_kinds_is_told_at_once(self):
		files = changed("Attendance.csv", "Absent", "Alpa") | changed("Holiday.csv", "2026-12-25", "Natal")
		self.assertEqual(self.problems(tiny_agency(**files)).findings.total, 2)
