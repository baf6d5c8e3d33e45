"""The invented agency: the same for the same seed, and rich enough for every refusal and every doubt."""

from dataclasses import replace
from unittest import TestCase

from mkd_extent import some
from mkd_simulate import UNTIL, judge, made, sample, temporary_folder
from mkd_support import the_pack

from mkd_hrms.policy.gates.registry import GATES
from mkd_hrms.policy.model import Gate, Outcome
from mkd_hrms.simulate.files.loader import load
from mkd_hrms.simulate.files.schema import BY_NAME, TABLES
from mkd_hrms.simulate.sample import SMALLEST, make_agency
from mkd_hrms.simulate.sample.files import write_tables
from mkd_hrms.simulate.sample.people import CONTRACT_GRADES, ECHELONS, GRADES

# What is too old or missing is never a failure; closed registers and declarations are never unknown; and of
# attendance something is always known.
NEVER_FAILS = {Gate.FRESHNESS, Gate.RECORDS}
NEVER_UNKNOWN = {
	Gate.ABSENCE,
	Gate.LATENESS,
	Gate.REPORTS,
	Gate.AGREEMENT,
	Gate.READINESS,
	Gate.SUSPENSION,
}


class TestTheSample(TestCase):
	def bytes_of(self, kind, seed):
		folder = temporary_folder()
		# A year of attendance as a workbook takes seconds, and is written like any other table.
		tables = [table for table in TABLES if kind != "xlsx" or table.name != "Attendance"]
		write_tables(make_agency(SMALLEST, seed, UNTIL), folder, kind, tables)
		return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}

	def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(self):
		for kind in some(("parquet", "csv", "xlsx"), 2):
			with self.subTest(kind):
				first = self.bytes_of(kind, 1)
				again = self.bytes_of(kind, 1)
				self.assertEqual([name for name in first if first[name] != again[name]], [])
		self.assertNotEqual(self.bytes_of("csv", 1)["Employee.csv"], self.bytes_of("csv", 2)["Employee.csv"])

	def test_a_sample_too_small_for_all_stories_is_refused(self):
		with self.assertRaisesRegex(ValueError, str(SMALLEST)):
			make_agency(SMALLEST - 1, 1, UNTIL)

	def test_all_formats_hold_the_same_agency(self):
		books = temporary_folder()
		longest = BY_NAME["Attendance"]
		write_tables(made(SMALLEST), books, "xlsx", [table for table in TABLES if table is not longest])
		write_tables(made(SMALLEST), books, "csv", [longest])
		folders = (sample(SMALLEST), sample(SMALLEST, kind="csv"), books)
		found = [[one.decision for one in judge(folder, the_pack()).people] for folder in folders]
		self.assertEqual(found[0], found[1])
		self.assertEqual(found[0], found[2])

	def test_it_has_rehired_people_half_days_and_rows_on_holidays(self):
		connection = load(sample()).connection
		for what, query in {
			"one person with two records": (
				'SELECT mkd_nip FROM "tabEmployee" WHERE mkd_nip IS NOT NULL GROUP BY 1 HAVING count(*) > 1'
			),
			"half a day absent": (
				"SELECT name FROM \"tabAttendance\" WHERE status = 'Half Day' AND half_day_status = 'Absent'"
			),
			"a row on a holiday": (
				'SELECT 1 FROM "tabAttendance" JOIN "tabHoliday" ON holiday_date = attendance_date'
			),
			"an absence on leave": (
				'SELECT 1 FROM "tabAttendance" AS row JOIN "tabLeave Application" AS leave USING (employee)'
				" WHERE row.status = 'Absent' AND attendance_date BETWEEN from_date AND to_date"
			),
		}.items():
			with self.subTest(what):
				self.assertTrue(connection.execute(query).fetchall())


class TestWhatTheRulesSay(TestCase):
	@classmethod
	def setUpClass(cls):
		judgement = judge(sample(), the_pack())
		cls.shipped, cls.answers = judgement.people, judgement.answers
		everything = replace(the_pack(), gates=frozenset(Gate))
		cls.asked_everything = judge(sample(), everything).people

	def gates(self, kind):
		return {Gate(gate) for one in self.asked_everything for gate in getattr(one.decision, kind)}

	def readable(self):
		"""The gates for which the facts say something about somebody."""
		unknown_to_all = set(Gate).intersection(
			*({Gate(gate) for gate in one.decision.unknown} for one in self.asked_everything)
		)
		return {gate for gate, _ask in GATES} - unknown_to_all

	def test_every_gate_that_can_fail_fails_for_somebody(self):
		self.assertEqual(self.readable() - NEVER_FAILS - self.gates("failed"), set())

	def test_every_gate_that_can_be_unknown_is_unknown_for_somebody(self):
		self.assertEqual(self.readable() - NEVER_UNKNOWN - self.gates("unknown"), set())

	def test_every_echelon_and_grade_has_somebody_who_may(self):
		may = [one.profile for one in self.shipped if one.decision.outcome is Outcome.ELIGIBLE]
		self.assertEqual(set(ECHELONS) - {profile.echelon for profile in may}, set())
		self.assertEqual({*GRADES, *CONTRACT_GRADES} - {profile.grade for profile in may}, set())

	def test_more_than_half_may_and_many_may_not(self):
		outcomes = [one.decision.outcome for one in self.shipped]
		share = outcomes.count(Outcome.ELIGIBLE) / len(outcomes)
		self.assertTrue(0.5 < share < 0.7, share)

	def test_every_tier_occurs(self):
		limits = {one.decision.tier_limit for one in self.shipped if one.decision.outcome is Outcome.ELIGIBLE}
		self.assertEqual(limits, {tier.weekly_limit for tier in the_pack().tiers})

	def test_a_decision_of_a_person_opens_and_closes(self):
		reasons = {found.reason for one in self.shipped for found in one.decision.findings}
		self.assertLessEqual({"decided_for", "decided_against"}, reasons)

	def test_requests_get_every_kind_of_answer(self):
		self.assertEqual({answer.outcome for answer in self.answers}, {*Outcome, None})
