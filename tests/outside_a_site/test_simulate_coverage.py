"""Caps and days by circular outside a site (rules W5, Q3): what a folder says of the room in its units, and who is where."""

import csv
import json
import re
from dataclasses import replace
from unittest import TestCase

from mkd_simulate import TINY, TODAY, TOMORROW, sample, temporary_folder, tiny_agency
from mkd_support import the_pack
from test_simulate_check import PACK, run

from mkd_hrms.policy.facts import AsOf
from mkd_hrms.policy.model import Outcome
from mkd_hrms.simulate.check.applications import read_applications
from mkd_hrms.simulate.check.judging import Question, judge_all
from mkd_hrms.simulate.check.profiles import read_groups
from mkd_hrms.simulate.files.duck_database import DuckDatabase
from mkd_hrms.simulate.files.loader import load
from mkd_hrms.simulate.output.language import language

MONDAY, TUESDAY, THURSDAY = "2026-11-30", "2026-12-01", "2026-12-03"
NAMES = "Ani Dewi Eka Fitri Gita Hadi".split()
EMPLOYEES = (
	TINY["Employee.csv"].splitlines()[0]
	+ "\n"
	+ "".join(
		f"E{n},{name},,Active,Pemda,{'Sub' if n > 4 else 'BKD'},Analis,PNS,2015-03-01,\n"
		for n, name in enumerate(NAMES, 1)
	)
)
DEPARTMENTS = (
	"name,department_name,parent_department,company\nSemua,Semua,,Pemda\nBKD,Badan Kepegawaian,Semua,Pemda\n"
	"Sub,Subbagian,BKD,Pemda\n"
)
RESULTS = "name,employee,source,period_start,period_end,predicate,docstatus\n" + "".join(
	f"P{n},E{n},e-Kinerja,2025-01-01,2025-12-31,Baik,1\n" for n in range(1, 7)
)
DAYS = "name,employee,person,mkd_date,iso_week,slot,status,source_doctype,source_name\n"
RULES = "name,department,valid_from,valid_to,cap_percent,min_on_site,min_on_site_percent,counts_together,legal_basis\n"


def day(employee, on, status="Approved", source="MKD Request,R0", slot=1):
	week = {MONDAY: "2026-W49", TUESDAY: "2026-W49", THURSDAY: "2026-W49"}[on]
	return f"D-{employee}-{on},{employee},{employee},{on},{week},{slot},{status},{source}\n"


def files(*days, asks=(("E1", MONDAY),), **tables):
	"""Days of the ledger, and requests by employee and dates; whoever asks has all he needs."""
	requests = "name,employee,has_computer,has_internet,status,docstatus\n"
	dates = "parent,mkd_date\n"
	for number, (employee, *wanted) in enumerate(asks, 1):
		requests += f"R{number},{employee},Yes,Yes,Draft,0\n"
		dates += "".join(f"R{number},{each}\n" for each in wanted)
	ours = {
		"MKD Day.csv": DAYS + "".join(days),
		"MKD Request.csv": requests,
		"MKD Request Date.csv": dates,
	}
	return ours | {f"{name.replace('_', ' ')}.csv": content for name, content in tables.items()}


def agency(*days, **tables):
	"""Four people in a unit and two below it, as files."""
	ours = {
		"Employee.csv": EMPLOYEES,
		"Department.csv": DEPARTMENTS,
		"MKD Performance Record.csv": RESULTS,
		"MKD Gate Decision.csv": None,
		"Leave Application.csv": None,
		"Attendance.csv": TINY["Attendance.csv"].replace("E3", "E1"),
	}
	return tiny_agency(**(ours | files(*days, **tables)))


def insert(connection, table, text):
	"""The rows of a CSV file into a loaded table."""
	names, *rows = csv.reader(text.splitlines())
	for row in rows:
		places = ", ".join("?" * len(names))
		columns = ", ".join(f'"{name}"' for name in names)
		connection.execute(
			f'INSERT INTO "tab{table}" ({columns}) VALUES ({places})', [value or None for value in row]
		)


class TestRoom(TestCase):
	@classmethod
	def setUpClass(cls):
		cls.agency = load(agency())
		cls.database = DuckDatabase(cls.agency.connection)

	def judged(self, *days, asks=(("E1", MONDAY),), policy=None, **tables):
		"""The agency with these rows besides, which are gone afterwards."""
		rows = files(*days, asks=asks, **tables)
		connection = self.agency.connection
		connection.begin()
		try:
			connection.execute('DELETE FROM "tabMKD Request Date"')
			connection.execute('DELETE FROM "tabMKD Request"')
			for file, text in rows.items():
				insert(connection, file.removesuffix(".csv"), text)
			when = AsOf(on=TOMORROW, today=TODAY, attendance_from=None)
			applications, groups = read_applications(self.database), list(read_groups(self.database))
			return judge_all(self.database, groups, Question(policy or the_pack(), when), applications)
		finally:
			connection.rollback()

	def told(self, *days, **tables):
		"""The sentences beside the answers, by group."""
		judgement = self.judged(*days, **tables)
		return {
			each.look.group.name: each.sentence(judgement.units, language()) for each in judgement.shortages
		}

	def short(self, *days, **tables):
		"""By group and date what stands beside the answers: in service, MKD, asked, room; and the requests told."""
		judgement = self.judged(*days, **tables)
		self.assertTrue(
			all(given.outcome in (Outcome.NEEDS_REVIEW, Outcome.ELIGIBLE) for given in judgement.answers)
		)
		return {
			(each.look.group.name, each.look.day.isoformat()): (
				*(each.look.there.headcount, each.look.there.mkd, each.asked, each.look.room.room),
				each.requests,
			)
			for each in judgement.shortages
		}

	def test_a_unit_that_is_full_by_the_policy_is_told_beside_the_answer(self):
		full = (day("E2", MONDAY), day("E3", MONDAY))
		self.assertEqual(self.short(*full), {("BKD", MONDAY): (4, 2, 1, 0, ("R1",))})

	def test_with_room_left_nothing_is_told(self):
		self.assertEqual(self.short(day("E2", MONDAY), day("E3", TUESDAY)), {})

	def test_more_who_apply_than_there_is_room_for_are_all_told(self):
		asks = (("E1", MONDAY, TUESDAY), ("E3", MONDAY))
		self.assertEqual(
			self.short(day("E2", MONDAY), asks=asks), {("BKD", MONDAY): (4, 1, 2, 1, ("R1", "R2"))}
		)

	def test_a_day_that_waits_in_the_ledger_is_asked_for_and_counts_once_with_its_request(self):
		waiting = (day("E1", MONDAY, "Pending", "MKD Request,R1"), day("E4", MONDAY, "Pending"))
		self.assertEqual(self.short(*waiting), {})
		self.assertEqual(self.short(*waiting, day("E2", MONDAY)), {("BKD", MONDAY): (4, 1, 2, 1, ("R1",))})

	def test_leave_leaves_less_than_the_minimum_in_the_office(self):
		leave = "name,employee,from_date,to_date,half_day,status,docstatus\n"
		leave += "L1,E2,2026-11-30,2026-11-30,0,Approved,1\nL2,E3,2026-11-30,2026-11-30,0,Approved,1\n"
		self.assertEqual(self.short(Leave_Application=leave), {("BKD", MONDAY): (4, 0, 1, 0, ("R1",))})
		told = self.told(Leave_Application=leave)["BKD"]
		self.assertIn("at least 2 of 4 people must be in the office", told)
		self.assertIn("Leave or duty: 2, MKD: 0, applied for: 1, room: 0.", told)

	def test_a_rule_of_the_unit_or_above_it_holds_instead_with_its_clause(self):
		rules = f"{RULES}C1,BKD,2026-01-01,,25,1,0,0,Nota Dinas {{7}}\n"
		tables = {"asks": (("E1", MONDAY), ("E5", MONDAY)), "MKD_Coverage_Rule": rules}
		self.assertEqual(
			self.short(day("E2", MONDAY), **tables),
			{("BKD", MONDAY): (4, 1, 1, 0, ("R1",)), ("Sub", MONDAY): (2, 0, 1, 0, ("R2",))},
		)
		self.assertEqual(
			self.told(day("E2", MONDAY), **tables)["BKD"],
			"Badan Kepegawaian, 30 November 2026: at most 1 of 4 people may work away (25 %, C1)"
			" [Nota Dinas {7}]. MKD: 1, applied for: 1, room: 0.",
		)

	def test_a_rule_that_is_over_holds_no_more(self):
		rules = f"{RULES}C1,BKD,2026-01-01,2026-11-29,0,4,100,0,Nota Dinas 7\n"
		self.assertEqual(self.short(MKD_Coverage_Rule=rules), {})

	def test_units_that_count_together_are_one(self):
		rules = f"{RULES}C1,BKD,2026-01-01,,34,0,0,1,Nota Dinas 7\n"
		days = (day("E5", MONDAY), day("E6", MONDAY))
		self.assertEqual(self.short(*days, MKD_Coverage_Rule=rules), {("BKD", MONDAY): (6, 2, 1, 0, ("R1",))})
		told = self.told(*days, MKD_Coverage_Rule=rules)["BKD"]
		self.assertTrue(told.startswith("Badan Kepegawaian with all units below, 30 November"), told)

	def test_a_counter_keeps_its_minimum(self):
		points = "name,service_point_name,department,min_on_site,valid_from\nSP,Loket 1,BKD,2,2026-01-01\n"
		members = "parent,employee\nSP,E1\nSP,E5\nSP,E6\n"
		tables = {"MKD_Service_Point": points, "MKD_Service_Point_Member": members}
		self.assertEqual(self.short(**tables), {})
		self.assertEqual(self.short(day("E5", MONDAY), **tables), {("SP", MONDAY): (3, 1, 1, 0, ("R1",))})

	def test_a_policy_that_limits_nothing_is_not_looked_at(self):
		free = replace(
			the_pack(), unit_cap_percent=100, min_on_site=0, min_on_site_percent=0, single_person_units=True
		)
		self.assertEqual(self.short(day("E2", MONDAY), day("E3", MONDAY), policy=free), {})

	def test_whoever_gets_a_message_or_a_refusal_takes_no_room(self):
		found = self.judged(day("E2", MONDAY), asks=(("E1", MONDAY), ("E2", MONDAY)))
		self.assertEqual([given.outcome is None for given in found.answers], [False, True])
		self.assertEqual(found.shortages, ())

	def test_an_office_day_is_a_mistake_of_the_date_for_its_unit_and_those_below_it(self):
		office = "name,title,department,from_date,to_date,weekday,legal_basis,docstatus\n"
		office += "O1,Apel,BKD,2026-11-01,2026-12-31,Monday,ND 3,1\nO2,Rapat,,2026-12-01,2026-12-01,,ND 4,0\n"
		asks = (("E1", MONDAY), ("E5", MONDAY, TUESDAY), ("E2", TUESDAY))
		found = self.judged(asks=asks, MKD_Office_Day=office)
		self.assertEqual(
			[[str(message) for message in given.messages] for given in found.answers],
			[["On 30 November 2026 the whole unit stays in the office: Apel (ND 3)."]] * 2 + [[]],
		)


def report(folder, *options):
	out = temporary_folder() / "r.json"
	result = run("check", folder, "--today", TODAY, "--json", out, *options)
	assert result.exit_code == 0, result.output
	return json.loads(out.read_text(encoding="utf-8"))


class TestByCircular(TestCase):
	CIRCULARS = "name,circular_no,subject,docstatus\nMC1,188/KPG.03,Setiap Kamis,1\n"
	SENT = tuple(day(f"E{n}", THURSDAY, source="MKD Collective Day,MC1") for n in (1, 2))

	def test_a_day_by_circular_uses_the_week_as_the_policy_says(self):
		asks = (("E1", MONDAY, TUESDAY, "2026-12-02"),)
		folder = agency(*self.SENT, asks=asks, MKD_Collective_Day=self.CIRCULARS)
		for count, outcome, limit in (("true", "Message", 3), ("false", "Needs Review", 4)):
			text = PACK.read_text(encoding="utf-8")
			start = text.index("  count_collective_days:")
			pack = temporary_folder() / "pack.yaml"
			pack.write_text(text[:start] + re.sub("value: .*", f"value: {count}", text[start:], count=1))
			with self.subTest(count):
				(answer,) = report(folder, "--policy", pack)["requests"]
				(week,) = answer["weeks"]
				self.assertEqual((week["used"], week["by_circular"], week["asked"]), (1, 1, 3))
				self.assertEqual(answer["outcome"], outcome, (limit, answer))

	def test_an_application_for_a_date_of_the_circular_is_a_message(self):
		(answer,) = report(agency(*self.SENT, asks=(("E1", THURSDAY),)))["requests"]
		self.assertEqual(answer["messages"], ["MKD on 3 December 2026 is booked already by MC1."])

	def test_the_board_tells_days_by_circular_from_others_and_names_the_circular(self):
		folder = agency(*self.SENT, day("E3", TUESDAY), MKD_Collective_Day=self.CIRCULARS)
		where = report(folder, "--on", "2026-12-01")["who_is_where"]
		self.assertEqual(
			where["by_circular"],
			[
				{
					"date": THURSDAY,
					"record": "MC1",
					"circular_no": "188/KPG.03",
					"subject": "Setiap Kamis",
					"people": 2,
					"units": ["Badan Kepegawaian"],
				}
			],
		)
		(board,) = where["boards"]
		self.assertEqual(
			[each["date"] for each in board["dates"]][:4], [MONDAY, TUESDAY, "2026-12-02", THURSDAY]
		)
		cells = {person["name"]: person["cells"][:4] for person in board["people"]}
		self.assertEqual(cells["Ani"], ["asked", "office", "office", "circular"])
		self.assertEqual(cells["Eka"], ["office", "mkd", "office", "office"])
		self.assertEqual([each["room"] for each in board["dates"]][:4], [2, 1, 2, 0])

	def test_no_place_is_told_by_colour_alone_and_names_are_masked(self):
		folder, out = agency(*self.SENT, MKD_Collective_Day=self.CIRCULARS), temporary_folder()
		for code, letter, words in (("en", "C", "works away by circular"), ("id", "E", "menurut edaran")):
			page = out / f"{code}.html"
			run("check", folder, "--today", TODAY, "--language", code, "--mask", "--out", page)
			text = page.read_text(encoding="utf-8")
			(cell,) = set(re.findall(r'<td><span class="cell circular">(.+?)</span></td>', text))
			self.assertIn(f'<span aria-hidden="true">{letter}</span>', cell)
			self.assertIn(words, cell)
			self.assertNotIn("Dewi", text)


class TestTrial(TestCase):
	def tried(self, folder, **changes):
		"""What the shipped pack and one with other numbers say of the days ahead."""
		text = PACK.read_text(encoding="utf-8")
		for name, value in changes.items():
			start = text.index(f"  {name}:")
			text = text[:start] + re.sub("value: .*", f"value: {value}", text[start:], count=1)
		pack, out = temporary_folder() / "pack.yaml", temporary_folder() / "r.json"
		pack.write_text(text, encoding="utf-8")
		result = run(
			*("simulate", "--policy", "jabar-2023", "--policy", pack, "--data", folder),
			*("--today", TODAY, "--json", out),
		)
		self.assertEqual(result.exit_code, 0, result.output)
		return json.loads(out.read_text(encoding="utf-8"))["coverage"], result.output

	def test_both_policies_are_held_against_the_days_of_the_ledger(self):
		days = (
			*(day("E1", MONDAY), day("E2", MONDAY), day("E3", MONDAY)),
			*(day("E1", TUESDAY, slot=2), day("E5", TUESDAY), day("E6", TUESDAY)),
		)
		found, output = self.tried(agency(*days), unit_cap_percent=20, min_on_site_percent=0)
		self.assertEqual(found["before"], {"days": 3, "over_cap": 2, "below_minimum": 2, "broken": 2})
		self.assertEqual(found["after"], {"days": 3, "over_cap": 3, "below_minimum": 1, "broken": 3})
		self.assertEqual(
			[(row["label"], row["before"]["broken"], row["after"]["broken"]) for row in found["by_unit"]],
			[("Badan Kepegawaian", 1, 2), ("Subbagian", 1, 1)],
		)
		self.assertIn("2 -> 3 of 3 unit-days ahead", output)

	def test_days_that_are_over_and_days_that_were_released_count_nothing(self):
		past = "D1,E1,E1,2026-11-23,2026-W48,1,Worked,MKD Request,R0\n"
		found, _output = self.tried(agency(past, day("E2", MONDAY, "Released"), day("E3", MONDAY, "Pending")))
		self.assertEqual(
			(found["before"]["days"], found["by_unit"], found["by_circular"]["days"]), (0, [], 0)
		)

	def test_days_by_circular_are_counted_as_each_policy_says(self):
		found, output = self.tried(agency(*TestByCircular.SENT), count_collective_days="false")
		self.assertEqual(found["by_circular"]["days"], 2)
		counted = [found["by_circular"][side]["in_the_week"] for side in ("before", "after")]
		self.assertEqual(counted, [2, 0])
		self.assertIn("counted in the week: 2 -> 0", output)


class TestTheSample(TestCase):
	@classmethod
	def setUpClass(cls):
		cls.found = report(sample())

	def test_one_unit_is_full_on_one_date_and_more_of_it_apply(self):
		full = [row for row in self.found["coverage"] if row["mkd"] and row["mkd"] == row["cap"]]
		self.assertIn((TUESDAY, 0), [(row["date"], row["room"]) for row in full if row["asked"] >= 2])

	def test_about_half_of_each_unit_goes_by_circular_on_thursdays(self):
		rows = self.found["who_is_where"]["by_circular"]
		self.assertEqual([row["date"] for row in rows], ["2026-11-26", THURSDAY])
		self.assertTrue(all(row["people"] > 5 and row["circular_no"] for row in rows))

	def test_the_board_shows_every_place_there_is_in_a_working_week(self):
		(board,) = self.found["who_is_where"]["boards"]
		shown = {cell for person in board["people"] for cell in person["cells"]}
		self.assertLessEqual({"office", "mkd", "circular", "asked", "leave", "trip"}, shown)

	def test_an_application_for_the_roll_call_of_its_office_gets_a_message(self):
		said = [line for request in self.found["requests"] for line in request["messages"]]
		self.assertTrue([line for line in said if "Apel gabungan" in line])

	def test_a_rule_a_counter_and_a_roster_are_among_the_files(self):
		rows = self.found["source"]["rows"]
		tables = (
			"MKD Office Day",
			"MKD Coverage Rule",
			"MKD Service Point",
			"MKD Service Point Member",
			"MKD Collective Day",
		)
		self.assertTrue(all(rows[table] for table in tables))
