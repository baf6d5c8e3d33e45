"""`mkd simulate`: its outputs agree, facts are shared only where policies look at the same, damage is never half used."""

import csv
import io
import json
from dataclasses import fields, replace
from datetime import date, time
from unittest import TestCase
from unittest.mock import patch

from mkd_damaged_rows import DAMAGED_ROWS
from mkd_damages import DAMAGED_FILES
from mkd_extent import FULL, some
from mkd_simulate import TINY, TODAY, TOMORROW, sample, temporary_folder, tiny_agency
from mkd_support import EVERY_GATE
from test_simulate_check import PACK, Page, run

from mkd_hrms.facts.attendance.calendars import read_calendars
from mkd_hrms.facts.gather import LOOKED_AT, gather, gather_together
from mkd_hrms.policy import packs
from mkd_hrms.policy.facts import AsOf
from mkd_hrms.policy.impact.comparison import Kind
from mkd_hrms.policy.model import Policy
from mkd_hrms.simulate.check.profiles import read_groups
from mkd_hrms.simulate.files.duck_database import DuckDatabase
from mkd_hrms.simulate.files.loader import load
from mkd_hrms.simulate.output.language import language
from mkd_hrms.simulate.trial import parallel
from mkd_hrms.simulate.trial.compare import simulate
from mkd_hrms.simulate.trial.report import differences

EMPLOYEES = 600 if FULL else 300
STRICTER = {"absence_fails_at": 2, "late_allowed": 8, "absence_window_months": 6, "legal_ceiling": 3}
TEXT = PACK.read_text(encoding="utf-8")


def files():
	"""The invented agency, at a desk half as large."""
	return sample(EMPLOYEES)


def a_pack(starts="2023-06-19", **changes):
	"""The shipped pack with other numbers, as a file."""
	text = TEXT.replace("2023-06-19", starts, 1).replace("MKD Jawa Barat", "Uji coba", 1)
	for name, value in changes.items():
		start = text.index(f"  {name}:\n")
		head, tail = text[:start], text[start:]
		old = tail.split("value: ", 1)[1].split("\n", 1)[0]
		text = head + tail.replace(f"value: {old}", f"value: {value}", 1)
	path = temporary_folder() / "trial.yaml"
	path.write_text(text, encoding="utf-8")
	return path


def trial(folder, *options, before="jabar-2023", after="permenpanrb-2025", today=TODAY):
	policies = ("--policy", before, "--policy", after)
	settled = ("--today", today) if today else ()
	return run("simulate", *policies, "--data", folder, *settled, *options)


class TestOutputs(TestCase):
	@classmethod
	def setUpClass(cls):
		cls.out = temporary_folder()
		cls.result = trial(
			*(files(), "--on", TOMORROW, "--html", cls.out / "r.html", "--json", cls.out / "r.json"),
			*("--csv", cls.out / "r.csv"),
			after=a_pack(**STRICTER),
		)
		cls.html = (cls.out / "r.html").read_text(encoding="utf-8")
		cls.json = json.loads((cls.out / "r.json").read_text(encoding="utf-8"))
		text = (cls.out / "r.csv").read_text(encoding="utf-8-sig")
		cls.csv = list(csv.DictReader(io.StringIO(text)))

	def test_it_ends_well_and_says_how_many_change(self):
		self.assertEqual(self.result.exit_code, 0, self.result.output)
		self.assertIn(
			"MKD Jawa Barat -> Uji coba, for 2026-11-26, as known on 2026-11-25", self.result.output
		)
		for kind in ("Gains", "Loses", "Fewer Days"):
			self.assertGreater(self.json["kinds"][kind], 0, kind)

	def test_totals_csv_json_and_page_say_the_same(self):
		self.assertEqual(len(self.csv), self.json["changed"])
		self.assertEqual(len(self.json["changes"]), self.json["changed"])
		shown = Page(self.html).outcomes
		for kind, short in zip(Kind, ("yes", "no", "ask", "more", "fewer", "msg"), strict=True):
			count = self.json["kinds"][kind.value]
			self.assertEqual(sum(row["kind"] == kind.value for row in self.csv), count)
			self.assertEqual(shown.count(short), count)
			self.assertIn(f'<p class="big">{count:,}</p>', self.html)
		for row, person in zip(self.csv, self.json["changes"], strict=True):
			self.assertEqual(row["employee"], person["employee"])
			self.assertEqual(row["reasons"], "; ".join(person["reasons"]))

	def test_each_policy_alone_finds_the_same_outcomes(self):
		for when, pack in (("before", "jabar-2023"), ("after", a_pack(**STRICTER))):
			out = temporary_folder() / "r.json"
			run("check", files(), "--today", TODAY, "--on", TOMORROW, "--policy", pack, "--json", out)
			judged = json.loads(out.read_text(encoding="utf-8"))
			# What an applicant declares about his equipment counts in his request, not for another policy.
			applicants = {request["employee"] for request in judged["requests"]}
			found = {person["employee"]: person["outcome"] for person in judged["people"]}
			for change in self.json["changes"]:
				if change["employee"] not in applicants:
					self.assertEqual(change[f"outcome_{when}"], found[change["employee"]])

	def test_every_change_has_reasons_that_name_both_sides(self):
		for change in self.json["changes"]:
			self.assertTrue(change["reasons"])
			for reason in change["reasons"]:
				self.assertRegex(reason, r"^[A-Z][A-Za-z ]+\. Before: .+ After: .+$")

	def test_the_page_asks_nothing_of_the_network_and_names_every_picture(self):
		for tag, values in Page(self.html).tags:
			self.assertNotIn(tag, ("link", "img", "iframe", "object"))
			self.assertFalse({"src", "action", "background"} & values.keys(), tag)
			self.assertTrue(values.get("href", "#").startswith("#"), values)
			if tag == "svg":
				self.assertTrue(values.get("aria-label"))

	def test_the_page_shows_in_what_the_policies_differ(self):
		old, new = packs.load("jabar-2023"), packs.read(a_pack(**STRICTER))
		self.assertEqual({each.name for each, _new in differences(old, new, language())}, set(STRICTER))
		self.assertEqual(differences(old, old, language()), [])

	def test_the_page_speaks_indonesian_with_the_same_numbers(self):
		out = temporary_folder() / "r.html"
		trial(files(), "--on", TOMORROW, "--language", "id", "--out", out, after=a_pack(**STRICTER))
		page = out.read_text(encoding="utf-8")
		self.assertEqual(Page(page).outcomes, Page(self.html).outcomes)
		self.assertIn('<html lang="id">', page)
		self.assertNotIn("Before:", page)

	def test_names_are_escaped_and_masked(self):
		text = TINY["Employee.csv"].replace("Ani", "<script>alert(1)</script>")
		out = temporary_folder() / "r.html"
		folder = tiny_agency(**{"Employee.csv": text})
		strict = a_pack(min_service_months=400)
		trial(folder, "--out", out, before=a_pack(max_unknown_percent=100), after=strict)
		page = out.read_text(encoding="utf-8")
		self.assertIn("&lt;script&gt;alert", page)
		self.assertNotIn("<script>alert", page)
		trial(folder, "--out", out, "--mask", before=a_pack(max_unknown_percent=100), after=strict)
		self.assertNotIn("199001012015032001", out.read_text(encoding="utf-8"))


class TestTheQuestion(TestCase):
	def assert_ends(self, result, code, text):
		self.assertEqual(result.exit_code, code, result.output)
		self.assertIn(text, result.output)

	def test_two_policies_are_needed(self):
		self.assert_ends(
			run("simulate", "--policy", "jabar-2023", "--data", tiny_agency()), 2, "it is there once"
		)
		three = ("--policy", "jabar-2023") * 3
		self.assert_ends(run("simulate", *three, "--data", tiny_agency()), 2, "it is there 3 times")
		self.assert_ends(run("simulate", "--policy", "jabar-2023", "--policy", "jabar-2023"), 2, "--data")

	def test_an_unknown_pack_and_a_broken_file_end_with_1(self):
		self.assert_ends(trial(tiny_agency(), after="jabar-1999"), 1, "no policy pack 'jabar-1999'")
		self.assert_ends(trial(tiny_agency(), after="none.yaml"), 1, "there is no such file")
		broken = a_pack(absence_fails_at="often")
		self.assert_ends(trial(tiny_agency(), before=broken), 1, "absence_fails_at is 'often'")

	def test_it_asks_for_the_first_working_day_on_which_both_are_in_force(self):
		self.assert_ends(trial(tiny_agency()), 0, "for 2026-11-26")
		# Saturday
		later = trial(files(), after=a_pack("2026-12-05"))
		self.assert_ends(later, 0, "for 2026-12-07")
		self.assertNotIn("as if in force", later.output)

	def test_an_earlier_date_takes_a_later_policy_for_being_in_force_and_says_so(self):
		out = temporary_folder() / "r.html"
		result = trial(tiny_agency(), "--on", TOMORROW, "--out", out, after=a_pack("2027-01-01"))
		self.assert_ends(result, 0, "Uji coba begins later; judged as if in force.")
		self.assertIn("Uji coba begins later", out.read_text(encoding="utf-8"))

	def test_a_policy_compared_with_itself_changes_nobody(self):
		out = temporary_folder() / "r.json"
		trial(files(), "--json", out, after="jabar-2023")
		found = json.loads(out.read_text(encoding="utf-8"))
		self.assertEqual((found["changed"], found["changes"]), (0, []))
		self.assertEqual(found["outcomes"]["before"], found["outcomes"]["after"])

	def test_damaged_files_are_named_and_nothing_is_written(self):
		"""The command treats all damage alike, and that each is found by the loader is tested there: two will do."""
		for damage in (*some(DAMAGED_FILES, 1), *some(DAMAGED_ROWS, 1)):
			out = temporary_folder()
			with self.subTest(damage.name):
				outputs = ("--out", out / "r.html", "--json", out / "r.json")
				# Whoever says which day it is has settled what a wrong clock leaves open.
				result = trial(tiny_agency(**damage.files), *outputs, today=None)
				self.assert_ends(result, 1, damage.sentence)
				self.assertEqual(list(out.iterdir()), [])


class TestSharing(TestCase):
	@classmethod
	def setUpClass(cls):
		cls.agency = load(files())
		# After work, all November: what they excuse depends on when that is.
		for day in range(2, 25):
			cls.agency.connection.execute(
				'INSERT INTO "tabMKD Outage" (name, from_datetime, to_datetime, scope, docstatus) VALUES'
				f" ('O{day}', '2026-11-{day:02d} 17:00:00', '2026-11-{day:02d} 18:00:00', 'All', 1)"
			)
		cls.database = DuckDatabase(cls.agency.connection)
		cls.policy = replace(packs.load("jabar-2023"), gates=EVERY_GATE)
		cls.group = next(iter(read_groups(cls.database)))
		people = cls.group.people
		cls.calendars = read_calendars(cls.database, people.values(), date(2025, 11, 1), date(2026, 12, 31))
		cls.when = AsOf(on=TOMORROW, today=TODAY, attendance_from=cls.agency.attendance_from)

	def gathered(self, *policies):
		group = self.group
		read = (self.database, group.scope, group.people, self.calendars, policies)
		return gather_together(*read, self.when, until=TOMORROW)

	def test_only_the_numbers_that_are_known_are_looked_at(self):
		seen = Seen(self.policy)
		read = (self.database, self.group.scope, self.group.people, self.calendars, seen)
		gather(*read, self.when, until=TOMORROW)
		# When a report is due counts only where the policy says nothing about the working hours.
		self.assertEqual(seen.names, {*LOOKED_AT, "gates", "new_counts_from"} - {"report_due_time"})
		self.assertLessEqual(set(LOOKED_AT), {entry.name for entry in fields(Policy)})

	def test_policies_that_look_at_the_same_share_one_reading(self):
		first, second = self.gathered(self.policy, replace(self.policy, late_allowed=0, legal_ceiling=1))
		self.assertIs(first, second)

	def test_working_hours_that_begin_later_are_not_looked_at(self):
		hours = self.policy.working_hours
		later = replace(hours[0], from_date=TOMORROW, to_date=None, week_minutes=600)
		first, second = self.gathered(self.policy, replace(self.policy, working_hours=(*hours, later)))
		self.assertIs(first, second)

	def test_policies_that_look_at_something_else_get_what_they_would_find_alone(self):
		(alone,) = self.gathered(self.policy)
		for changes in (
			{"absence_window_months": 3},
			{"late_window_days": 90},
			{"score_field": "Final Score"},
			{"expiry_time": time(17, 30)},
			{"working_hours": ()},
		):
			with self.subTest(changes):
				other = replace(self.policy, **changes)
				first, second = self.gathered(self.policy, other)
				self.assertEqual(first, alone)
				self.assertEqual([second], self.gathered(other))
				self.assertNotEqual(first, second)

	def test_a_gate_that_only_one_policy_asks_is_read_for_both(self):
		without = replace(self.policy, gates=packs.load("jabar-2023").gates)
		first, second = self.gathered(without, self.policy)
		self.assertIs(first, second)
		self.assertTrue(any(found.agreements for found in first.values()))

	def test_shares_of_several_processes_find_what_one_finds(self):
		policies = [packs.load("jabar-2023"), packs.read(a_pack(**STRICTER))]
		store = temporary_folder() / parallel.STORE
		with patch.object(parallel, "SHARE", EMPLOYEES // 3):
			agency = load(files(), store=store)
			shares = parallel.read_shares(DuckDatabase(agency.connection))
			agency.connection.close()
			found = parallel.simulate_shares(store, shares, policies, self.when)
		self.assertEqual(len(shares), 3)
		self.assertEqual(found.to_dict(), simulate(self.database, policies, self.when).to_dict())


class Seen:
	"""A policy that notes which of its numbers are read."""

	def __init__(self, policy):
		self.policy, self.names = policy, set()

	def __getattr__(self, name):
		self.names.add(name)
		return getattr(self.policy, name)
