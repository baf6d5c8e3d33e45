"""A sentence that was stored in English is said in Indonesian by a letter; what somebody wrote himself stays as it is."""

import csv

import frappe
from frappe.tests.utils import FrappeTestCase

from mkd_hrms.services.letters.retold import PLACEHOLDER, retold

STORED = {
	"Daily report missing: {0}.": "12-01-2026, 13-01-2026",
	"Absence on an MKD day, confirmed: {0}.": "12-01-2026",
	"The declared place was false, confirmed: {0}.": "12-01-2026",
	"{0} was annulled.": "MKD-SUS-2026-00001",
}


def catalogue():
	path = frappe.get_app_path("mkd_hrms", "translations", "id.csv")
	with open(path, encoding="utf-8", newline="") as file:
		return {row[0]: row[1] for row in csv.reader(file) if len(row) > 1}


class TestRetold(FrappeTestCase):
	def test_what_the_ladder_and_objections_store(self):
		for source, value in STORED.items():
			with self.subTest(source):
				self.assertEqual(retold(source.format(value)), catalogue()[source].format(value))

	def test_what_is_put_into_a_sentence_is_said_again_too(self):
		source = "The conditions were accepted. The request is now {0}."
		self.assertEqual(
			retold(source.format("Pending Approval")), catalogue()[source].format("Menunggu Persetujuan")
		)

	def test_whatever_the_app_says_with_enough_words_is_known_by_them(self):
		"""Of two sentences that only differ in what is put in, either may be meant."""
		sentences = {
			source: text
			for source, text in catalogue().items()
			if PLACEHOLDER.findall(source) == ["0"] and len(PLACEHOLDER.sub("", source)) > 30
		}
		self.assertGreater(len(sentences), 100)
		wrong = [
			source
			for source, text in sentences.items()
			if retold(source.replace("{0}", "Q7")) != text.replace("{0}", "Q7")
		]
		self.assertLess(len(wrong), len(sentences) / 50, wrong)

	def test_what_is_indonesian_already_or_was_written_by_somebody_stays(self):
		for text in (
			"Laporan tidak diserahkan",
			"Absent without leave on Monday",
			"Laporan harian tidak ada: 1.",
			"",
		):
			self.assertEqual(retold(text), text)
		self.assertEqual(retold(None), "")
