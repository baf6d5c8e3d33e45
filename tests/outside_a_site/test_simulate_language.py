"""The report in Indonesian: nothing of the template, the rules or the shipped packs is left in English."""

import csv
import json
import re
from datetime import date, time
from html.parser import HTMLParser
from unittest import TestCase

from click.testing import CliRunner
from mkd_simulate import TINY, TODAY, TOMORROW, sample, temporary_folder, tiny_agency
from mkd_support import PACKAGE

from mkd_hrms.policy import packs
from mkd_hrms.policy.model import Gate, Outcome
from mkd_hrms.policy.sentences import NEXT_STEPS, SENTENCES
from mkd_hrms.simulate.commandline import mkd
from mkd_hrms.simulate.output.language import LANGUAGES, Text, language
from mkd_hrms.simulate.output.policy_numbers import entries

SPOKEN = ("aria-label", "placeholder", "title", "data-text")
# Words that every English sentence holds and neither Indonesian nor the names of the sample.
ENGLISH = set(
	"all and are at been by can each for from has have his in is it its may must no not of on one only or some "
	"that the their there these they this to up was were what when which who with without you your".split()
)
FROM_FILES = ("people", "requests", "source", "by_unit", "by_echelon", "by_grade", "by_type")
SAME = {"Mekanisme", "Kerja", "Dinamis", "NIP"}
MARKED = re.compile(r'\b_\("([^"]+)"')


class Spoken(HTMLParser):
	"""What a reader sees or hears, without style and script; the names of tables are those of files."""

	def __init__(self, page):
		super().__init__()
		self.texts, self.language, self._silent = [], None, False
		self.feed(page)

	def handle_starttag(self, tag, attrs):
		self._silent = tag in ("style", "script")
		self.language = self.language or dict(attrs).get("lang")
		self.texts += [value for name, value in attrs if name in SPOKEN]

	def handle_endtag(self, tag):
		self._silent = False

	def handle_data(self, data):
		if data.strip() and not self._silent:
			self.texts.append(data.strip())


def report(folder, code, *options):
	"""The page and the JSON of one folder."""
	out = temporary_folder()
	arguments = ["check", folder, "--today", TODAY, "--on", TOMORROW, "--language", code, *options]
	arguments += ["--out", out / "r.html", "--json", out / "r.json"]
	result = CliRunner().invoke(mkd, [str(argument) for argument in arguments])
	assert result.exit_code == 0, result.output
	page, data = ((out / name).read_text(encoding="utf-8") for name in ("r.html", "r.json"))
	return page.replace(str(folder), "FOLDER"), json.loads(data)


def english_words(text):
	return ENGLISH.intersection(re.findall(r"[a-z]+", text.lower()))


class TestTheReport(TestCase):
	@classmethod
	def setUpClass(cls):
		cls.pages = {code: report(sample(), code) for code in LANGUAGES}
		cls.spoken = {code: Spoken(page) for code, (page, _data) in cls.pages.items()}

	def test_the_page_says_which_language_it_speaks(self):
		self.assertEqual([self.spoken[code].language for code in LANGUAGES], list(LANGUAGES))

	def test_no_english_sentence_is_left(self):
		left = {text for text in self.spoken["id"].texts if english_words(text)}
		self.assertEqual(left, set())

	def test_the_same_look_finds_the_english_of_the_english_page(self):
		self.assertGreater(sum(bool(english_words(text)) for text in self.spoken["en"].texts), 100)

	def test_no_text_that_the_template_marks_is_shown_as_it_stands_there(self):
		template = (PACKAGE / "simulate" / "templates" / "report.html").read_text(encoding="utf-8")
		marked = set(MARKED.findall(template)) - {"Data"}
		self.assertGreater(len(marked), 50)
		self.assertEqual(marked.intersection(self.spoken["id"].texts), set())

	def test_what_both_pages_say_alike_comes_from_the_files(self):
		"""A label that somebody forgot to mark is the same in both languages."""
		_page, data = self.pages["en"]
		circulars = data["who_is_where"]["by_circular"]
		known = json.dumps([circulars, *(data[name] for name in FROM_FILES)], ensure_ascii=False)
		alike = set(self.spoken["en"].texts).intersection(self.spoken["id"].texts)
		words = {word for text in alike for word in re.findall("[A-Za-z]{2,}", text) if word not in known}
		self.assertEqual(words - SAME, set())

	def test_outcomes_gates_dates_and_numbers_are_indonesian(self):
		said = "\n".join(self.spoken["id"].texts)
		for part in (
			"26 November 2026",
			"Memenuhi Syarat",
			"Kelengkapan Presensi",
			"31 Desember 2025",
			"14.30",
		):
			self.assertIn(part, said)
		self.assertRegex(said, r"\b\d{2},\d %")
		self.assertRegex(said, r"\b\d{3}\.\d{3} catatan presensi")
		self.assertNotRegex(said, r"\d,\d{3}")

	def test_an_applicant_reads_what_to_do_next(self):
		for page, data in self.pages.values():
			steps = sum(len(one["next_steps"]) for one in data["requests"] if not one["messages"])
			self.assertGreater(steps, 0)
			self.assertEqual(page.count('class="reason note"'), steps)
		self.assertIn("Ajukan kembali setelah Anda memiliki komputer", self.pages["id"][0])

	def test_both_pages_hold_the_same_rows(self):
		rows = [re.findall(r'data-outcome="(\w+)"', page) for page, _data in self.pages.values()]
		self.assertEqual(*rows)

	def test_what_programs_read_is_english_in_both(self):
		english, indonesian = (data for _page, data in self.pages.values())
		self.assertEqual(english, indonesian)
		self.assertIn("working days", json.dumps(english))

	def test_notes_about_files_and_messages_to_applicants_are_translated(self):
		asked = "name,employee,docstatus\nR1,E1,0\nR2,E3,0\n"
		dates = "parent,mkd_date\nR1,2026-11-30\nR1,2020-01-06\nR1,2030-01-07\nR2,2026-12-01\nR2,2026-12-02\n"
		files = {"readme.txt": "hello", "MKD Request.csv": asked, "MKD Request Date.csv": dates}
		files["Company.csv"] = (
			TINY["Company.csv"].replace("name,", "abbr,name,").replace("\nPemda", "\nP,Pemda")
		)
		said = Spoken(report(tiny_agency(**files), "id")[0]).texts
		self.assertEqual({text for text in said if english_words(text)}, set())
		for part in ("kolom yang tidak dibaca: abbr.", "berkas tidak ada", "6 Januari 2020 sudah lewat."):
			self.assertTrue(any(part in text for text in said), part)

	def test_another_language_is_wrong_usage(self):
		self.assertEqual(CliRunner().invoke(mkd, ["check", "x", "--language", "su"]).exit_code, 2)


class TestTheWords(TestCase):
	def setUp(self):
		self.indonesian = language("id")

	def test_every_sentence_and_next_step_is_translated(self):
		for text in (*SENTENCES.values(), *NEXT_STEPS.values()):
			self.assertNotEqual(self.indonesian.translate(text), text)

	def test_gates_and_outcomes_are_rows_of_the_catalogue(self):
		with (PACKAGE / "translations" / "id.csv").open(encoding="utf-8", newline="") as file:
			rows = {(row[0], row[2]) for row in csv.reader(file)}
		for gate in Gate:
			self.assertTrue({(gate.value, ""), (gate.value, "MKD Policy Gate")} & rows, gate)
		for outcome in Outcome:
			self.assertIn((outcome.value, ""), rows)

	def test_the_shipped_packs_are_translated(self):
		for name in packs.names():
			policy = packs.load(name)
			self.assertNotEqual(self.indonesian.translate(policy.legal_basis), policy.legal_basis)
			for entry in entries(policy, self.indonesian):
				with self.subTest(name, entry=entry.name):
					said = " ".join((entry.label, entry.value, entry.unit, entry.source))
					self.assertEqual(english_words(said), set())

	def test_a_context_comes_before_the_word_alone(self):
		self.assertEqual(self.indonesian.translate("Type", "MKD Policy Gate"), "Jenis Kepegawaian")
		self.assertEqual(self.indonesian.translate("Eligible", "MKD Policy Gate"), "Memenuhi Syarat")
		self.assertEqual(self.indonesian.translate("not in the catalogue"), "not in the catalogue")

	def test_words_with_commas_are_translated_one_by_one(self):
		said = self.indonesian.show_words("Medium, In Process", "MKD Discipline Record")
		self.assertEqual(said, "Sedang, Dalam Proses")

	def test_dates_times_and_numbers(self):
		english = language()
		self.assertEqual(english.show_date(date(2026, 5, 4)), "4 May 2026")
		self.assertEqual(self.indonesian.show_date(date(2026, 5, 4)), "4 Mei 2026")
		self.assertEqual(
			(english.show_time(time(7, 30)), self.indonesian.show_time(time(7, 30))), ("07:30", "07.30")
		)
		for number, decimals, shown in (
			(1000, None, ("1,000", "1.000")),
			(262158, 0, ("262,158", "262.158")),
			(59.34, 1, ("59.3", "59,3")),
			(2.5, None, ("2.5", "2,5")),
			(3.0, None, ("3", "3")),
		):
			self.assertEqual(
				tuple(one.show_number(number, decimals) for one in (english, self.indonesian)), shown
			)

	def test_a_text_keeps_names_and_shows_the_rest(self):
		text = Text("{day} is over.", {"day": date(2026, 5, 4)})
		self.assertEqual(
			(str(text), self.indonesian.tell(text)), ("4 May 2026 is over.", "4 Mei 2026 sudah lewat.")
		)
		note = Text("{table}: there is no file; it counts as empty.", {"table": "MKD Agreement"})
		self.assertTrue(self.indonesian.tell(note).startswith("MKD Agreement: "))
