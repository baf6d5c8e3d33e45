"""The signed PDF of a letter: it comes once, and what it holds is kept."""

import base64
import hashlib
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import (
	ArrayObject,
	ByteStringObject,
	DictionaryObject,
	NameObject,
	NumberObject,
	TextStringObject,
)

import frappe

from mkd_hrms.constants import LETTER, REQUEST
from mkd_hrms.services.letters.signed_file import is_signed_electronically
from mkd_hrms.tests.support.factories import PICTURE
from mkd_hrms.tests.support.http_world import browser, head, open_house, stored, subordinate, week
from mkd_hrms.tests.support.letter_case import IssuedCase

setUpModule = open_house


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
