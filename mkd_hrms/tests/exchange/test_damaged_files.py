"""Damaged and harmful files on a site: each is answered in words, and looking at it writes no record and leaves no error."""

import io
import sys
from pathlib import Path
from random import Random

from openpyxl import Workbook

import frappe

import mkd_hrms
from mkd_hrms.constants import IMPORT_LINE
from mkd_hrms.tests.support.import_case import WRITTEN, ImportCase, as_csv, kmob
from mkd_hrms.tests.support.people import acting_as

SUPPORT = Path(mkd_hrms.__file__).parents[1] / "tests" / "support"
COUNT = 60
SECRET = "RAHASIA-4711"
HEADS = (
	("nip", "tanggal", "jenis", "jam_masuk", "jam_pulang"),
	("nip", "tanggal", "aktivitas", "waktu_menit", "status"),
	("nip", "tahun", "bulan", "menit_aktivitas", "predikat"),
	("NIP", "jenisTingkatHukuman", "hukumanTanggal", "akhirHukumTanggal", "skNomor"),
)


class TestDamagedFiles(ImportCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		sys.path.insert(0, str(SUPPORT))
		cls.addClassCleanup(sys.path.remove, str(SUPPORT))
		import mkd_mutated_texts
		import mkd_mutated_workbooks

		cls.text, cls.book = mkd_mutated_texts.mutated_text, mkd_mutated_workbooks.mutated_content

	def counts_of_all(self):
		return [frappe.db.count(doctype) for doctype in (*WRITTEN, IMPORT_LINE, "Error Log")]

	def content(self, random, nip, secret):
		head = random.choice(HEADS)
		rows = [head, *([nip, "24/11/2026", "WFO", "07:30", "16:00"] for _row in range(4))]
		if random.random() < 0.6:
			text = as_csv(*rows, delimiter=random.choice(";,"))
			return type(self).text(random, text, secret), random.choice(("a.csv", "a.dat"))
		book, content = Workbook(), io.BytesIO()
		for row in rows:
			book.active.append(row)
		book.save(content)
		return type(self).book(random, content.getvalue(), secret), "a.xlsx"

	def test_each_is_answered_in_words(self):
		one = self.member()
		secret = Path(frappe.get_site_path("private", "rahasia.txt"))
		secret.write_text(SECRET)
		self.addCleanup(secret.unlink)
		before, states = self.counts_of_all(), set()
		for number in range(COUNT):
			random = Random(number)
			content, name = self.content(random, one.mkd_nip, str(secret.resolve()))
			with self.subTest(number):
				doc = self.looked_at(content, name)
				states.add(doc.status if doc else "Refused")
				if doc:
					self.assertIn(doc.status, ("Draft", "Checked"))
					self.assertTrue(doc.problems or doc.status == "Checked")
					said = f"{doc.problems} {doc.preview} {doc.fit} {self.rejected(doc)}"
					self.assertNotIn(SECRET, said)
					self.assertNotIn("Traceback", said)
		self.assertLess({"Draft"}, states)
		self.assertEqual(self.counts_of_all(), before)

	def looked_at(self, content, name):
		"""An import that was looked at; None where the platform takes no such file at all."""
		try:
			doc = self.made(content or b" ", name)
		except frappe.ValidationError:
			frappe.db.rollback()
			frappe.set_user("Administrator")
			return None
		with acting_as(self.officer):
			doc.check_file()
		frappe.db.commit()
		if doc.status == "Checking":
			self.work(doc)
		doc.reload()
		return doc

	def test_a_good_file_among_them_is_read(self):
		doc = self.checked(kmob((self.member().mkd_nip, "2026-11-24", "WFO")))
		self.assertEqual((doc.status, self.counts(doc)), ("Checked", (1, 0, 0, 0)))
