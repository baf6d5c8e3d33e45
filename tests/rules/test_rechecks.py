"""Days that were approved before something changed: dates out of service, and dates that find no place any more."""

from dataclasses import replace
from datetime import date, timedelta
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from mkd_strategies import MODEST
from mkd_support import AN_EMPLOYEE, WEDNESDAY, decide, the_pack

from mkd_hrms.policy.model import Gate, Verdict
from mkd_hrms.policy.recheck import beside, beyond, earned, outside_service, over_tier

WEEK = [WEDNESDAY + timedelta(days=n) for n in range(5)]


class TestBeyond(TestCase):
	def test_the_earliest_dates_keep_their_places(self):
		self.assertEqual(beyond(2, reversed(WEEK)), frozenset(WEEK[2:]))

	def test_where_more_was_used_than_is_earned_nothing_is_owed(self):
		for places in (0, -1, -4):
			self.assertEqual(beyond(places, WEEK), frozenset(WEEK))

	@MODEST
	@given(st.integers(-9, 9), st.sets(st.sampled_from(WEEK)))
	def test_never_more_stay_than_there_are_places_and_never_fewer_than_fit(self, places, ahead):
		stay = ahead - beyond(places, ahead)
		self.assertEqual(len(stay), min(len(ahead), max(0, places)))
		self.assertTrue(all(day < other for day in stay for other in beyond(places, ahead)))


class TestBeside(TestCase):
	def test_a_day_by_circular_takes_a_place_where_any_policy_of_the_week_counts_it(self):
		counts = the_pack()
		does_not = replace(counts, count_collective_days=False)
		for policies, taken in (((counts,), 3), ((does_not,), 2), ((does_not, counts), 3)):
			self.assertEqual(beside(policies, 3, 1), taken)


class TestFindings(TestCase):
	def outside(self, joined, last):
		return [(f.gate, f.reason) for f in outside_service(the_pack(), WEDNESDAY, joined, last)]

	def test_both_ends_of_the_service_are_within_it(self):
		self.assertEqual(self.outside(WEDNESDAY, WEDNESDAY), [])
		self.assertEqual(self.outside(None, None), [])

	def test_a_day_before_or_after_it_fails_the_status(self):
		day = timedelta(days=1)
		self.assertEqual(self.outside(WEDNESDAY + day, None), [("Status", "not_joined_yet")])
		self.assertEqual(self.outside(date(2020, 1, 1), WEDNESDAY - day), [("Status", "left_by_then")])

	def test_a_day_beyond_the_tier_names_use_and_limit_with_the_clause_of_the_tiers(self):
		found = over_tier(the_pack(), 4, 3)
		self.assertEqual((found.gate, found.verdict, found.actual, found.limit), ("Tier", Verdict.FAIL, 4, 3))
		self.assertEqual(found.source, the_pack().clause("tiers"))

	def test_what_is_earned_is_only_known_where_the_track_record_is(self):
		self.assertEqual(earned(decide()), decide().tier_limit)
		unrated = decide(replace(AN_EMPLOYEE, result=None))
		self.assertIn(Gate.PERFORMANCE.value, unrated.unknown)
		self.assertIsNone(earned(unrated))
