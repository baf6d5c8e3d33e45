"""Everybody judged by one policy or by two says what the rules say about each, from the same facts."""

from dataclasses import replace
from datetime import date, timedelta
from unittest import TestCase

from mkd_simulate import TODAY, TOMORROW, sample
from mkd_support import EVERY_GATE, READY, the_pack

from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.gather import gather
from mkd_hrms.facts.identity import widened
from mkd_hrms.facts.people import read_people
from mkd_hrms.judging.everybody import Judged, calendars_of_all, judge_each, looks_back_to
from mkd_hrms.judging.two_policies import judge_by
from mkd_hrms.policy.engine.evaluate import evaluate
from mkd_hrms.policy.facts import AsOf
from mkd_hrms.policy.model import Policy
from mkd_hrms.simulate.check.profiles import read_groups
from mkd_hrms.simulate.files.duck_database import DuckDatabase
from mkd_hrms.simulate.files.loader import load

EMPLOYEES = 200
LONG_AGO = date(2026, 10, 5)


class Counting(DuckDatabase):
	"""Counts the statements."""

	count = 0

	def fetch(self, sql, values):
		self.count += 1
		return super().fetch(sql, values)

	def stream(self, sql, values):
		self.count += 1
		return super().stream(sql, values)


class AgencyCase(TestCase):
	@classmethod
	def setUpClass(cls):
		cls.agency = load(sample(EMPLOYEES))
		cls.addClassCleanup(cls.agency.connection.close)
		cls.database = DuckDatabase(cls.agency.connection)
		cls.group = next(iter(read_groups(cls.database)))
		cls.policy = replace(the_pack(), gates=EVERY_GATE)

	def when(self, on=TOMORROW):
		return AsOf(on=on, today=TODAY, attendance_from=self.agency.attendance_from)

	def alone(self, policy: Policy, when: AsOf, until=None, ready=None):
		"""What the rules say about each person, asked one by one."""
		people = self.group.people
		calendars = calendars_of_all(self.database, people.values(), policy, when, when.on)
		read = (self.database, self.group.scope, people, calendars, policy)
		facts = gather(*read, when, until=until or when.on)
		return {
			name: evaluate(policy, replace(found, readiness=(ready or {}).get(name)), when.on, when.today)
			for name, found in facts.items()
		}


class TestEverybody(AgencyCase):
	def judged(self, when, database=None, scope=None, people=None, **options):
		scope, people = scope or self.group.scope, people or self.group.people
		database = database or self.database
		calendars = calendars_of_all(database, people.values(), self.policy, when, when.on)
		return judge_each(database, scope, people, calendars, self.policy, when, **options)

	def test_each_is_judged_as_the_rules_judge_him_alone(self):
		for on in (TOMORROW, TOMORROW + timedelta(days=30), LONG_AGO):
			with self.subTest(on):
				found = {entry.person.employee: entry.decision for entry in self.judged(self.when(on))}
				self.assertEqual(found, self.alone(self.policy, self.when(on)))
				self.assertGreater(len({decision.outcome for decision in found.values()}), 1)

	def test_facts_that_hold_for_many_dates_judge_the_one_that_is_asked_for(self):
		when = self.when(TOMORROW + timedelta(days=9))
		judged = self.judged(when, since=TODAY, until=date.max)
		found = {entry.person.employee: entry.decision for entry in judged}
		self.assertEqual(found, self.alone(self.policy, when))

	def test_facts_are_told_that_begin_until_the_last_date(self):
		self.database.connection.execute(
			"BEGIN; UPDATE \"tabMKD Suitability\" SET valid_from = DATE '2026-12-20'"
		)
		self.addCleanup(self.database.connection.execute, "ROLLBACK")
		for until, known in ((None, False), (date(2026, 12, 19), False), (date(2026, 12, 20), True)):
			found = any(entry.facts.suitability for entry in self.judged(self.when(), until=until))
			self.assertEqual(found, known, until)

	def test_what_people_declare_counts_for_them_and_nobody_else(self):
		who = min(self.group.people)
		declared = {who: replace(READY, has_internet=False)}
		found = {e.person.employee: e.decision for e in self.judged(self.when(), declared=declared)}
		self.assertEqual(found, self.alone(self.policy, self.when(), ready=declared))
		self.assertIn("Readiness", found[who].failed)

	def test_half_of_them_and_all_need_the_same_queries(self):
		counts, some = [], sorted(self.group.people)[: EMPLOYEES // 2]
		# When people with several Employee records were away is asked of them by themselves.
		some += sorted(set(widened(self.database, self.group.scope, self.group.people).others) - set(some))
		for scope in (Scope(employees=tuple(some)), self.group.scope):
			database = Counting(self.agency.connection)
			people = read_people(self.database, scope)
			self.assertEqual(len(list(self.judged(self.when(), database, scope, people))), len(people))
			counts.append(database.count)
		self.assertEqual(counts[0], counts[1])
		self.assertGreater(counts[0], 5)

	def test_whoever_cannot_be_judged_is_told_of_and_the_others_go_on(self):
		broken = sorted(self.group.people)[:2]
		declared, told = dict.fromkeys(broken, "no answer"), []
		judged = self.judged(
			self.when(), declared=declared, obstacle=lambda person, error: told.append((person, error))
		)
		self.assertEqual({entry.person.employee for entry in judged}, set(self.group.people) - set(broken))
		self.assertEqual(sorted(person.employee for person, _error in told), broken)
		self.assertTrue(all(isinstance(error, AttributeError) for _person, error in told))
		with self.assertRaises(AttributeError):
			list(self.judged(self.when(), declared=declared))

	def test_it_is_told_with_the_facts(self):
		entry = next(iter(self.judged(self.when())))
		self.assertIsInstance(entry, Judged)
		self.assertEqual(entry.facts.employee, entry.person.employee)

	def test_the_calendars_reach_back_over_the_longest_window_and_the_last_closed_month(self):
		short = replace(self.policy, absence_window_months=1)
		self.assertEqual(looks_back_to([self.policy, short], self.when()), date(2025, 11, 25))
		self.assertEqual(looks_back_to([short], self.when()), date(2026, 10, 1))


class TestTwoPolicies(AgencyCase):
	def both(self, *policies, on=TOMORROW):
		people = self.group.people
		judged = judge_by(self.database, self.group.scope, people, policies, self.when(on))
		return {entry.person.employee: entry for entry in judged}

	def test_each_says_what_it_says_alone_whether_they_look_at_the_same_or_not(self):
		for changes in (
			{"absence_fails_at": 2, "legal_ceiling": 2},
			{"absence_window_months": 6},
			{"score_field": "Final Score", "min_service_months": 60},
			{"gates": the_pack().gates},
		):
			with self.subTest(changes):
				other = replace(self.policy, name="Other", **changes)
				found = self.both(self.policy, other)
				for place, policy in enumerate((self.policy, other)):
					said = {name: entry.decisions[place] for name, entry in found.items()}
					self.assertEqual(said, self.alone(policy, self.when()))

	def test_a_change_changes_something(self):
		stricter = replace(self.policy, name="Other", absence_fails_at=1, min_service_months=240)
		found = self.both(self.policy, stricter).values()
		self.assertTrue(any(before.outcome is not after.outcome for _who, (before, after), _days in found))

	def test_one_policy_decides_alone(self):
		found = self.both(self.policy)
		expected = self.alone(self.policy, self.when())
		self.assertEqual(
			{name: entry.decisions for name, entry in found.items()}, {n: (d,) for n, d in expected.items()}
		)

	def test_people_come_in_their_order_with_the_days_of_a_full_week(self):
		found = self.both(self.policy)
		self.assertEqual(list(found), list(self.group.people))
		self.assertEqual({entry.workdays for entry in found.values()}, {5, 6})
