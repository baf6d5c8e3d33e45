"""What MKD saved: only by days that were worked, in a range, whoever's money it is kept apart."""

from datetime import date, timedelta
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from mkd_hrms.policy.model import USED_DAY_STATES, WORKED
from mkd_hrms.policy.savings import (
	LINES,
	DayGroup,
	Factor,
	Line,
	Purse,
	Range,
	UnitDate,
	estimate,
	factors_used,
	is_empty,
	money,
	to_bill_of_year_before,
)

FIRST, UNIT = date(2026, 10, 1), "Biro Umum"
FACTORS = {
	Factor.COMMUTE_DISTANCE: Range(5, 12, 20),
	Factor.MOTORCYCLE_SHARE: Range(75, 75, 75),
	Factor.CAR_SHARE: Range(20, 20, 20),
	Factor.MOTORCYCLE_FUEL: Range(0.02, 0.02, 0.046),
	Factor.CAR_FUEL: Range(0.054, 0.069, 0.071),
	Factor.FUEL_PRICE: Range(10_000, 10_000, 12_500),
	Factor.FUEL_EMISSIONS: Range(2.3, 2.4, 2.4),
	Factor.COMMUTE_MINUTES: Range(2, 2.5, 3.3),
	Factor.MEALS: Range(10_000, 15_000, 20_000),
	Factor.MEAL_ALLOWANCE: Range(35_000, 37_000, 41_000),
	Factor.HOME_ELECTRICITY: Range(0.7, 1.5, 2.3),
	Factor.GRID_EMISSIONS: Range(0.8, 0.87, 0.87),
	Factor.OFFICE_ELECTRICITY: Range(4, 6.7, 8.8),
	Factor.SHARE_WHEN_EMPTY: Range(25, 50, 75),
	Factor.TARIFF: Range(1522.88, 1699.53, 1699.53),
	Factor.WATER: Range(100, 200, 300),
}
ranges = st.lists(st.floats(0, 1000), min_size=3, max_size=3).map(lambda values: Range(*sorted(values)))
factors = st.dictionaries(st.sampled_from(list(Factor)), ranges)
dates = st.integers(0, 90).map(lambda days: FIRST + timedelta(days=days))
units = st.sampled_from([UNIT, "Samsat", None])
states = st.sampled_from(["Pending", "Approved", "Worked", "No Show", "Suspended", "Revoked", "Released"])
distances = st.none() | st.floats(0, 60)
groups = st.lists(st.builds(DayGroup, dates, units, states, st.integers(0, 500), distances), max_size=12)
empty_dates = st.sets(st.tuples(units, dates), max_size=20)


def worked(days=10, on=FIRST, unit=UNIT, km=None):
	return DayGroup(on, unit, WORKED, days, km)


def all_estimates(days, empty=frozenset(), known=None):
	return estimate(days, empty, FACTORS if known is None else known)


class TestEstimate(TestCase):
	def test_a_day_of_commuting(self):
		found = all_estimates([worked(days=1)])
		litres = 24 * (0.75 * 0.02 + 0.2 * 0.069)
		self.assertEqual(found[Line.FUEL].middle, approx(litres * 10_000))
		self.assertEqual(found[Line.TRAVEL_EMISSIONS].middle, approx(litres * 2.4))
		self.assertEqual(found[Line.TRAVEL_TIME].middle, approx(1))
		self.assertEqual(tuple(found[Line.HOME_EMISSIONS]), approx((-2.3 * 0.87, -1.5 * 0.87, -0.7 * 0.8)))

	def test_a_known_way_comes_before_the_usual_one(self):
		near, far = (all_estimates([worked(km=km)])[Line.FUEL] for km in (6, 24))
		self.assertEqual(far.middle, approx(4 * near.middle))
		self.assertEqual(
			all_estimates([worked(km=12)])[Line.FUEL].middle, all_estimates([worked()])[Line.FUEL].middle
		)

	def test_a_known_way_needs_no_usual_one(self):
		known = {factor: value for factor, value in FACTORS.items() if factor is not Factor.COMMUTE_DISTANCE}
		self.assertIn(Line.FUEL, all_estimates([worked(km=3)], known=known))
		self.assertNotIn(Line.FUEL, all_estimates([worked()], known=known))
		self.assertNotIn(Line.FUEL, all_estimates([worked(km=3), worked()], known=known))

	def test_a_building_saves_only_where_it_was_empty(self):
		of_the_building = {line for line, asked in LINES.items() if asked.of_empty_building}
		self.assertEqual(
			of_the_building,
			{Line.OFFICE_ENERGY, Line.OFFICE_ELECTRICITY, Line.OFFICE_EMISSIONS, Line.OFFICE_WATER},
		)
		self.assertFalse(of_the_building & all_estimates([worked(days=500)]).keys())
		days = [
			worked(days=30),
			worked(days=30, unit="Samsat"),
			worked(days=30, on=FIRST + timedelta(days=1)),
		]
		found = all_estimates(days, {(UNIT, FIRST)})
		self.assertEqual(tuple(found[Line.OFFICE_ENERGY]), approx((30, 100.5, 198)))
		self.assertEqual(found[Line.OFFICE_ELECTRICITY].middle, approx(100.5 * 1699.53))
		self.assertEqual(found[Line.OFFICE_EMISSIONS].middle, approx(100.5 * 0.87))

	def test_money_of_two_purses_is_never_one_sum(self):
		found = all_estimates([worked()], {(UNIT, FIRST)})
		own, budget = money(found, Purse.PERSON), money(found, Purse.BUDGET)
		self.assertEqual(own.middle, approx(found[Line.FUEL].middle + found[Line.MEALS].middle))
		self.assertEqual(
			budget.middle,
			approx(
				sum(
					found[line].middle
					for line in (Line.OFFICE_ELECTRICITY, Line.OFFICE_WATER, Line.MEAL_ALLOWANCE)
				)
			),
		)
		for line, asked in LINES.items():
			self.assertEqual(asked.purse is not None, asked.unit == "Rp", line)
		self.assertIsNone(money({}, Purse.PERSON))
		with self.assertRaises(ValueError):
			money(found, None)

	def test_what_a_line_rests_on(self):
		self.assertEqual(
			factors_used(Line.OFFICE_ELECTRICITY),
			(Factor.OFFICE_ELECTRICITY, Factor.SHARE_WHEN_EMPTY, Factor.TARIFF),
		)
		for line in Line:
			for factor in set(factors_used(line)):
				known = {name: value for name, value in FACTORS.items() if name is not factor}
				with self.subTest(line, without=factor):
					self.assertNotIn(line, all_estimates([worked()], {(UNIT, FIRST)}, known))
		self.assertEqual({factor for line in Line for factor in factors_used(line)}, set(Factor))

	def test_a_range_is_in_order(self):
		with self.assertRaises(ValueError):
			Range(2, 1, 3)
		with self.assertRaises(ValueError):
			Range(-1, 1, 3) * Range(1, 1, 1)


class TestProperties(TestCase):
	@given(factors, empty_dates)
	def test_no_days_no_savings(self, known, empty):
		self.assertEqual(estimate([], empty, known), {})
		self.assertEqual(estimate([worked(days=0)], {(UNIT, FIRST)}, known), {})

	@given(groups, empty_dates, factors)
	def test_low_to_high(self, days, empty, known):
		for found in estimate(days, empty, known).values():
			self.assertLessEqual(found.low, found.middle)
			self.assertLessEqual(found.middle, found.high)

	@given(groups, empty_dates, dates)
	def test_two_periods_together_are_their_sum(self, days, empty, cut):
		before = [group for group in days if group.on < cut]
		after = [group for group in days if group.on >= cut]
		first, second, whole = (all_estimates(some, empty) for some in (before, after, days))
		self.assertEqual(whole.keys(), first.keys() | second.keys())
		for line, found in whole.items():
			parts = first.get(line, Range.none()) + second.get(line, Range.none())
			self.assertEqual(tuple(found), approx(tuple(parts)))

	@given(groups, empty_dates)
	def test_only_what_was_worked_counts(self, days, empty):
		only = [group for group in days if group.status == WORKED]
		self.assertEqual(all_estimates(days, empty), all_estimates(only, empty))
		for state in {*USED_DAY_STATES, "Revoked", "Released"} - {WORKED}:
			self.assertEqual(all_estimates([worked()._replace(status=state)], {(UNIT, FIRST)}), {})


class TestEmptyBuilding(TestCase):
	def test_all_of_a_unit_by_circular(self):
		self.assertTrue(is_empty(UnitDate(people=10, by_circular=10, away=10, present=0)))
		self.assertTrue(is_empty(UnitDate(people=10, by_circular=7, away=10, present=0)))

	def test_somebody_was_there_or_nothing_is_known_of_him(self):
		self.assertFalse(is_empty(UnitDate(people=10, by_circular=9, away=9, present=1)))
		self.assertFalse(is_empty(UnitDate(people=10, by_circular=9, away=9, present=0)))
		self.assertFalse(is_empty(UnitDate(people=10, by_circular=10, away=10, present=1)))

	def test_days_that_somebody_asked_for_empty_no_building(self):
		self.assertFalse(is_empty(UnitDate(people=1, by_circular=0, away=1, present=0)))
		self.assertFalse(is_empty(UnitDate(people=0, by_circular=0, away=0, present=0)))


class TestBills(TestCase):
	def test_each_to_its_month_a_year_before(self):
		bills = {("Gedung A", date(2025, 10, 1)): 100.0, ("Gedung A", date(2026, 10, 1)): 80.0}
		bills |= {("Gedung B", date(2026, 10, 1)): 50.0, ("Gedung C", date(2025, 10, 1)): 70.0}
		bills |= {("Gedung A", date(2024, 10, 1)): 10.0}
		self.assertEqual(to_bill_of_year_before(bills, date(2026, 10, 1)), {"Gedung A": 20.0})
		self.assertEqual(to_bill_of_year_before(bills, date(2025, 10, 1)), {"Gedung A": -90.0})
		self.assertEqual(to_bill_of_year_before(bills, date(2027, 10, 1)), {})

	def test_an_amount_that_is_not_known_is_compared_with_nothing(self):
		bills = {("A", date(2025, 10, 1)): None, ("A", date(2026, 10, 1)): 80.0}
		self.assertEqual(to_bill_of_year_before(bills, date(2026, 10, 1)), {})
