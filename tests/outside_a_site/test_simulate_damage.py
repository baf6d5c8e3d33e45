"""Damaged files: for each kind of damage the sentence that names file, row, column and expectation."""

from unittest import TestCase

from mkd_damaged_rows import DAMAGED_ROWS
from mkd_damages import DAMAGED_FILES, changed, more
from mkd_simulate import temporary_folder, tiny_agency, touched_agency

from mkd_hrms.simulate.files.loader import load
from mkd_hrms.simulate.files.problems import MESSAGES, SHOWN, BadFiles

DAMAGES = (*DAMAGED_FILES, *DAMAGED_ROWS)
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
				found = self.problems(touched_agency(**damage.files))
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
