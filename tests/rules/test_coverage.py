"""However many there are and wherever they are: the public keeps what the limits of a unit leave it (rule W5)."""

from dataclasses import replace
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from mkd_strategies import MODEST
from mkd_support import the_pack

from mkd_hrms.policy.coverage import (
	Bound,
	Headcount,
	Limits,
	Where,
	count,
	least_on_site,
	limits_of_policy,
	most_away,
	room_on,
)

HALF = limits_of_policy(the_pack())
percents = st.integers(0, 1000).map(lambda tenths: tenths / 10)
limits = st.builds(
	Limits,
	percents,
	st.integers(0, 12),
	percents,
	st.sampled_from((True, False, None)),
	*[st.just("")] * 3,
)
staffs = st.lists(st.sampled_from(Where), max_size=40)


def asked(**values):
	return replace(HALF, **values)


class TestNumbers(TestCase):
	def test_the_shipped_policy_lets_half_of_a_unit_work_away(self):
		self.assertEqual([most_away(HALF, people) for people in (0, 1, 2, 3, 20, 21)], [0, 0, 1, 1, 10, 10])
		self.assertEqual([least_on_site(HALF, people) for people in (1, 2, 3, 20, 21)], [1, 1, 2, 10, 11])

	def test_a_percentage_of_a_hundred_people_is_exact(self):
		for percent in range(101):
			self.assertEqual(most_away(asked(cap_percent=float(percent)), 100), percent)
			self.assertEqual(
				least_on_site(asked(min_on_site=0, min_on_site_percent=percent / 10), 1000), percent
			)

	def test_leave_and_trips_take_room_from_the_minimum(self):
		self.assertEqual(room_on(HALF, Headcount(20)).room, 10)
		room = room_on(HALF, Headcount(20, leave=3, trip=1, mkd=4))
		self.assertEqual((room.room, room.bound), (2, Bound.MINIMUM))
		room = room_on(HALF, Headcount(20, mkd=12))
		self.assertEqual((room.room, room.bound), (-2, Bound.CAP))

	def test_of_a_number_and_a_percentage_the_greater_one_holds(self):
		self.assertEqual(least_on_site(asked(min_on_site=3, min_on_site_percent=10), 10), 3)
		self.assertEqual(least_on_site(asked(min_on_site=3, min_on_site_percent=50), 10), 5)

	def test_the_only_person_of_a_unit_stays_unless_the_policy_says_otherwise(self):
		alone = Headcount(1)
		room = room_on(HALF, alone)
		self.assertEqual((room.room, room.bound), (0, Bound.ONLY_ONE))
		self.assertEqual(room_on(asked(single=True), alone).room, 1)
		self.assertEqual(room_on(asked(single=True), Headcount(1, mkd=1)).room, 0)

	def test_a_counter_needs_also_its_only_person(self):
		counter = asked(cap_percent=100, min_on_site=1, min_on_site_percent=0, single=None)
		self.assertEqual(room_on(counter, Headcount(1)).room, 0)
		self.assertEqual(room_on(counter, Headcount(2)).room, 1)


class TestAnyUnit(TestCase):
	@MODEST
	@given(limits, staffs)
	def test_whoever_is_let_go_by_the_room_that_is_left_breaks_no_limit(self, limit, places):
		places = list(places)
		while room_on(limit, count(places)).room > 0:
			free = next(index for index, place in enumerate(places) if place in (Where.OFFICE, Where.PENDING))
			places[free] = Where.MKD
			there = count(places)
			self.assertLessEqual(there.mkd, most_away(limit, there.headcount))
			self.assertGreaterEqual(there.on_site, least_on_site(limit, there.headcount))

	@MODEST
	@given(limits, staffs)
	def test_one_more_than_the_room_breaks_one(self, limit, places):
		there = count(places)
		room = room_on(limit, there)
		mkd = there.mkd + max(room.room, 0) + 1
		too_many = mkd > room.cap or there.headcount - there.leave - there.trip - mkd < room.minimum
		self.assertTrue(too_many)

	@MODEST
	@given(limits, staffs, st.sampled_from((Where.OUT, Where.PENDING)))
	def test_who_is_out_or_only_asks_takes_no_room(self, limit, places, where):
		swapped = [Where.OFFICE if place is where else place for place in places]
		if where is Where.PENDING:
			self.assertEqual(room_on(limit, count(places)), room_on(limit, count(swapped)))
		else:
			without = [place for place in places if place is not where]
			self.assertEqual(count(places), count(without))

	@MODEST
	@given(limits, staffs)
	def test_limits_that_refuse_nobody_leave_room_for_everybody(self, limit, places):
		there = count(places)
		if limit.refuses_nobody and there.on_site:
			self.assertGreater(room_on(limit, there).room, 0)

	def test_which_limits_refuse_nobody(self):
		open_to_all = asked(cap_percent=100, min_on_site=0, min_on_site_percent=0, single=True)
		self.assertTrue(open_to_all.refuses_nobody)
		for values in (
			{"cap_percent": 99.9},
			{"min_on_site": 1},
			{"min_on_site_percent": 0.1},
			{"single": False},
		):
			self.assertFalse(replace(open_to_all, **values).refuses_nobody, values)
		self.assertEqual(room_on(open_to_all, Headcount(7)).room, 7)
