"""Days by circular: turns that are fair, dates that avoid days off, and who stays in the office."""

from datetime import date, timedelta
from itertools import pairwise
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from mkd_available import WEEK, calendar
from mkd_strategies import MODEST, THOROUGH

from mkd_hrms.policy.collective import (
	NEXT,
	ON_HOLIDAY,
	PREVIOUS,
	SKIP,
	Stay,
	kept_in,
	on_turn,
	on_working_days,
	weekly,
)

units = st.integers(0, 60).map(lambda count: [f"HR-EMP-{number:05d}" for number in range(count)])
THURSDAY, FRIDAY = WEEK[3], WEEK[4]


class TestTurns(TestCase):
	@THOROUGH
	@given(units, st.integers(0, 100), st.integers(0, 60), st.integers(0, 40))
	def test_over_any_weeks_everybody_goes_as_often_as_the_other_within_one(
		self, people, share, first, dates
	):
		often = dict.fromkeys(people, 0)
		for number in range(first, first + dates):
			for who in on_turn(people, share, number):
				often[who] += 1
		if people:
			self.assertLessEqual(max(often.values()) - min(often.values()), 1)

	@THOROUGH
	@given(units, st.integers(0, 100), st.integers(0, 500))
	def test_on_each_date_it_is_the_share_rounded_up_or_down(self, people, share, number):
		away = len(on_turn(people, share, number))
		self.assertLess(abs(away - len(people) * share / 100), 1)
		self.assertLessEqual(away, len(people))

	@MODEST
	@given(units, st.integers(0, 60))
	def test_of_all_everybody_goes_and_of_none_nobody(self, people, number):
		self.assertEqual(on_turn(people, 100, number), set(people))
		self.assertEqual(on_turn(people, 0, number), set())

	@MODEST
	@given(units.filter(bool), st.integers(1, 99), st.integers(0, 60))
	def test_asked_twice_it_is_the_turn_of_the_same(self, people, share, number):
		self.assertEqual(on_turn(people, share, number), on_turn(list(people), share, number))

	def test_half_of_four_take_turns(self):
		away = [sorted(on_turn("ABCD", 50, number)) for number in range(3)]
		self.assertEqual(away, [["A", "B"], ["C", "D"], ["A", "B"]])


class TestDates(TestCase):
	def test_every_thursday_of_a_period(self):
		days = weekly(date(2026, 11, 30), date(2026, 12, 24), "Thursday")
		self.assertEqual([day.day for day in days], [3, 10, 17, 24])

	def dates(self, on_holiday, days=(THURSDAY,), **holidays):
		return on_working_days(days, calendar(**holidays), on_holiday)

	def test_a_holiday_is_left_out_or_moves_to_the_nearest_working_day(self):
		off = {"libur": THURSDAY}
		self.assertEqual(self.dates(SKIP, **off), {THURSDAY: Stay.HOLIDAY})
		self.assertEqual(self.dates(NEXT, **off), {THURSDAY: Stay.HOLIDAY, FRIDAY: None})
		self.assertEqual(self.dates(PREVIOUS, **off), {WEEK[2]: None, THURSDAY: Stay.HOLIDAY})

	def test_it_never_moves_onto_another_date_of_the_circular(self):
		found = self.dates(NEXT, (THURSDAY, FRIDAY), libur=THURSDAY)
		self.assertEqual(found, {THURSDAY: Stay.HOLIDAY, FRIDAY: None, FRIDAY + timedelta(days=3): None})

	def test_a_date_that_no_list_covers_is_never_assumed_to_be_one(self):
		day = date(2031, 1, 2)
		for rule in ON_HOLIDAY:
			self.assertEqual(self.dates(rule, (day,)), {day: Stay.NO_CALENDAR})

	@MODEST
	@given(
		st.sets(st.integers(0, 60)),
		st.sets(st.integers(0, 60)),
		st.sampled_from(ON_HOLIDAY),
	)
	def test_whoever_goes_goes_on_working_days_and_as_often_as_there_are_dates(self, asked, off, rule):
		first = date(2026, 6, 1)
		year = calendar(**{f"libur {n}": first + timedelta(days=n) for n in off})
		found = on_working_days([first + timedelta(days=n) for n in asked], year, rule)
		going = [day for day, stay in found.items() if stay is None]
		self.assertTrue(all(year.is_working(day) for day in going))
		self.assertLessEqual(len(going), len(asked))
		self.assertTrue(all(one < other for one, other in pairwise(found)))


class TestWhoStays(TestCase):
	def test_serving_the_public_and_other_conditions_are_asked_about_apart(self):
		for failed, public, excluded, stays in (
			((), True, True, None),
			(("Role",), True, False, Stay.SERVES),
			(("Service Unit", "Absence"), True, True, Stay.SERVES),
			(("Role",), False, True, None),
			(("Absence",), True, True, Stay.GATE),
			(("Suspension",), True, False, None),
			(("Role", "Suspension"), False, True, Stay.GATE),
		):
			self.assertEqual(kept_in(failed, public, excluded), stays, failed)
