"""No order of requests and releases ever exceeds a limit, and no limit exceeds its bounds."""

from itertools import permutations
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from mkd_strategies import MODEST, THOROUGH, policies, requests, stories, week_limits
from mkd_support import the_pack

from mkd_hrms.policy.dates import iso_week
from mkd_hrms.policy.quota import (
	Bound,
	binding,
	by_week,
	free_slots,
	next_slots,
	offending,
	places,
	strictest_bounds,
	strictest_limit,
	to_release,
	weekly_limit,
	weigh,
)


class Ledger:
	"""One person's days as the platform keeps them: a slot for each used day, unique in its week."""

	def __init__(self):
		self.slots = {}

	def used(self):
		return by_week(self.slots)

	def taken(self, week):
		return [slot for day, slot in self.slots.items() if iso_week(day) == week]

	def ask(self, days, limits):
		"""Books all days, or none of them when one week does not fit. Returns whether they were booked."""
		new = sorted(set(days) - set(self.slots))
		if offending(weigh(new, self.used(), limits)):
			return False
		for day in new:
			week = iso_week(day)
			self.slots[day] = free_slots(self.taken(week), limits[week])[0]
		return True

	def release(self, days):
		for day in days:
			self.slots.pop(day, None)


class TestRequests(TestCase):
	def assert_within(self, ledger, limits):
		for week, limit in limits.items():
			taken = ledger.taken(week)
			self.assertLessEqual(len(taken), limit)
			self.assertEqual(len(set(taken)), len(taken), "a place is held once")
			self.assertTrue(all(1 <= slot <= limit for slot in taken), taken)

	@MODEST
	@given(stories.flatmap(st.permutations), week_limits)
	def test_no_order_of_requests_and_releases_exceeds_the_limit(self, story, limits):
		ledger = Ledger()
		for verb, days in story:
			if verb == "ask":
				ledger.ask(days, limits)
			else:
				ledger.release(days)
			self.assert_within(ledger, limits)

	@MODEST
	@given(stories, week_limits)
	def test_a_refused_request_leaves_every_week_as_it_was(self, story, limits):
		ledger = Ledger()
		for _verb, days in story:
			before = dict(ledger.slots)
			if not ledger.ask(days, limits):
				self.assertEqual(ledger.slots, before)

	@MODEST
	@given(stories, week_limits, week_limits)
	def test_a_limit_that_falls_takes_nothing_back_and_gives_nothing_more(self, story, limits, later):
		ledger = Ledger()
		for _verb, days in story:
			ledger.ask(days, limits)
		lower = {week: min(limit, later[week]) for week, limit in limits.items()}
		before = ledger.used()
		for _verb, days in story:
			ledger.ask(days, lower)
		for week, limit in lower.items():
			self.assertLessEqual(ledger.used().get(week, 0), max(before.get(week, 0), limit))

	@MODEST
	@given(requests, week_limits)
	def test_what_fits_into_every_week_is_granted_and_what_does_not_names_the_week(self, days, limits):
		too_much = {week for week, asked in by_week(days).items() if asked > limits[week]}
		self.assertEqual({use.week for use in offending(weigh(days, {}, limits))}, too_much)
		self.assertEqual(Ledger().ask(days, limits), not too_much)

	@MODEST
	@given(requests, week_limits)
	def test_a_week_that_is_released_can_be_asked_for_again(self, days, limits):
		ledger = Ledger()
		granted = ledger.ask(days, limits)
		ledger.release(days)
		self.assertEqual(ledger.ask(days, limits), granted)


class TestWeeklyLimit(TestCase):
	@MODEST
	@given(policies(), st.integers(0, 7), st.integers(0, 7))
	def test_it_is_never_negative_and_never_above_any_of_its_four_bounds(self, policy, tier, workdays):
		limit = weekly_limit(policy, tier, workdays)
		bounds = [policy.weekly_limit, tier, max(0, workdays - policy.min_office_days)]
		if policy.legal_ceiling is not None:
			bounds.append(policy.legal_ceiling)
		self.assertGreaterEqual(limit, 0)
		self.assertTrue(all(limit <= bound for bound in bounds))
		self.assertIn(limit, bounds, "one of the bounds is reached")

	@MODEST
	@given(policies(), st.integers(0, 7), st.integers(1, 7))
	def test_a_holiday_more_never_raises_it(self, policy, tier, workdays):
		self.assertLessEqual(weekly_limit(policy, tier, workdays - 1), weekly_limit(policy, tier, workdays))

	@MODEST
	@given(policies(), st.integers(0, 7), st.integers(0, 7))
	def test_whoever_works_at_all_keeps_the_office_days(self, policy, tier, workdays):
		limit = weekly_limit(policy, tier, workdays)
		self.assertGreaterEqual(workdays - limit, min(workdays, policy.min_office_days))

	@MODEST
	@given(policies(), st.integers(0, 7), st.integers(0, 7))
	def test_special_circumstances_open_the_working_days_and_never_fewer_than_usual(
		self, policy, tier, workdays
	):
		special = weekly_limit(policy, tier, workdays, special=True)
		self.assertEqual(special, workdays)
		self.assertGreaterEqual(special, weekly_limit(policy, tier, workdays))

	def test_a_week_of_more_leave_than_work_is_never_a_negative_limit(self):
		self.assertEqual(weekly_limit(the_pack(), 4, -1, special=True), 0)

	@MODEST
	@given(st.sets(st.integers(1, 9)), st.integers(0, 9))
	def test_open_places_fill_the_week_to_its_limit_and_no_further(self, taken, limit):
		free = free_slots(taken, limit)
		self.assertEqual(len(free), max(0, limit - len(taken)))
		self.assertFalse(taken.intersection(free))
		self.assertTrue(all(1 <= slot <= limit for slot in free))
		self.assertEqual(list(free), sorted(free))

	@MODEST
	@given(st.lists(st.integers(0, 5), max_size=5))
	def test_days_put_together_get_places_within_their_limits_wherever_there_are_any(self, limits):
		every = permutations(range(1, len(limits) + 1))
		fitting = {slots for slots in every if all(map(int.__le__, slots, limits))}
		found = places(limits)
		self.assertEqual(found is None, not fitting)
		self.assertIn(found, {*fitting, None})


class TestDaysByCircular(TestCase):
	"""Own days and days by circular in one week, against the three bounds as they are written in the rule."""

	def fits(self, policy, tier, workdays, own, collective):
		counted = collective if policy.count_collective_days else 0
		legal = collective if policy.collective_in_ceiling else 0
		return (
			own + counted <= min(policy.weekly_limit, tier)
			and (policy.legal_ceiling is None or own + legal <= policy.legal_ceiling)
			and own + collective <= max(0, workdays - policy.min_office_days)
		)

	@THOROUGH
	@given(policies(), st.integers(0, 7), st.integers(0, 7), st.lists(st.booleans(), max_size=9))
	def test_whatever_comes_first_no_application_ever_breaks_a_bound(self, policy, tier, workdays, story):
		held = {}
		for number, by_circular in enumerate(story):
			collective = sum(held.values())
			if by_circular:
				(slot,) = next_slots(held, 1)
				self.assertNotIn(slot, held)
				held[slot] = True
				continue
			limit = weekly_limit(policy, tier, workdays, collective=collective)
			free = free_slots(held, limit)
			own = len(held) - collective
			self.assertEqual(bool(free), self.fits(policy, tier, workdays, own + 1, collective), number)
			if free:
				held[free[0]] = False

	@MODEST
	@given(policies(), st.integers(0, 7), st.integers(0, 7), st.integers(0, 7))
	def test_one_day_by_circular_more_never_opens_more_than_itself(self, policy, tier, workdays, collective):
		before, after = (
			weekly_limit(policy, tier, workdays, collective=count) for count in (collective, collective + 1)
		)
		self.assertIn(after - before, (0, 1))

	@MODEST
	@given(policies(), st.integers(0, 7), st.integers(0, 7))
	def test_special_circumstances_stay_within_the_working_days(self, policy, workdays, collective):
		self.assertEqual(weekly_limit(policy, 4, workdays, special=True, collective=collective), workdays)

	@MODEST
	@given(st.sets(st.integers(1, 9)), st.integers(0, 5))
	def test_a_day_by_circular_always_finds_the_lowest_place_that_nobody_holds(self, held, count):
		slots = next_slots(held, count)
		self.assertEqual(len(slots), count)
		self.assertFalse(held.intersection(slots))
		self.assertTrue(all(free in {*held, *slots} for slot in slots for free in range(1, slot)))

	@MODEST
	@given(st.integers(0, 9), st.integers(0, 7), st.lists(st.text(max_size=3), unique=True, max_size=7))
	def test_no_more_waiting_days_give_way_than_the_week_is_over(self, held, limit, pending):
		gone = to_release(held, limit, pending)
		self.assertEqual(list(gone), pending[: len(gone)])
		self.assertEqual(len(gone), min(len(pending), max(0, held - limit)))


class TestAtOnce(TestCase):
	"""Writers who have looked at a week, each at a moment of his own, and write later: only the unique key holds them."""

	@THOROUGH
	@given(st.data(), st.sets(st.integers(1, 7)), st.integers(0, 7))
	def test_no_order_of_looks_bookings_and_releases_uses_more_than_the_limit(self, data, held, limit):
		held, looks = set(held), []
		most = max(len(held), limit)
		for _step in range(data.draw(st.integers(1, 25))):
			kind = data.draw(st.sampled_from(("look", "write", "write", "release")))
			if kind == "look":
				looks.append(free_slots(held, limit))
			elif kind == "release" and held:
				held.discard(data.draw(st.sampled_from(sorted(held))))
				most = max(len(held), limit)
			elif looks:
				# He tries what looked open to him, lowest first, until the database takes one.
				seen = looks.pop(data.draw(st.integers(0, len(looks) - 1)))
				held |= set([slot for slot in seen if slot not in held][:1])
			self.assertLessEqual(len(held), most)

	@MODEST
	@given(st.sets(st.integers(1, 7)), st.integers(0, 7), st.integers(1, 20))
	def test_of_many_who_saw_the_same_week_as_many_get_a_place_as_were_open(self, held, limit, writers):
		seen, now = free_slots(held, limit), set(held)
		for _writer in range(writers):
			now |= set([slot for slot in seen if slot not in now][:1])
		self.assertEqual(len(now), len(held) + min(writers, max(0, limit - len(held))))


class TestWhatBindsAWeek(TestCase):
	"""Of the bounds of a week those are the reason that allow no more than the limit."""

	def test_the_smallest_bounds_are_the_reason(self):
		for found, expected in (
			({Bound.WEEKLY: 4, Bound.TIER: 4, Bound.WORKDAYS: 3}, (Bound.WORKDAYS,)),
			({Bound.WEEKLY: 4, Bound.TIER: 2, Bound.WORKDAYS: 3}, (Bound.TIER,)),
			({Bound.WEEKLY: 4, Bound.TIER: 4, Bound.WORKDAYS: 4}, (Bound.WEEKLY, Bound.WORKDAYS)),
			({Bound.WEEKLY: 4, Bound.TIER: 4, Bound.WORKDAYS: 4, Bound.CEILING: 2}, (Bound.CEILING,)),
			# Nothing is left of a week of holidays, and nothing of a tier that earns no day.
			({Bound.WEEKLY: 4, Bound.TIER: 0, Bound.WORKDAYS: -1}, (Bound.TIER, Bound.WORKDAYS)),
			({}, ()),
		):
			self.assertEqual(binding(found), expected, found)

	@MODEST
	@given(st.lists(policies(), min_size=1, max_size=3), st.integers(0, 5), st.integers(0, 7))
	def test_each_number_is_that_of_the_strictest_policy(self, several, tier, workdays):
		found = strictest_bounds(several, tier, workdays)
		self.assertEqual(strictest_limit(several, tier, workdays), max(0, min(found.values())))
		self.assertTrue(binding(found))
		self.assertEqual(
			strictest_limit(several, tier, workdays),
			min(weekly_limit(policy, tier, workdays) for policy in several),
		)
