"""Whether the daily reports of somebody are in order (E13): what is counted, in which period, and for whom."""

from dataclasses import replace
from datetime import date
from unittest import TestCase

from mkd_simulate import TODAY, TOMORROW, tiny_agency

from mkd_hrms.facts.attendance.calendars import read_calendars
from mkd_hrms.facts.gather import gather
from mkd_hrms.facts.ledger.kept_reports import read_kept_reports
from mkd_hrms.policy import packs
from mkd_hrms.policy.engine.evaluate import evaluate
from mkd_hrms.policy.facts import AsOf, Reports
from mkd_hrms.policy.model import Gate, Verdict
from mkd_hrms.simulate.check.profiles import read_groups
from mkd_hrms.simulate.files.duck_database import DuckDatabase
from mkd_hrms.simulate.files.loader import load

SINCE, UNTIL = date(2026, 10, 26), date(2026, 11, 24)


class TestKeptReports(TestCase):
	def setUp(self):
		self.agency = load(tiny_agency())
		self.database = DuckDatabase(self.agency.connection)
		self.group = next(iter(read_groups(self.database)))

	def store(self, day, status, docstatus, employee="E1"):
		self.agency.connection.execute(
			'INSERT INTO "tabMKD Daily Report" (name, employee, mkd_date, status, docstatus) VALUES (?, ?, ?, ?, ?)',
			(f"R{day}{status}", employee, day, status, docstatus),
		)

	def read(self):
		return read_kept_reports(self.database, self.group.scope, self.group.people, SINCE, UNTIL)

	def gathered(self, policy):
		people, scope = self.group.people, self.group.scope
		calendars = read_calendars(self.database, people.values(), date(2025, 11, 1), date(2026, 12, 31))
		when = AsOf(on=TOMORROW, today=TODAY, attendance_from=None)
		return gather(self.database, scope, people, calendars, policy, when, until=TOMORROW)

	def test_whoever_has_no_report_has_none_that_is_not_in_order(self):
		self.assertEqual(self.read()["E2"], Reports(SINCE, UNTIL, overdue=0, rejected=0))

	def test_both_ends_of_the_period_count_and_no_day_beyond(self):
		for day in (date(2026, 10, 25), SINCE, UNTIL, TODAY):
			self.store(day, "Missing", 0)
		self.assertEqual(self.read()["E1"], Reports(SINCE, UNTIL, overdue=2, rejected=0))

	def test_only_what_is_missing_or_rejected_and_stands_is_counted(self):
		for status, docstatus in (
			*(("Draft", 0), ("Submitted", 1), ("Returned", 1), ("Verified", 1)),
			*(("Rejected", 1), ("Rejected", 2), ("Missing", 2)),
		):
			self.store(date(2026, 11, 2 + docstatus), status, docstatus)
		self.assertEqual(self.read()["E1"], Reports(SINCE, UNTIL, overdue=0, rejected=1))

	def test_they_are_read_where_the_policy_asks_and_for_its_number_of_days(self):
		self.store(date(2026, 11, 10), "Missing", 0)
		shipped = packs.load("jabar-2023")
		self.assertIsNone(self.gathered(shipped)["E1"].reports)
		asking = replace(shipped, gates=shipped.gates | {Gate.REPORTS})
		for days, overdue in ((30, 1), (15, 1), (14, 0)):
			policy = replace(asking, report_window_days=days)
			facts = self.gathered(policy)["E1"]
			with self.subTest(days=days):
				self.assertEqual(facts.reports.overdue, overdue)
				(found,) = (
					each
					for each in evaluate(policy, facts, TOMORROW, TODAY).findings
					if each.gate == Gate.REPORTS.value
				)
				self.assertEqual(found.verdict, Verdict.FAIL if overdue else Verdict.PASS)
