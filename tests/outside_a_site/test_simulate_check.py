"""The command `mkd`: its outputs agree with each other, its exit codes and messages are those of the docs."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from unittest import TestCase
from unittest.mock import patch

from click.testing import CliRunner
from mkd_simulate import TINY, TODAY, TOMORROW, sample, temporary_folder, tiny_agency

from mkd_hrms.policy import packs
from mkd_hrms.policy.packs import FOLDER
from mkd_hrms.simulate.check import command as check_command
from mkd_hrms.simulate.commandline import mkd
from mkd_hrms.simulate.files.problems import BadFiles
from mkd_hrms.simulate.output import files

PACK = FOLDER / "jabar-2023.yaml"


def run(*arguments):
	return CliRunner().invoke(mkd, [str(argument) for argument in arguments])


def check(folder, *options):
	return run("check", folder, "--today", TODAY, "--on", TOMORROW, *options)


class Page(HTMLParser):
	"""Tags with their attributes, and the text of the table of people."""

	def __init__(self, text):
		super().__init__()
		self.tags, self.outcomes = [], []
		self.feed(text)

	def handle_starttag(self, tag, attrs):
		values = dict(attrs)
		self.tags.append((tag, values))
		if "data-outcome" in values:
			self.outcomes.append(values["data-outcome"])


class TestOutputs(TestCase):
	@classmethod
	def setUpClass(cls):
		cls.out = temporary_folder()
		options = [
			f"--{kind}={cls.out / name}"
			for kind, name in (("out", "r.html"), ("json", "r.json"), ("csv", "r.csv"))
		]
		cls.result = check(sample(), *options)
		cls.html = (cls.out / "r.html").read_text(encoding="utf-8")
		cls.json = json.loads((cls.out / "r.json").read_text(encoding="utf-8"))
		text = (cls.out / "r.csv").read_text(encoding="utf-8-sig")
		cls.csv = list(csv.DictReader(io.StringIO(text)))

	def test_it_ends_well_and_says_what_it_wrote(self):
		self.assertEqual(self.result.exit_code, 0, self.result.output)
		for name in ("r.html", "r.json", "r.csv"):
			self.assertIn(str(self.out / name), self.result.output)

	def test_it_says_where_more_apply_than_may_be_away(self):
		self.assertTrue(self.json["coverage"])
		self.assertIn(f"  No room       {len(self.json['coverage'])} dates of units", self.result.output)
		told = sum(len(request["coverage"]) for request in self.json["requests"])
		self.assertEqual(told, sum(len(row["requests"]) for row in self.json["coverage"]))
		self.assertEqual(self.html.count("No room in the unit."), told)

	def test_the_totals_are_those_of_the_people(self):
		people = self.json["people"]
		self.assertEqual(len(people), self.json["people_total"])
		for outcome, count in self.json["outcomes"].items():
			self.assertEqual(count, sum(person["outcome"] == outcome for person in people))
		for row in self.json["by_gate"]:
			self.assertEqual(row["fails"], sum(row["gate"] in person["failed"] for person in people))
			self.assertEqual(row["unknown"], sum(row["gate"] in person["unknown"] for person in people))

	def test_every_grouping_holds_everybody(self):
		for name in ("by_unit", "by_echelon", "by_grade", "by_type"):
			self.assertEqual(sum(row["people"] for row in self.json[name]), self.json["people_total"], name)
			self.assertEqual(
				sum(row["Eligible"] for row in self.json[name]), self.json["outcomes"]["Eligible"]
			)
		self.assertEqual(
			sum(row["people"] for row in self.json["by_tier"]), self.json["outcomes"]["Eligible"]
		)

	def test_csv_and_json_say_the_same_of_everybody(self):
		self.assertEqual(len(self.csv), len(self.json["people"]))
		for row, person in zip(self.csv, self.json["people"], strict=True):
			self.assertEqual(row["employee"], person["employee"])
			self.assertEqual(row["outcome"], person["outcome"])
			self.assertEqual(row["failed"], "; ".join(person["failed"]))
			self.assertEqual(row["reasons"], "; ".join(person["reasons"]))

	def test_page_and_json_say_the_same(self):
		shown = Page(self.html).outcomes
		for outcome, short in (("Eligible", "yes"), ("Not Eligible", "no"), ("Needs Review", "ask")):
			count = self.json["outcomes"][outcome]
			self.assertEqual(shown.count(short), count)
			self.assertIn(f'<p class="big">{count:,}</p>', self.html)
		for row in self.json["by_gate"]:
			if row["fails"]:
				self.assertIn(f">{row['fails']:,} fail<", self.html)

	def test_every_reason_has_its_clause_and_every_refusal_a_reason(self):
		for person in self.json["people"]:
			self.assertEqual(len(person["reasons"]), len(person["failed"]) + len(person["unknown"]))
			self.assertTrue(all(re.search(r"\[.+\]$", reason) for reason in person["reasons"]))

	def test_the_page_asks_nothing_of_the_network(self):
		for tag, values in Page(self.html).tags:
			self.assertNotIn(tag, ("link", "img", "iframe", "object"))
			self.assertFalse({"src", "action", "background"} & values.keys(), tag)
			self.assertTrue(values.get("href", "#").startswith("#"), values)
		self.assertNotRegex(self.html, r"url\(|@import|https?://(?!www\.w3\.org)")

	def test_the_page_shows_the_numbers_of_the_policy_with_their_sources(self):
		policy = packs.load("jabar-2023")
		for source in policy.sources.values():
			self.assertIn(source.source.replace("&", "&amp;"), self.html)

	def test_the_request_answers_are_those_of_the_week(self):
		for request in self.json["requests"]:
			if request["outcome"] == "Eligible":
				self.assertTrue(all(week["fits"] for week in request["weeks"]))
				self.assertFalse(request["messages"] or request["reasons"])
			if request["outcome"] == "Message":
				self.assertTrue(request["messages"])


class TestNames(TestCase):
	def test_a_name_is_never_taken_for_html_or_a_formula(self):
		out = temporary_folder()
		text = TINY["Employee.csv"].replace("Ani", "<script>alert(1)</script>").replace("Budi", "=1+1")
		result = check(tiny_agency(**{"Employee.csv": text}), "--out", out / "r.html", "--csv", out / "r.csv")
		self.assertEqual(result.exit_code, 0, result.output)
		page = (out / "r.html").read_text(encoding="utf-8")
		self.assertNotIn("<script>alert", page)
		self.assertIn("&lt;script&gt;alert", page)
		self.assertIn(",'=1+1,", (out / "r.csv").read_text(encoding="utf-8-sig"))

	def test_masked_output_holds_neither_names_nor_numbers(self):
		out = temporary_folder()
		check(
			tiny_agency(), "--mask", "--out", out / "r.html", "--json", out / "r.json", "--csv", out / "r.csv"
		)
		for path in out.iterdir():
			text = path.read_text(encoding="utf-8-sig")
			for secret in ("Ani", "Budi", "199001012015032001"):
				self.assertNotIn(secret, text, path.name)


class TestExitCodes(TestCase):
	def assert_ends(self, result, code, text):
		self.assertEqual(result.exit_code, code, result.output)
		self.assertIn(text, result.output)

	def test_every_command_has_help(self):
		commands_of = [()] + [(name,) for name in mkd.commands] + [("policy", "show"), ("policy", "validate")]
		for command in commands_of:
			with self.subTest(command):
				self.assert_ends(run(*command, "--help"), 0, "Usage:")

	def test_bad_files_end_with_1_and_write_nothing(self):
		out = temporary_folder()
		folder = tiny_agency(**{"Attendance.csv": TINY["Attendance.csv"].replace("Absent", "Alpa")})
		self.assert_ends(check(folder, "--out", out / "r.html"), 1, "Alpa is not known here")
		self.assertEqual(list(out.iterdir()), [])

	def test_a_report_that_cannot_be_written_ends_with_1(self):
		out = temporary_folder()
		self.assert_ends(check(tiny_agency(), "--out", out), 1, str(out))
		(out / "file").write_text("")
		self.assert_ends(run("sample", "--employees", 200, "--out", out / "file" / "agency"), 1, "file")
		self.assertEqual([path.name for path in out.parent.glob(f".{out.name}*")], [])

	def test_a_policy_that_is_not_in_force_ends_with_1(self):
		result = run("check", tiny_agency(), "--on", "2020-01-06", "--today", "2020-01-03")
		self.assert_ends(result, 1, "in force from 19 June 2023")

	def test_files_without_attendance_need_a_day(self):
		folder = tiny_agency(**{"Attendance.csv": None})
		self.assert_ends(run("check", folder), 1, "--today")
		self.assert_ends(run("check", folder, "--today", TODAY), 0, "as known on 2026-11-25")

	def test_wrong_usage_ends_with_2(self):
		self.assert_ends(run("check"), 2, "Missing argument")
		self.assert_ends(run("check", tiny_agency(), "--on", "26/11/2026"), 2, "expected one like 2026-11-24")
		self.assert_ends(run("sample", "--employees", 10, "--out", temporary_folder() / "x"), 2, "range")
		self.assert_ends(run("nothing"), 2, "No such command")

	def test_without_dates_the_files_say_of_which_day_they_speak(self):
		result = run("check", tiny_agency())
		self.assert_ends(result, 0, "for 2026-11-26, as known on 2026-11-25")

	def test_a_pack_by_path_is_taken_and_a_broken_one_ends_with_1(self):
		self.assert_ends(check(tiny_agency(), "--policy", PACK), 0, "Eligible")
		broken = temporary_folder() / "broken.yaml"
		broken.write_text(
			PACK.read_text(encoding="utf-8").replace("value: 4\n", "value: four\n", 1), encoding="utf-8"
		)
		for command in (("check", tiny_agency(), "--policy", broken), ("policy", "validate", broken)):
			self.assert_ends(run(*command), 1, "weekly_limit is 'four'; expected a whole number")
		self.assert_ends(
			run("policy", "validate", temporary_folder() / "none.yaml"), 1, "there is no such file"
		)
		self.assert_ends(run("policy", "validate", PACK), 0, "MKD Jawa Barat")

	def test_policy_show_has_every_number_with_unit_and_source(self):
		result, policy = run("policy", "show"), packs.load("jabar-2023")
		for name, source in policy.sources.items():
			self.assert_ends(result, 0, name)
			self.assertIn(f"{source.unit} · {source.source}", result.output)


class TestWholeOrNot(TestCase):
	def test_a_sample_goes_into_a_new_folder_and_replaces_only_a_sample(self):
		out = temporary_folder() / "agency"
		arguments = ("sample", "--employees", 200, "--out", out, "--format", "csv")
		self.assertEqual(run(*arguments).exit_code, 0)
		self.assertEqual(run(*arguments).exit_code, 2)
		self.assertEqual(run(*arguments, "--overwrite").exit_code, 0)
		(out / "notes.txt").write_text("mine")
		self.assertEqual(run(*arguments, "--overwrite").exit_code, 2)
		self.assertTrue((out / "notes.txt").exists())
		self.assertEqual([path.name for path in out.parent.iterdir()], ["agency"])

	def test_what_fails_half_way_leaves_nothing_behind(self):
		out = temporary_folder()
		with (
			patch.object(check_command, "write_tables", side_effect=OSError("disk full")),
			self.assertRaises(OSError),
		):
			check_command.write_sample(200, 1, TODAY, out / "agency", "csv", False)
		(out / "r.json").write_text("older")
		with patch("pathlib.Path.replace", side_effect=OSError("disk full")), self.assertRaises(OSError):
			files.write_whole(out / "r.json", "newer")
		self.assertEqual({path.name: path.read_text() for path in out.iterdir()}, {"r.json": "older"})

	def test_bad_files_are_refused_before_anything_is_decided(self):
		with self.assertRaises(BadFiles):
			check_command.check(temporary_folder(), "jabar-2023", None, None, {})
