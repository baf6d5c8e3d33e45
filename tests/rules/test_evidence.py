"""Files that may be evidence of work, and files that say they are something else (rule D4)."""

import io
import zipfile
from unittest import TestCase

from mkd_hrms.policy.day.evidence_files import Unsafe, kind_of, unsafe

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def package(*names):
	file = io.BytesIO()
	with zipfile.ZipFile(file, "w") as archive:
		for name in names:
			archive.writestr(name, "x")
	return file.getvalue()


DOCUMENT = package("[Content_Types].xml", "word/document.xml")


class TestEvidence(TestCase):
	def test_documents_and_pictures_are_taken(self):
		for name, content in (
			("notula.pdf", b"%PDF-1.7 ..."),
			("Foto.PNG", PNG),
			("foto.jpeg", b"\xff\xd8\xff\xe0"),
			("naskah.docx", DOCUMENT),
			("naskah.odt", package("mimetype", "content.xml")),
			("lama.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 ..."),
			("catatan.txt", b"10.00 rapat daring, hadir 5 < 6 orang"),
		):
			with self.subTest(name):
				self.assertIsNone(unsafe(name, content))

	def test_what_runs_is_refused_by_its_name(self):
		for name in (
			"a.exe",
			"a.svg",
			"a.html",
			"a.js",
			"a.zip",
			"a.docm",
			"a.pdf.exe",
			"a",
			".pdf.",
			"a.php",
		):
			with self.subTest(name):
				self.assertIs(unsafe(name, b"%PDF-1.7"), Unsafe.KIND)

	def test_what_is_not_what_its_name_says_is_refused(self):
		for name, content in (
			("notula.pdf", b"MZ\x90\x00"),
			("notula.pdf", b"<html>%PDF-</html>"),
			("foto.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
			("foto.jpg", PNG),
			("naskah.docx", b"PK\x03\x04 broken"),
			("naskah.docx", package("setup.exe")),
			("catatan.txt", b"MZ program"),
			("catatan.txt", b"\x7fELF"),
			("catatan.csv", b"a;b\x00c"),
			("catatan.txt", b"#!/bin/sh"),
			("kosong.pdf", b""),
		):
			with self.subTest(name, content=content[:12]):
				self.assertIs(unsafe(name, content), Unsafe.DISGUISED)

	def test_what_a_browser_or_an_office_would_run_is_refused(self):
		for name, content in (
			("catatan.txt", b"salam <SCRIPT>alert(1)</SCRIPT>"),
			("foto.png", PNG + b"<svg onload=alert(1)>"),
			("foto.gif", b"GIF89a/*<html>*/"),
			("naskah.docx", package("[Content_Types].xml", "word/vbaProject.bin")),
		):
			with self.subTest(name):
				self.assertIs(unsafe(name, content), Unsafe.ACTIVE)

	def test_the_last_extension_counts(self):
		self.assertEqual([kind_of(name) for name in ("a.tar.GZ", "a", "a.", "x.PDF ")], ["gz", "", "", "pdf"])
