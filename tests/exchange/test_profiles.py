"""Profiles are data: the shipped ones are sound, a wrong one says what is wrong, and a file is known by its headings."""

import io
import re
import zipfile
from unittest import TestCase

import yaml
from mkd_exchange import ALL, NIP, UNTIL, as_bytes, as_text, read
from mkd_simulate import temporary_folder

from mkd_hrms.exchange import profiles, rows
from mkd_hrms.exchange.guessing import Unfit
from mkd_hrms.exchange.profiles import ProfileError
from mkd_hrms.simulate.files.problems import BadFiles
from mkd_hrms.simulate.output.language import language

SHIPPED = {
	**{"trk-activities": "activities", "trk-month": "results", "kmob": "long", "recap-long": "long"},
	**{"recap-wide": "wide month", "recap-pairs": "punch pairs", "ekinerja": "results"},
	**{"siasn-discipline": "discipline", "siasn-talent": "talent box", "zkteco": "machine log"},
	"kmob-schedule": "schedule",
}


def changed(**changes):
	"""What stands in the profile of K-Mob, with changes; None takes a key out."""
	said = yaml.safe_load((profiles.FOLDER / "kmob.yaml").read_text(encoding="utf-8")) | changes
	return {key: value for key, value in said.items() if value is not None}


def without_sheets(content):
	"""A workbook whose table of contents names no sheet."""
	target = io.BytesIO()
	with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(target, "w") as other:
		for name in book.namelist():
			other.writestr(name, re.sub(rb"<sheet [^>]*/>", b"", book.read(name)))
	return target.getvalue()


class TestProfiles(TestCase):
	def test_all_layouts_are_shipped(self):
		self.assertEqual({profile.name: profile.layout for profile in ALL}, SHIPPED)
		self.assertEqual(set(SHIPPED.values()), set(rows.LAYOUTS))

	def test_a_wrong_profile_says_what_is_wrong(self):
		columns = changed()["columns"]
		words = changed()["words"]
		for change, message in (
			({"colour": "red"}, "unknown key 'colour'"),
			({"key": None}, "the key key is missing"),
			({"title": 5}, "title: expected a text"),
			({"dates": "ymd"}, "dates: expected a list of texts"),
			({"columns": [1]}, "columns: expected a list of headings for each field"),
			(
				{"words": {"status": ["x"]}},
				"words: expected, for each field, each word with a list of spellings",
			),
			({"title_rows": -1}, "title_rows: expected a number from 0 to 20"),
			({"layout": "tall"}, "layout: 'tall' is not one of 'long'"),
			({"dates": ["dmy", "mdy"]}, "dmy and mdy cannot be told apart"),
			({"thousands": "."}, "decimal and thousands are the same sign"),
			({"dates": []}, "expected at least one form each"),
			({"columns": columns | {"shoe": ["Sepatu"]}}, "there is no field 'shoe'"),
			({"columns": {"who": ["nip"], "status": ["jenis"]}}, "the column of day is missing"),
			({"columns": columns | {"note": []}}, "note has no heading"),
			({"columns": columns | {"note": ["NIP"]}}, "the heading 'NIP' means who and note"),
			({"passed_over": ["nip"]}, "the heading 'nip' means who and passed_over"),
			({"words": {}}, "words: status has none"),
			({"words": words | {"unit": {"x": ["y"]}}}, "the field 'unit' has no words"),
			({"words": {"status": {"Drunk": ["Mabuk"]}}}, "'Drunk' is not one of Present"),
			({"words": {"status": {"Present": ["h"], "Home": ["H"]}}}, "'h' means Present and Home"),
			({"words": {"status": {"Present": []}}}, "Present has no spelling"),
		):
			with self.subTest(message), self.assertRaises(ProfileError) as caught:
				profiles.checked("mine", changed(**change))
			self.assertIn(f"mine: {message}" if ":" in message else message, str(caught.exception))

	def test_a_file_that_is_no_profile_is_refused(self):
		path = temporary_folder() / "mine.yaml"
		for content, message in (
			(b"\xff\xfe", "not UTF-8"),
			(b"title: [", "no YAML"),
			(b"- a", "expected keys with values"),
			(b"title: a\ntitle: b", "a key stands here twice"),
			(b"a: &x [1]\nb: *x", "a reference to another place"),
			(b"#" * 100_001, "longer than 100,000 bytes"),
		):
			path.write_bytes(content)
			with self.subTest(message), self.assertRaisesRegex(ProfileError, message):
				profiles.read(path)
		with self.assertRaisesRegex(ProfileError, "there are ekinerja, kmob"):
			profiles.load("../kmob")


class TestGuessing(TestCase):
	PRESENCE = as_text([["nip", "tanggal", "jenis"], [NIP, "2026-11-24", "WFO"]])

	def test_headings_say_what_a_file_is_whatever_their_case_order_and_blanks(self):
		content = as_text(
			[["x", " JENIS ", "Tanggal", "unit", "NIP"], ["", "WFH", "24/11/2026", "BKD", NIP]], ","
		)
		found, _tally, name, _rejected = read(content)
		self.assertEqual(
			(name, found), ("kmob", [rows.Presence(NIP, UNTIL.replace(day=24), "Home", unit="BKD")])
		)

	def test_a_file_that_fits_nothing_says_what_is_nearest_and_what_lacks(self):
		with self.assertRaises(Unfit) as caught:
			read(as_text([["nip", "tanggal", "aktivitas"], [NIP, "2026-11-24", "x"]]))
		self.assertEqual(
			str(caught.exception),
			"The file fits no profile; the nearest is trk-activities. Columns are missing: waktu_menit.",
		)
		self.assertIn("Kolom yang tidak ada: waktu_menit.", caught.exception.told(language("id")))

	def test_a_file_that_fits_two_profiles_is_not_guessed(self):
		content = as_text([["NIP", "Nama", "Tanggal", "Status"], [NIP, "Ani", "2026-11-24", "Hadir"]])
		self.assertEqual(read(content)[2], "recap-long")
		both = as_text(
			[
				["nip", "nama", "tanggal", "jenis", "status presensi", "jam masuk", "jam pulang"],
				[NIP, "Ani", "2026-11-24", *["WFO"] * 2, "", ""],
			]
		)
		with self.assertRaisesRegex(Unfit, "two profiles, .* Name one with --profile"):
			read(both)
		self.assertEqual(read(both, "kmob")[2], "kmob")

	def test_a_profile_that_is_named_needs_its_columns_alone(self):
		more = [f"kolom {number}" for number in range(40)]
		content = as_text([["nip", "tanggal", "jenis", *more], [NIP, "2026-11-24", "WFO"]])
		with self.assertRaises(Unfit):
			read(content)
		self.assertEqual(len(read(content, "kmob")[0]), 1)

	def test_a_system_may_be_named_instead_of_a_profile(self):
		content = as_text([["nip", "tahun", "bulan", "menit aktivitas"], [NIP, "2026", "10", "6400"]])
		self.assertEqual(read(content, "trk")[2], "trk-month")
		with self.assertRaises(ProfileError):
			read(content, "trx")

	def test_a_workbook_without_a_sheet_fits_nothing(self):
		with self.assertRaisesRegex(Unfit, "no row names columns"):
			read(without_sheets(as_bytes([["nip"]])))

	def test_no_name_of_a_file_makes_it_one(self):
		for content in ("nip\n", "PK\x03\x04", "<html><table>", "1\t2\n"):
			with self.subTest(content), self.assertRaises((Unfit, BadFiles)):
				read(content)
