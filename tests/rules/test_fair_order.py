"""Who comes first where more ask for a date than have room (rule W6): total, explained, and the same however it is asked."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from mkd_strategies import MODEST, days

from mkd_hrms.policy.fair_order import Candidate, Criterion, equality, fair_order, lot

UNIT, DAY, NOON = "Biro Umum", date(2026, 11, 26), datetime(2026, 11, 20, 12)
# Few values each, so that ties are the rule.
moments = st.integers(0, 2).map(lambda minutes: NOON + timedelta(minutes=minutes))
people = st.text("ABC123", min_size=1, max_size=4)
candidates = st.lists(
	st.builds(Candidate, people, st.integers(0, 3), moments, st.booleans(), st.booleans(), st.booleans()),
	max_size=8,
	unique_by=lambda candidate: candidate.person,
)
# By criterion, whether it puts one before another and, but for the lot, whether it leaves them alike.
PARTS = {
	Criterion.TOLD: lambda one, other: (one.told and not other.told, one.told == other.told),
	Criterion.FEWER_DAYS: lambda one, other: (one.days < other.days, one.days == other.days),
	Criterion.REFUSED_BEFORE: lambda one, other: (
		one.refused_before and not other.refused_before,
		one.refused_before == other.refused_before,
	),
	Criterion.SPECIAL: lambda one, other: (one.special and not other.special, one.special == other.special),
	Criterion.EARLIER: lambda one, other: (
		one.applied_at < other.applied_at,
		one.applied_at == other.applied_at,
	),
}


def named(order):
	return [placed.candidate.person for placed in order]


def rank_of(order, person):
	return next(placed.rank for placed in order if placed.candidate.person == person)


class TestFairOrder(TestCase):
	def order(self, *candidates):
		return fair_order(UNIT, DAY, candidates)

	def test_each_criterion_speaks_before_those_that_follow(self):
		last = Candidate("F", 2, NOON + timedelta(minutes=1))
		steps = [
			("E", {"applied_at": NOON}, Criterion.EARLIER),
			("D", {"special": True}, Criterion.SPECIAL),
			("C", {"refused_before": True}, Criterion.REFUSED_BEFORE),
			("B", {"days": 1}, Criterion.FEWER_DAYS),
			("A", {"told": True, "days": 9}, Criterion.TOLD),
		]
		asked = [last, *(replace(last, person=person, **values) for person, values, _parts in steps)]
		order = self.order(*asked)
		self.assertEqual(named(order), list("ABCDEF"))
		parts = [placed.behind_by for placed in order]
		self.assertEqual(parts, [None, *(parts for *_step, parts in reversed(steps))])

	def test_equals_draw_lots_that_anybody_can_draw_again_and_nobody_always_wins(self):
		asked = [Candidate(person, 1, NOON) for person in ("197001012000011001", "198001012010012002")]
		first = set()
		for number in range(30):
			day = DAY + timedelta(days=number)
			order = fair_order(UNIT, day, asked)
			drawn = sorted(asked, key=lambda candidate: lot(UNIT, day, candidate.person))
			self.assertEqual(named(order), [candidate.person for candidate in drawn])
			self.assertIs(order[1].behind_by, Criterion.LOT)
			first.add(named(order)[0])
		self.assertEqual(len(first), 2)

	def test_nobody_asks(self):
		self.assertEqual(self.order(), ())

	@MODEST
	@given(candidates, days)
	def test_everybody_has_one_rank(self, asked, day):
		order = fair_order(UNIT, day, asked)
		self.assertEqual(sorted(named(order)), sorted(candidate.person for candidate in asked))
		self.assertEqual([placed.rank for placed in order], list(range(1, len(asked) + 1)))

	@MODEST
	@given(candidates, days)
	def test_what_parts_two_neighbours_is_named_and_true(self, asked, day):
		order = fair_order(UNIT, day, asked)
		self.assertTrue(all(placed.behind_by is None for placed in order[:1]))
		for one, other in pairwise(order):
			looked_at = list(Criterion)[: list(Criterion).index(other.behind_by)]
			for criterion in looked_at:
				self.assertTrue(PARTS[criterion](one.candidate, other.candidate)[1], criterion)
			if other.behind_by is Criterion.LOT:
				drawn = [lot(UNIT, day, placed.candidate.person) for placed in (one, other)]
				self.assertLess(*drawn)
			else:
				self.assertTrue(PARTS[other.behind_by](one.candidate, other.candidate)[0])

	@MODEST
	@given(candidates, st.randoms(use_true_random=False), days)
	def test_the_order_in_which_they_are_named_does_not_matter(self, asked, chance, day):
		shuffled = [*asked]
		chance.shuffle(shuffled)
		self.assertEqual(fair_order(UNIT, day, shuffled), fair_order(UNIT, day, asked))

	@MODEST
	@given(candidates.filter(bool), st.data(), days)
	def test_one_day_fewer_never_ranks_lower(self, asked, data, day):
		chosen = data.draw(st.sampled_from(asked))
		fewer = [replace(one, days=one.days - 1) if one is chosen else one for one in asked]
		before, after = (rank_of(fair_order(UNIT, day, some), chosen.person) for some in (asked, fewer))
		self.assertLessEqual(after, before)

	@MODEST
	@given(candidates.filter(bool), st.data(), days)
	def test_who_gives_up_never_sets_the_others_back(self, asked, data, day):
		gone = data.draw(st.sampled_from(asked))
		left = [person for person in named(fair_order(UNIT, day, asked)) if person != gone.person]
		self.assertEqual(named(fair_order(UNIT, day, [one for one in asked if one is not gone])), left)


class TestEquality(TestCase):
	def test_all_alike_is_one_and_one_who_has_all_is_near_none(self):
		self.assertEqual(equality([3, 3, 3]), 1)
		self.assertAlmostEqual(equality([0, 0, 0, 8]), 0.25)
		self.assertAlmostEqual(equality([1, 3]), 0.75)
		self.assertEqual(equality([5]), 1)

	def test_of_nothing_nothing_is_said(self):
		self.assertIsNone(equality([]))
		self.assertIsNone(equality([0, 0]))

	@MODEST
	@given(st.lists(st.integers(0, 9), min_size=1, max_size=8).filter(any))
	def test_it_is_the_mean_difference_of_all_pairs(self, counts):
		pairs = sum(abs(one - other) for one in counts for other in counts)
		expected = 1 - pairs / (2 * len(counts) * sum(counts))
		self.assertAlmostEqual(equality(counts), expected)
		self.assertEqual(equality(sorted(counts, reverse=True)), equality(counts))
