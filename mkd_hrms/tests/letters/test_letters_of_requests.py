"""What an application came to, printed over HTTP as a letter: by whom, with what in it, and never as a draft."""

import json
import os
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

import frappe
from frappe.installer import update_site_config

from mkd_hrms.constants import REQUEST, SETTINGS
from mkd_hrms.policy.model import Verdict
from mkd_hrms.services.decisions import reasons
from mkd_hrms.services.letters.letter import long_date
from mkd_hrms.services.letters.signature import office_lines
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	absences,
	act,
	browser,
	officer,
	open_house,
	person,
	week,
)

setUpModule = open_house

LETTER = "MKD Request Letter"


class TestLettersOfRequests(HTTPCase):
	"""Somebody who was denied, a colleague whose days were approved, and the one above them who decides."""

	denied = None

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		case, cls.boss = cls(), person()
		cls.employee = person(reports_to=cls.boss, absent_on=absences(3))
		cls.denied = case.applied(cls.employee, week()[:2])
		cls.colleague = person(reports_to=cls.boss)
		cls.granted = case.applied(cls.colleague, week()[:2])
		case.ok(act(cls.boss.user_id, cls.granted, "Approve"))

	def printed(self, user, name, **more):
		function = "frappe.www.printview.get_html_and_style"
		asked = {"doc": REQUEST, "name": name, "print_format": LETTER, **more}
		return self.ok(browser(user).call(function, **asked))["html"]

	def said(self):
		frappe.db.rollback()
		return reasons.sentences(frappe.get_doc(REQUEST, self.denied), only=(Verdict.FAIL,))

	def test_a_refusal_says_every_reason_and_how_to_object_in_indonesian(self):
		html = self.printed(self.employee.user_id, self.denied)
		with_reasons = self.said_in_indonesian()
		self.assertTrue(with_reasons)
		for words in (*with_reasons, self.denied, "Penolakan", "keberatan", self.employee.employee_name):
			with self.subTest(words):
				self.assertIn(frappe.utils.escape_html(words), html)
		# Of two dates with the same reason it is said once.
		for reason in self.said_in_indonesian()[:-1]:
			self.assertEqual(html.count(frappe.utils.escape_html(reason)), 1)
		self.assertNotIn("DRAFT", html)

	def said_in_indonesian(self):
		with frappe.translate.print_language("id"):
			until = frappe.db.get_value(REQUEST, self.denied, "objection_until")
			return [*(each["sentence"] for each in self.said()), long_date(until)]

	def test_no_print_of_what_was_denied_is_headed_as_a_draft(self):
		html = self.printed(self.employee.user_id, self.denied, print_format="Standard")
		self.assertNotIn('document-status="draft"', html)
		pending = self.drafted(self.colleague, week(1)[:1])
		html = self.printed(self.colleague.user_id, pending, print_format="Standard")
		self.assertIn('document-status="draft"', html)

	def test_who_decides_prints_the_letter_without_the_reasons(self):
		html = self.printed(self.boss.user_id, self.denied)
		for words in self.said_in_indonesian()[:-1]:
			self.assertNotIn(frappe.utils.escape_html(words), html)

	def test_a_permit_names_the_days_and_who_decided(self):
		html = self.printed(self.colleague.user_id, self.granted)
		with frappe.translate.print_language("id"):
			days = ", ".join(map(long_date, week()[:2]))
		for words in (days, "Izin", self.boss.employee_name, self.colleague.employee_name):
			with self.subTest(words):
				self.assertIn(frappe.utils.escape_html(words), html)

	def test_nobody_prints_a_colleagues_letter(self):
		client = browser(self.employee.user_id)
		key = {"doctype": REQUEST, "name": self.granted, "format": LETTER}
		self.refused(client.get("/api/method/frappe.utils.print_format.download_pdf", **key))
		# Nor by sending his own document under its name.
		own = {**frappe.get_doc(REQUEST, self.denied).as_dict(), "name": self.granted}
		function = "frappe.www.printview.get_html_and_style"
		forged = client.call(function, doc=json.dumps(own, default=str), print_format=LETTER)
		self.assertNotIn(self.colleague.employee_name, forged.text)

	def test_what_a_browser_writes_into_the_document_is_not_printed(self):
		doc = {**frappe.get_doc(REQUEST, self.denied).as_dict(), "status": "Approved", "docstatus": 1}
		html = self.printed(self.employee.user_id, None, doc=json.dumps(doc, default=str))
		self.assertIn("Penolakan", html)
		self.assertNotIn("Surat Izin", html)

	def print_from(self, url):
		"""The program that makes a PDF fetches the styles of the page from the site's own address."""
		update_site_config("host_name", url, validate=False)

	def test_it_is_a_pdf_and_hr_prints_it_too(self):
		self.addCleanup(self.print_from, frappe.conf.host_name or "None")
		self.print_from(browser(self.employee.user_id).server.url)
		key = {"doctype": REQUEST, "name": self.denied, "format": LETTER}
		for user in (self.employee.user_id, officer()):
			answer = browser(user).get("/api/method/frappe.utils.print_format.download_pdf", **key)
			self.assertEqual(answer.status_code, 200, answer.text[:500])
			self.assertTrue(answer.content.startswith(b"%PDF"))
			if folder := os.environ.get("MKD_PICTURES"):
				Path(folder, "refusal.pdf").write_bytes(answer.content)
			pages = [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]
			self.assertLessEqual(len(pages), 2)
			self.assertTrue(all(page.strip() for page in pages), pages)
			self.assertIn("NIP", pages[-1])

	def test_the_office_system_finds_its_marks(self):
		self.addCleanup(self.sign, "With a Pen")
		self.sign("Office System")
		html = self.printed(self.employee.user_id, self.denied)
		for mark in ("${nomor_naskah}", "${tanggal_naskah}", "${ttd_pengirim}", "${nama_pengirim}"):
			self.assertIn(mark, html)

	def sign(self, how):
		frappe.db.set_single_value(SETTINGS, "letter_signing", how)
		frappe.db.commit()

	def test_whoever_stands_in_names_the_office(self):
		for kind, lines in {
			None: ["Kepala Bidang,"],
			"Plh.": ["Plh. Kepala Badan,"],
			"a.n.": ["a.n. Kepala Badan", "Kepala Bidang,"],
			"u.b.": ["a.n. Kepala Badan", "u.b.", "Kepala Bidang,"],
		}.items():
			with self.subTest(kind):
				self.assertEqual(office_lines("Kepala Bidang", kind, "Kepala Badan"), lines)
