"""The numbers of letters: what comes of a template, and which template makes none."""

from datetime import date
from unittest import TestCase

from mkd_hrms.policy.letter_numbers import counts, fill, same_as, unknown_tokens

JUNE = date(2026, 6, 4)


class TestLetterNumbers(TestCase):
	def test_a_template_becomes_a_number(self):
		for template, number in {
			"{nomor}/{kode}/{unit}": "7/KPG.03/BKD",
			"{kode}/{nomor:3}/{unit}/{bulan_romawi}/{tahun}": "KPG.03/007/BKD/VI/2026",
			"B/{nomor:5}/{bulan}": "B/00007/06",
		}.items():
			with self.subTest(template):
				self.assertEqual(unknown_tokens(template), [])
				self.assertEqual(fill(template, 7, "KPG.03", "BKD", JUNE), number)

	def test_a_number_that_outgrows_its_width_is_whole(self):
		self.assertEqual(fill("{nomor:2}", 1234, "", "", JUNE), "1234")

	def test_the_twelve_months(self):
		months = [fill("{bulan_romawi}", 1, "", "", date(2026, month, 1)) for month in range(1, 13)]
		self.assertEqual(months, "I II III IV V VI VII VIII IX X XI XII".split())

	def test_what_is_no_token_is_found(self):
		self.assertEqual(unknown_tokens("{nomor}/{kota}/{}"), ["{kota}", "{}"])
		self.assertEqual(unknown_tokens("{nomor"), ["{"])
		self.assertEqual(unknown_tokens("{nomor}/{tahun:2}"), ["{tahun:2}"])

	def test_a_code_with_braces_is_no_template(self):
		self.assertEqual(fill("{nomor}/{kode}", 1, "{tahun}", "", JUNE), "1/{tahun}")

	def test_without_a_running_number_it_counts_nothing(self):
		self.assertFalse(counts("{kode}/{tahun}"))
		self.assertTrue(counts("{nomor:3}"))

	def test_blanks_and_case_make_no_other_number(self):
		self.assertEqual(same_as(" 188 / KPG.03/bkd"), same_as("188/KPG.03/BKD"))
		self.assertNotEqual(same_as("188/KPG.03"), same_as("189/KPG.03"))
