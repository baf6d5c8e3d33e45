"""What was stored reads the same years later, in English and in the Indonesian of the app's catalogue."""

import csv
import json
import string
from dataclasses import replace
from datetime import date
from functools import lru_cache
from unittest import TestCase

from mkd_support import (
	A_SUSPENSION,
	AN_ATTENDANCE,
	PACKAGE,
	TOMORROW,
	WEDNESDAY,
	a_policy_with_every_gate,
	decide,
	facts,
	finding_of,
)

from mkd_hrms.policy import as_json, evaluate, sentences
from mkd_hrms.policy.early_warnings import early_warnings
from mkd_hrms.policy.model import Gate, Source
from mkd_hrms.policy.sentences import NEXT_STEPS, SENTENCES

CATALOGUE = PACKAGE / "translations" / "id.csv"
GLOSSARY = PACKAGE.parent / "docs" / "glossary.md"
TEXTS = sorted({*SENTENCES.values(), *NEXT_STEPS.values(), "no end date"})
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()


@lru_cache
def catalogue():
	"""Frappe's format: source, translation and perhaps a context."""
	if not CATALOGUE.is_file():
		return {}
	with CATALOGUE.open(encoding="utf-8", newline="") as file:
		return {row[0]: row[1] for row in csv.reader(file) if len(row) > 1}


def in_indonesian(text):
	return catalogue().get(text, text)


def an_indonesian_date(day):
	return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def placeholders(text):
	return sorted(name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name)


def rows_of(page):
	"""The first two cells of each row of a page's table, but for its head."""
	lines = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
	return [tuple(cell.strip() for cell in line.split("|")[1:3]) for line in lines[2:]]


class TestTheGlossary(TestCase):
	def test_the_catalogue_says_what_the_glossary_says_wherever_a_term_is_shown(self):
		"""Of a word with two meanings it has the one that stands there."""
		with CATALOGUE.open(encoding="utf-8", newline="") as file:
			rows = [row for row in csv.reader(file) if len(row) > 1]
		terms = rows_of(GLOSSARY)
		self.assertGreater(len(terms), 40)
		for term, translation in terms:
			said = {row[1] for row in rows if row[0].strip() == term}
			with self.subTest(term):
				self.assertEqual(said, {translation})


class TestTheCatalogue(TestCase):
	def test_every_sentence_and_every_advice_is_translated(self):
		missing = [text for text in TEXTS if not catalogue().get(text, "").strip()]
		self.assertFalse(missing, f"{CATALOGUE.name} lacks {len(missing)} rows:\n" + "\n".join(missing))

	def test_a_translation_has_the_placeholders_of_its_sentence(self):
		for text in TEXTS:
			with self.subTest(text):
				self.assertEqual(placeholders(in_indonesian(text)), placeholders(text))

	def test_no_sentence_of_the_rules_is_left_in_english(self):
		for text in (text for text in TEXTS if text in catalogue()):
			self.assertNotEqual(in_indonesian(text), text)


class TestWhatWasStored(TestCase):
	"""A decision is kept as JSON; policy and records change, its sentences do not."""

	def setUp(self):
		self.policy = a_policy_with_every_gate()
		self.who = facts(
			suitability=(),
			joined_on=date(2026, 3, 1),
			attendance=replace(AN_ATTENDANCE, absences=3.0, late_days=6, without_record=60),
			agreements=(),
		)
		self.decision = decide(self.who, self.policy)
		self.stored = json.dumps(as_json.decisions_to_list([self.decision]))

	def restored(self):
		(entry,) = json.loads(self.stored)
		return [as_json.finding_from_dict(found) for found in entry["findings"]]

	def read(self, findings, *how):
		return [(sentences.sentence(found, *how), sentences.advice(found, *how)) for found in findings]

	def test_it_reads_the_same_after_policy_and_facts_have_changed(self):
		before = self.read(self.decision.findings)
		later = replace(
			self.policy,
			absence_fails_at=9,
			late_allowed=20,
			min_service_months=1,
			sources={name: Source("days", "Another decree") for name in self.policy.sources},
		)
		changed = evaluate(later, facts(), TOMORROW, WEDNESDAY)
		self.assertEqual(self.read(self.restored()), before)
		self.assertNotEqual(self.read(changed.findings), before)

	def test_it_reads_the_same_in_indonesian(self):
		how = (in_indonesian, an_indonesian_date)
		self.assertEqual(self.read(self.restored(), *how), self.read(self.decision.findings, *how))

	def test_a_refusal_is_told_in_indonesian_with_its_numbers_and_dates(self):
		found = next(found for found in self.restored() if found.gate == Gate.ABSENCE.value)
		text = sentences.sentence(found, in_indonesian, an_indonesian_date)
		for part in ("3", "25 November 2025", "24 November 2026", "[PP 94/2021 (tahap pertama, tiga hari)]"):
			self.assertIn(part, text)
		self.assertNotIn("unexcused", text)

	def test_everything_that_does_not_pass_says_in_indonesian_what_to_do(self):
		for found in self.restored():
			step = sentences.advice(found, in_indonesian, an_indonesian_date)
			with self.subTest(found.gate):
				self.assertEqual(
					step is None, found.gate not in (*self.decision.failed, *self.decision.unknown)
				)
				if step:
					self.assertNotEqual(step, sentences.advice(found))

	def test_a_warning_is_told_in_indonesian(self):
		who = facts(attendance=replace(AN_ATTENDANCE, absences=2.0))
		(warning,) = early_warnings(self.policy, who, TOMORROW, WEDNESDAY)
		for tell in (sentences.warning_sentence, sentences.advice):
			self.assertNotEqual(tell(warning, in_indonesian, an_indonesian_date), tell(warning))

	def test_an_advice_names_the_date_of_its_finding(self):
		found = finding_of(decide(facts(suspensions=(A_SUSPENSION,))), Gate.SUSPENSION)
		text = sentences.advice(found, show_date=an_indonesian_date)
		self.assertEqual(text, "You can apply for dates after 6 Desember 2026.")
