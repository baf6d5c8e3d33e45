"""Letters as PDF, with a letter head and a town; and whether a word of ours in them was left in English."""

import csv
import os
import re
from functools import cache
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

import frappe
from frappe.installer import update_site_config

from mkd_hrms.constants import COLLECTIVE_DAY, SETTINGS
from mkd_hrms.tests.support.http_world import browser, officer
from mkd_hrms.tests.support.letter_case import IssuedCase

DOCUMENT = re.compile(r"MKD-[A-Z]+-[\d-]+")
WORD = re.compile(r"[a-z]{3,}", re.IGNORECASE)


@cache
def english_words():
	"""The words of our sentences that no translation of them holds: in an Indonesian letter there are none of them."""
	path = frappe.get_app_path("mkd_hrms", "translations", "id.csv")
	with open(path, encoding="utf-8", newline="") as file:
		rows = [row for row in csv.reader(file) if len(row) > 1]
	sources, translations = (
		{word for row in rows for word in WORD.findall(row[column].lower())} for column in (0, 1)
	)
	return sources - translations


class PrintedCase(IssuedCase):
	"""One PDF of each kind: MKD_PICTURES names a folder in which they are left to be looked at.

	`names` are what a letter may hold in any language: of people, units and companies.
	"""

	names = ()

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.before = frappe.conf.host_name or "None"
		update_site_config("host_name", browser(officer()).server.url, validate=False)
		cls.addClassCleanup(update_site_config, "host_name", cls.before, validate=False)
		letterhead = "<div style='text-align:center'><b>PEMERINTAH DAERAH PROVINSI JAWA BARAT<br>BADAN KEPEGAWAIAN DAERAH</b><hr></div>"
		cls.letterhead = frappe.get_doc(
			{"doctype": "Letter Head", "letter_head_name": "Kop MKD", "source": "HTML", "content": letterhead}
		).insert()
		frappe.db.set_single_value(SETTINGS, "letter_place", "Bandung")
		frappe.db.commit()
		cls.addClassCleanup(cls.take_letterhead)

	@classmethod
	def take_letterhead(cls):
		frappe.delete_doc("Letter Head", cls.letterhead.name, force=True)
		frappe.db.set_single_value(SETTINGS, "letter_place", None)
		frappe.db.delete(COLLECTIVE_DAY, {"subject": "MKD setiap Kamis"})
		frappe.db.commit()

	def text_of(self, doctype, name, form, file):
		key = {"doctype": doctype, "name": name, "format": form, "letterhead": "Kop MKD"}
		answer = browser(officer()).get("/api/method/frappe.utils.print_format.download_pdf", **key)
		self.assertEqual(answer.status_code, 200, answer.text[:500])
		if folder := os.environ.get("MKD_PICTURES"):
			Path(folder, f"{file}.pdf").write_bytes(answer.content)
		pages = [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]
		self.assertLessEqual(len(pages), 2)
		return " ".join(" ".join(pages).split())

	def check_words(self, text, kind):
		"""No word of the app that was left in English; what our documents are called is the same in every language."""
		text = DOCUMENT.sub("", text)
		names = {word.lower() for name in self.names for word in WORD.findall(name)}
		self.assertFalse({word for word in WORD.findall(text.lower())} & english_words() - names, kind)

	def look(self, doctype, name, kind, form, file, *words, **values):
		number = self.issued(officer(), doctype, name, kind, **values)["number"]
		text = self.text_of(doctype, name, form, file)
		self.check_words(text, kind)
		for each in (number, "PEMERINTAH DAERAH", *words):
			with self.subTest(kind, words=each):
				self.assertIn(each, text)
