"""The guide for people: the same pages in both languages, a page for every condition, no dead link, and no word that no form has."""

import csv
import re
from datetime import time
from functools import cache
from unittest import TestCase

from mkd_support import PACKAGE, ROOT, the_pack

from mkd_hrms.policy.model import Gate
from mkd_hrms.policy.questions import QUESTIONS

GUIDE, COMPARISON = ROOT / "docs" / "guide", ROOT / "docs" / "comparison.md"
ENGLISH, INDONESIAN = "en", "id"
ROLES = {"index.md", "employee.md", "superior.md", "hr.md", "administrator.md"}
# What stands in bold is a word of the forms: a DocType, a field, a choice or a button.
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
GATE_CONTEXT = "MKD Policy Gate"
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
# A guide is read on telephones, too; and every picture has to be looked at when the form changes.
MOST_PICTURES, MOST_BYTES = 14, 70_000
# Which entries of the policy that comes with the app a page names the value of.
NUMBERS = {
	"gates/not-new.md": ("min_service_months",),
	"gates/performance.md": ("min_predicate",),
	"gates/freshness.md": ("appraisal_max_age_months", "periodic_max_age_months"),
	"gates/talent-box.md": ("appraisal_max_age_months",),
	"gates/absence.md": ("absence_fails_at", "absence_window_months", "objection_days"),
	"gates/records.md": ("max_unknown_percent",),
	"gates/lateness.md": ("late_allowed", "late_window_days"),
	"gates/discipline.md": ("cool_off_light_months", "cool_off_medium_months", "cool_off_severe_months"),
	"gates/reports.md": ("report_rejections_allowed", "report_window_days"),
	"gates/trk.md": ("trk_minutes_target",),
	"gates/agreement.md": ("agreement_months",),
	"index.md": ("expiry_time",),
	"employee.md": ("cut_off_time", "horizon_days", "report_grace_time", "objection_days"),
	"superior.md": ("approval_sla_days", "expiry_time", "recall_notice_hours", "verify_within_days"),
}


@cache
def words_by_source():
	"""The catalogue: what each English word is in Indonesian, by the context in which it stands; "" for all others."""
	words = {}
	with (PACKAGE / "translations" / "id.csv").open(encoding="utf-8", newline="") as file:
		for source, translation, context in csv.reader(file):
			words.setdefault(source, {})[context] = translation
	return words


def pages_of(language):
	"""The text of each page by its path within the language."""
	folder = GUIDE / language
	return {
		path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.md")
	}


def page_of_gate(gate):
	return f"gates/{gate.value.lower().replace(' ', '-')}.md"


def question_in(page):
	"""What a page of a gate says under its first heading, without its links and its bold words."""
	(part,) = re.findall(r"^## .+?\n\n(.+?)\n\n## ", page, re.MULTILINE | re.DOTALL)[:1]
	return " ".join(BOLD.sub(r"\1", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", part)).split())


def labels_in(text):
	"""The words in bold, as they stand in a form: a page may break its lines within one."""
	return [" ".join(label.split()) for label in BOLD.findall(text)]


def as_shown(value, mark):
	"""A value as a page writes it; hours and minutes are parted as the language does."""
	if isinstance(value, time):
		return f"{value:%H{mark}%M}"
	return f"{value:g}" if isinstance(value, float) else str(value)


def anchors_of(text):
	"""The anchors of a page's headings, as they are made where documentation is shown."""
	return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(text)}


class TestGuide(TestCase):
	def test_both_languages_have_the_same_pages_and_those_of_every_role(self):
		self.assertEqual(set(pages_of(ENGLISH)), set(pages_of(INDONESIAN)))
		self.assertLessEqual(ROLES, set(pages_of(ENGLISH)))

	def test_every_gate_has_its_page_and_no_page_has_no_gate(self):
		gates = {page_of_gate(gate) for gate in Gate}
		self.assertEqual(gates, {name for name in pages_of(ENGLISH) if name.startswith("gates/")})

	def test_the_page_of_a_gate_is_headed_with_its_name_and_stands_in_the_index(self):
		words = words_by_source()
		for gate in Gate:
			name = page_of_gate(gate)
			translated = words[gate.value].get(GATE_CONTEXT) or words[gate.value][""]
			for language, title in ((ENGLISH, gate.value), (INDONESIAN, translated)):
				pages = pages_of(language)
				with self.subTest(page=f"{language}/{name}"):
					self.assertEqual(f"# {title}", pages[name].splitlines()[0])
					self.assertIn(f"[{title}]({name})", pages["index.md"])

	def test_what_a_gate_asks_stands_there_as_the_form_of_the_policy_says_it(self):
		words = words_by_source()
		for gate in Gate:
			sentence, name = QUESTIONS[gate], page_of_gate(gate)
			for language, expected in ((ENGLISH, sentence), (INDONESIAN, words[sentence][""])):
				with self.subTest(page=f"{language}/{name}"):
					self.assertEqual(question_in(pages_of(language)[name]), expected)

	def test_every_link_leads_somewhere(self):
		for path in (*GUIDE.rglob("*.md"), COMPARISON):
			for link in LINK.findall(path.read_text(encoding="utf-8")):
				if link.startswith(("http://", "https://", "mailto:")):
					continue
				with self.subTest(page=str(path.relative_to(ROOT)), link=link):
					target, _, anchor = link.partition("#")
					found = (path.parent / target).resolve() if target else path
					self.assertTrue(found.exists())
					if anchor:
						self.assertIn(anchor, anchors_of(found.read_text(encoding="utf-8")))

	def test_what_is_bold_stands_in_the_catalogue(self):
		words = words_by_source()
		known = {
			ENGLISH: set(words),
			INDONESIAN: {text for translations in words.values() for text in translations.values()},
		}
		for language, labels in known.items():
			for name, text in pages_of(language).items():
				with self.subTest(page=f"{language}/{name}"):
					self.assertEqual([], [label for label in labels_in(text) if label not in labels])

	def test_a_page_names_the_same_words_in_both_languages(self):
		"""Each bold word of the English page is translated by one of the Indonesian page, none left over."""
		words, pages = words_by_source(), pages_of(INDONESIAN)
		for name, text in pages_of(ENGLISH).items():
			with self.subTest(page=name):
				left = labels_in(pages[name])
				for label in labels_in(text):
					found = next((word for word in left if word in words[label].values()), None)
					self.assertIsNotNone(found, f"{label} is not named in the Indonesian page")
					left.remove(found)
				self.assertEqual([], left)

	def test_a_page_has_as_many_steps_and_parts_in_both_languages(self):
		shape = re.compile(r"^(#+|\d+\.|-|\|) ", re.MULTILINE)
		for name, text in pages_of(ENGLISH).items():
			with self.subTest(page=name):
				self.assertEqual(shape.findall(text), shape.findall(pages_of(INDONESIAN)[name]))

	def test_a_number_it_names_is_that_of_the_policy_that_comes_with_the_app(self):
		policy = the_pack()
		for language, mark in ((ENGLISH, ":"), (INDONESIAN, ".")):
			for name, parameters in NUMBERS.items():
				for parameter in parameters:
					value = getattr(policy, parameter)
					shown = as_shown(value, mark)
					with self.subTest(page=f"{language}/{name}", parameter=parameter):
						self.assertRegex(pages_of(language)[name], rf"\b{re.escape(shown)}\b")


class TestPictures(TestCase):
	def shown(self, language):
		"""The words and the path within the language of each picture, by the page that shows it."""
		return {
			name: [
				(
					words,
					(GUIDE / language / name).parent.joinpath(path).relative_to(GUIDE / language).as_posix(),
				)
				for words, path in PICTURE.findall(text)
			]
			for name, text in pages_of(language).items()
		}

	def test_every_picture_is_shown_once_and_every_one_that_is_shown_is_there(self):
		for language in (ENGLISH, INDONESIAN):
			shown = [path for pictures in self.shown(language).values() for _words, path in pictures]
			there = [
				path.relative_to(GUIDE / language).as_posix() for path in (GUIDE / language).rglob("*.png")
			]
			with self.subTest(language):
				self.assertEqual(sorted(shown), sorted(there))

	def test_the_same_page_shows_the_same_pictures_in_both_languages_and_says_what_is_seen(self):
		english, indonesian = self.shown(ENGLISH), self.shown(INDONESIAN)
		for name, pictures in english.items():
			with self.subTest(page=name):
				self.assertEqual(
					[path for _words, path in pictures], [path for _words, path in indonesian[name]]
				)
		for language in (english, indonesian):
			for words, path in (picture for pictures in language.values() for picture in pictures):
				with self.subTest(path):
					self.assertGreater(len(words.split()), 3)

	def test_they_are_few_and_small(self):
		pictures = list(GUIDE.rglob("*.png"))
		self.assertLessEqual(len(pictures), MOST_PICTURES)
		for path in pictures:
			with self.subTest(str(path.relative_to(ROOT))):
				self.assertLessEqual(path.stat().st_size, MOST_BYTES)

	def test_the_script_takes_each_of_them(self):
		script = (ROOT / "scripts" / "guide_pictures.py").read_text(encoding="utf-8")
		for path in (GUIDE / ENGLISH).rglob("*.png"):
			self.assertIn(f'"{path.stem}": (', script)
