"""Letters over HTTP: issued by whoever decided, printed with their number, revoked, signed, and checked by a stranger."""

import base64
import hashlib
import os
from io import BytesIO
from pathlib import Path

import requests
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
	ArrayObject,
	ByteStringObject,
	DictionaryObject,
	NameObject,
	NumberObject,
	TextStringObject,
)

import frappe
from frappe.installer import update_site_config
from frappe.utils import getdate

from mkd_hrms.constants import COLLECTIVE_DAY, DAY, LETTER, OBJECTION, REQUEST, SETTINGS, SUSPENSION, WARNING
from mkd_hrms.services.ledger import written_reasons
from mkd_hrms.services.letters.letter import long_date
from mkd_hrms.services.letters.signed_file import is_signed_electronically
from mkd_hrms.tests.support.factories import PICTURE
from mkd_hrms.tests.support.http_day_case import ApprovedDayCase
from mkd_hrms.tests.support.http_world import (
	absences,
	act,
	browser,
	days_of,
	head,
	officer,
	open_house,
	stored,
	subordinate,
	user_with,
	week,
)
from mkd_hrms.tests.support.live_server import site_header
from mkd_hrms.tests.support.people import store_row
from mkd_hrms.tests.support.world import COMPANY

setUpModule = open_house

ISSUE, LETTERS, CHECK = (f"mkd_hrms.api.{name}" for name in ("issue_letter", "letters_of", "letter_check"))
NUMBERED = ("Permit", "Assignment", "Refusal", "Warning", "Revocation", "Objection Decision")


def signed_pdf(issuer):
	"""A PDF with a field of a signature in which somebody is named."""
	writer = PdfWriter()
	writer.add_blank_page(200, 200)
	signature = DictionaryObject(
		{
			NameObject("/Type"): NameObject("/Sig"),
			NameObject("/ByteRange"): ArrayObject([NumberObject(0)] * 4),
			NameObject("/Contents"): ByteStringObject(b"\x30\x82" + issuer),
		}
	)
	field = DictionaryObject(
		{
			NameObject("/FT"): NameObject("/Sig"),
			NameObject("/T"): TextStringObject("ttd"),
			NameObject("/V"): writer._add_object(signature),
		}
	)
	form = DictionaryObject({NameObject("/Fields"): ArrayObject([writer._add_object(field)])})
	writer._root_object[NameObject("/AcroForm")] = form
	file = BytesIO()
	writer.write(file)
	return file.getvalue()


class IssuedCase(ApprovedDayCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		settings = frappe.get_doc(SETTINGS)
		row = {"template": "{nomor}/{kode}/{unit}/{tahun}", "unit_code": "BKD"}
		settings.set(
			"letter_numbers", [{"kind": kind, "code": f"K{n}", **row} for n, kind in enumerate(NUMBERED)]
		)
		settings.save()
		frappe.db.commit()
		cls.addClassCleanup(cls.clear_letters)

	@classmethod
	def clear_letters(cls):
		frappe.db.rollback()
		frappe.db.delete(LETTER)
		settings = frappe.get_doc(SETTINGS)
		settings.set("letter_numbers", [])
		settings.save()
		frappe.db.commit()

	def issue(self, user, doctype, name, kind, **values):
		return browser(user).call(ISSUE, doctype=doctype, name=name, kind=kind, **values)

	def revoke(self, day):
		"""A day whose approval was withdrawn, as the ledger keeps it."""
		frappe.db.set_value(DAY, day, "status", "Revoked")
		written_reasons.keep([day], {"release_reason": "Kebutuhan dinas"})
		frappe.db.commit()

	def issued(self, user, doctype, name, kind, **values):
		return self.ok(self.issue(user, doctype, name, kind, **values))

	def printed(self, user, doctype, name, form):
		asked = {"doc": doctype, "name": name, "print_format": form}
		return self.ok(browser(user).call("frappe.www.printview.get_html_and_style", **asked))["html"]

	def checked(self, token):
		"""What somebody is told who is not logged in."""
		server = browser(officer()).server
		url = f"{server.url}/api/method/{CHECK}"
		return requests.get(url, params={"token": token}, headers=site_header(server), timeout=60)


class TestIssuedLetters(IssuedCase):
	def granted(self):
		employee = subordinate()
		return employee, self.approved(employee, week()[:2])

	def test_who_decided_issues_a_permit_and_its_print_has_the_number_from_then_on(self):
		employee, request = self.granted()
		open_to_him = self.ok(browser(head().user_id).call(LETTERS, doctype=REQUEST, name=request))
		self.assertEqual([each["kind"] for each in open_to_him["open"]], ["Permit", "Assignment"])
		self.assertTrue(all(each["is_numbered"] for each in open_to_him["open"]))
		letter = self.issued(head().user_id, REQUEST, request, "Permit")
		self.assertRegex(letter["number"], r"^\d+/K0/BKD/\d{4}$")
		html = self.printed(employee.user_id, REQUEST, request, "MKD Request Letter")
		self.assertIn(letter["number"], html)
		self.assertIn("data:image/png;base64,", html)
		self.assertNotIn("BSrE", html)
		self.refused(self.issue(head().user_id, REQUEST, request, "Permit"))
		shown = self.ok(browser(employee.user_id).call(LETTERS, doctype=REQUEST, name=request))
		self.assertEqual(
			([each["number"] for each in shown["issued"]], shown["open"]), ([letter["number"]], [])
		)

	def test_neither_the_employee_nor_a_colleague_issues_one(self):
		employee, request = self.granted()
		for user in (employee.user_id, subordinate().user_id):
			self.refused(self.issue(user, REQUEST, request, "Permit"))
		self.refused(self.issue(head().user_id, REQUEST, request, "Refusal"))
		self.refused(self.issue(head().user_id, "User", employee.user_id, "Permit"))
		frappe.db.rollback()
		self.assertFalse(frappe.db.exists(LETTER, {"reference_name": request}))

	def test_nobody_writes_deletes_or_invents_an_entry(self):
		_employee, request = self.granted()
		name = self.issued(officer(), REQUEST, request, "Permit")["name"]
		client, before = browser(officer()), stored(name, LETTER)
		self.refused(client.delete(f"/api/resource/{LETTER}/{name}"))
		client.set_value(
			LETTER, name, status="Revoked", letter_date="2020-01-01", employee_name="Lain", token="x" * 22
		)
		self.refused(client.set_value(LETTER, name, number="1/X"))
		self.refused(client.insert({"doctype": LETTER, "kind": "Permit", "company": COMPANY, "number": "9"}))
		found = stored(name, LETTER)
		for field in ("number", "status", "letter_date", "employee_name", "token"):
			self.assertEqual(found.get(field), before.get(field), field)
		self.assertNotIn(found.token, client.resource(LETTER, name).text)

	def test_a_request_that_was_cancelled_leaves_a_revoked_permit(self):
		employee, request = self.granted()
		letter = self.issued(officer(), REQUEST, request, "Permit")
		self.ok(act(officer(), request, "Cancel"))
		self.assertEqual(stored(letter["name"], LETTER).status, "Revoked")
		# The platform itself prints nothing that was cancelled, so the letter is printed from the register.
		html = self.printed(employee.user_id, LETTER, letter["name"], "MKD Letter")
		with frappe.translate.print_language("id"):
			first_day = long_date(week()[0])
		for words in ("DICABUT", letter["number"], first_day):
			self.assertIn(words, html)

	def test_a_revocation_takes_the_permit_with_it_and_says_which_days(self):
		employee, request = self.granted()
		permit = self.issued(officer(), REQUEST, request, "Permit")
		day = days_of(request)[0].name
		self.revoke(day)
		letter = self.issued(officer(), REQUEST, request, "Revocation")
		self.assertEqual(stored(permit["name"], LETTER).status, "Revoked")
		html = self.printed(employee.user_id, REQUEST, request, "MKD Revocation Letter")
		for words in (letter["number"], permit["number"], "Kebutuhan dinas", "Pencabutan"):
			self.assertIn(words, html)
		# Whoever decides is not told why a day was taken back (rule P3).
		html = self.printed(head().user_id, REQUEST, request, "MKD Revocation Letter")
		self.assertNotIn("Kebutuhan dinas", html)
		self.refused(self.issue(officer(), REQUEST, request, "Revocation"))
		# For the day that is left another permit may follow.
		self.assertNotEqual(self.issued(officer(), REQUEST, request, "Permit")["number"], permit["number"])

	def test_a_warning_is_told_to_nobody_above_and_falls_with_its_measure(self):
		employee = subordinate()
		values = {"from_date": str(getdate()), "to_date": str(getdate()), "ground": "Tidak hadir"}
		client = browser(user_with("HR Manager"))
		doc = {"doctype": WARNING, "employee": employee.name, **values, "docstatus": 1}
		name = self.ok(client.insert(doc))["name"]
		self.refused(self.issue(head().user_id, WARNING, name, "Warning"))
		letter = self.issued(officer(), WARNING, name, "Warning")
		self.refused(browser(head().user_id).resource(LETTER, letter["name"]))
		html = self.printed(employee.user_id, WARNING, name, "MKD Warning Letter")
		for words in (letter["number"], "Tidak hadir", "Peringatan"):
			self.assertIn(words, html)
		self.ok(client.call("frappe.client.cancel", doctype=WARNING, name=name))
		self.assertEqual(stored(letter["name"], LETTER).status, "Revoked")
		self.assertIn("DICABUT", self.printed(employee.user_id, LETTER, letter["name"], "MKD Letter"))


class TestTheCheckOfALetter(IssuedCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		case = cls()
		cls.employee = subordinate(first_name="Rahasiawati")
		cls.request = case.approved(cls.employee, week()[:1])
		cls.letter = case.issued(officer(), REQUEST, cls.request, "Permit")
		cls.token = frappe.db.get_value(LETTER, cls.letter["name"], "token")
		frappe.db.commit()

	def test_a_stranger_is_told_that_it_holds_and_nothing_of_anybody(self):
		answer = self.checked(stored(self.letter["name"], LETTER).token)
		self.assertEqual(answer.status_code, 200, answer.text)
		for words in (self.letter["number"], "Surat Izin", "Berlaku"):
			self.assertIn(words, answer.text)
		for words in ("Rahasiawati", self.employee.name, self.request, self.letter["name"], COMPANY):
			self.assertNotIn(words, answer.text)
		self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")

	def test_a_wrong_code_tells_nothing(self):
		token = stored(self.letter["name"], LETTER).token
		for wrong in ("", "x" * 22, token[:-1], token.swapcase(), f"{token} ", "%", self.letter["name"]):
			with self.subTest(wrong):
				answer = self.checked(wrong)
				self.assertEqual(answer.status_code, 404)
				self.assertNotIn(self.letter["number"], answer.text)

	def test_a_revoked_one_is_told_as_revoked(self):
		employee = subordinate()
		request = self.approved(employee, week()[:1])
		letter = self.issued(officer(), REQUEST, request, "Permit")
		self.ok(act(officer(), request, "Cancel"))
		answer = self.checked(stored(letter["name"], LETTER).token)
		self.assertIn("Dicabut", answer.text)
		self.assertNotIn("Berlaku", answer.text)

	def test_who_asks_too_often_waits(self):
		asked = [self.checked("x" * 22).status_code for _each in range(130)]
		self.assertEqual(asked[-1], 429)
		frappe.cache.delete_keys("rl:")


class TestSignedLetters(IssuedCase):
	def attach(self, user, name, content, file_name="surat.pdf"):
		file = {"doctype": "File", "file_name": file_name, "is_private": 1, "decode": 1}
		file |= {"content": base64.b64encode(content).decode()}
		url = self.ok(browser(user).insert(file))["file_url"]
		return browser(user).set_value(LETTER, name, signed_file=url)

	def a_letter(self):
		employee = subordinate()
		request = self.approved(employee, week()[:1])
		return employee, request, self.issued(head().user_id, REQUEST, request, "Permit")["name"]

	def test_the_signed_file_comes_once_and_what_it_holds_is_kept(self):
		employee, request, name = self.a_letter()
		self.refused(self.attach(employee.user_id, name, signed_pdf(b"BSrE")))
		self.refused(self.attach(head().user_id, name, PICTURE, "surat.png"))
		self.assertNotIn("BSrE", self.printed(employee.user_id, REQUEST, request, "MKD Request Letter"))
		content = signed_pdf(b"Balai Sertifikasi Elektronik " + frappe.generate_hash().encode())
		self.ok(self.attach(head().user_id, name, content))
		found = stored(name, LETTER)
		self.assertEqual(found.signed_file_sha256, hashlib.sha256(content).hexdigest())
		self.assertTrue(found.is_signed_electronically)
		self.assertIn("BSrE", self.printed(employee.user_id, REQUEST, request, "MKD Request Letter"))
		self.refused(self.attach(head().user_id, name, signed_pdf(b"BSrE lain")))
		self.refused(browser(head().user_id).set_value(LETTER, name, signed_file=None))

	def test_a_scan_is_kept_and_bears_no_footer(self):
		employee, request, name = self.a_letter()
		writer, file = PdfWriter(), BytesIO()
		writer.add_blank_page(200, 200)
		writer.add_metadata({"/Title": f"BSrE {frappe.generate_hash()}"})
		writer.write(file)
		self.ok(self.attach(head().user_id, name, file.getvalue()))
		self.assertFalse(stored(name, LETTER).is_signed_electronically)
		self.assertNotIn("BSrE", self.printed(employee.user_id, REQUEST, request, "MKD Request Letter"))

	def test_only_a_signature_that_names_the_issuer_counts(self):
		self.assertTrue(is_signed_electronically(signed_pdf(b"CN=BSrE")))
		self.assertFalse(is_signed_electronically(signed_pdf(b"CN=Orang Lain")))
		self.assertFalse(is_signed_electronically(b"%PDF-1.7 BSrE /ByteRange"))


class TestEveryKindAsPDF(IssuedCase):
	"""One PDF of each kind: MKD_PICTURES names a folder in which they are left to be looked at."""

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

	def look(self, doctype, name, kind, form, file, *words, **values):
		number = self.issued(officer(), doctype, name, kind, **values)["number"]
		text = self.text_of(doctype, name, form, file)
		for each in (number, "PEMERINTAH DAERAH", *words):
			with self.subTest(kind, words=each):
				self.assertIn(each, text)

	def test_letters_of_a_request(self):
		employee = subordinate(first_name="Anisa Rahmawati")
		plan = [{"activity": "Menyusun laporan", "output": "Laporan triwulan", "target": "1 dokumen"}]
		request = self.approved(employee, week()[:2], work_plan=plan)
		about = (REQUEST, request)
		self.look(*about, "Permit", "MKD Request Letter", "permit", "SURAT IZIN MKD", "Anisa Rahmawati")
		self.look(
			*about, "Assignment", "MKD Assignment Letter", "assignment", "SURAT TUGAS", "Laporan triwulan"
		)
		day = days_of(request)[0].name
		self.revoke(day)
		self.look(
			*about, "Revocation", "MKD Revocation Letter", "revocation", "Pencabutan", "Kebutuhan dinas"
		)
		name = frappe.db.get_value(LETTER, {"reference_name": request, "kind": "Permit"})
		self.assertIn("DICABUT", self.text_of(LETTER, name, "MKD Letter", "revoked"))

	def test_a_refusal(self):
		employee = subordinate(absent_on=absences(3))
		request = self.applied(employee, week()[:2])
		self.look(REQUEST, request, "Refusal", "MKD Request Letter", "refusal", "Penolakan")

	def test_measures(self):
		employee, client = subordinate(), browser(user_with("HR Manager"))
		values = {
			"from_date": str(getdate()),
			"to_date": str(week(2)[4]),
			"ground": "Laporan tidak diserahkan",
		}
		for doctype, kind, form, file, word in (
			(WARNING, "Warning", "MKD Warning Letter", "warning", "peringatan"),
			(SUSPENSION, "Revocation", "MKD Suspension Letter", "suspension", "Pencabutan"),
		):
			more = {"measure": "Suspension"} if doctype == SUSPENSION else {}
			doc = {"doctype": doctype, "employee": employee.name, **values, **more, "docstatus": 1}
			name = self.ok(client.insert(doc))["name"]
			self.look(doctype, name, kind, form, file, word, "Laporan tidak diserahkan", "Pergub")

	def test_a_decision_about_an_objection(self):
		employee = subordinate(absent_on=absences(3))
		request = self.applied(employee, week()[:1])
		values = {
			"against_doctype": REQUEST,
			"against_name": request,
			"company": COMPANY,
			"grounds": "Saya hadir",
			"decision_reason": "Presensi tercatat ganda",
			"decided_by": officer(),
			"status": "Dismissed",
			"decided_on": frappe.utils.now(),
			"docstatus": 1,
		}
		name = store_row(OBJECTION, employee.name, employee_name=employee.employee_name, **values).name
		frappe.db.commit()
		words = ("KEPUTUSAN", "TENTANG", "MEMUTUSKAN", "KESATU", "Presensi tercatat ganda")
		self.look(OBJECTION, name, "Objection Decision", "MKD Objection Letter", "objection", *words)

	def test_a_circular(self):
		values = {
			"subject": "MKD setiap Kamis",
			"legal_basis": "SE Sekda",
			"weekday": "Thursday",
			"docstatus": 1,
		}
		dates = {
			"from_date": "2026-12-01",
			"to_date": "2026-12-31",
			"dates_by": "Weekday",
			"share_by": "Rota",
		}
		number = {"circular_no": "188/KPG.03/BKD", "circular_date": "2026-11-20", "share_percent": 50}
		name = store_row(COLLECTIVE_DAY, None, company=COMPANY, **values, **dates, **number).name
		frappe.db.commit()
		words = ("SURAT EDARAN", "188/KPG.03/BKD", "TENTANG MKD SETIAP KAMIS", "hari Kamis", "50 persen")
		self.look(COLLECTIVE_DAY, name, "Circular", "MKD Circular Letter", "circular", *words)
