"""The limit of a week, wherever it is asked for (rule Q1), and the worst of an application's dates."""

from dataclasses import replace
from datetime import date, timedelta
from unittest import TestCase

from mkd_available import WEEK, available, booked, leave
from mkd_support import the_pack

from mkd_hrms.judging.application import (
	days_beside,
	limit_of_week,
	limits_of,
	policies_in,
	tiers_of,
	weigh_weeks,
	worst,
)
from mkd_hrms.policy.model import Decision, Finding, Outcome, Verdict

W50, W51 = "2026-W50", "2026-W51"
OLD = the_pack()
# Begins on the Thursday of the week, and is stricter in everything.
NEW = replace(OLD, name="New", effective_from=WEEK[3], weekly_limit=2, min_office_days=3, legal_ceiling=1)


def in_force(day):
	return NEW if day >= NEW.effective_from else OLD


def only_new(day):
	return NEW if day >= NEW.effective_from else None


def decision(day, verdict=Verdict.PASS, tier=4):
	found = Finding("Status", verdict, "", None, None, "")
	return Decision("HR-EMP-00001", day, WEEK[0], OLD.name, (found,), tier)


class TestThePoliciesOfAWeek(TestCase):
	def test_each_is_named_once_with_the_first_of_its_days(self):
		self.assertEqual(policies_in(W50, in_force), {WEEK[0]: OLD, WEEK[3]: NEW})
		self.assertEqual(policies_in(W51, in_force), {date(2026, 12, 14): NEW})

	def test_a_policy_that_begins_on_sunday_belongs_to_the_week(self):
		sunday = WEEK[4] + timedelta(days=2)
		begins = {sunday: NEW}
		self.assertEqual(policies_in(W50, lambda day: begins.get(day, OLD)), {WEEK[0]: OLD, sunday: NEW})

	def test_days_without_a_policy_say_nothing(self):
		self.assertEqual(policies_in(W50, only_new), {WEEK[3]: NEW})
		self.assertEqual(policies_in("2026-W49", only_new), {})

	def test_only_those_that_the_dates_leave_out_are_asked_besides(self):
		self.assertEqual(days_beside({WEEK[0]: OLD}, in_force), [WEEK[3]])
		self.assertEqual(days_beside({WEEK[4]: NEW}, in_force), [WEEK[0]])
		self.assertEqual(days_beside({WEEK[1]: OLD, WEEK[4]: NEW}, in_force), [])
		self.assertEqual(days_beside({}, in_force), [])


class TestTheLimitOfAWeek(TestCase):
	def limit(self, week, in_force=in_force, tier=4, special=False, **around):
		return limit_of_week(available(**around), week, in_force, tier, special)

	def test_the_strictest_policy_of_the_seven_days_holds(self):
		self.assertEqual([self.limit(f"2026-W{number}") for number in (49, 50, 51)], [4, 1, 1])

	def test_it_holds_on_the_dates_of_the_other_policy_as_well(self):
		for dates in (WEEK[:1], WEEK[4:], WEEK):
			limits = limits_of(available(), dates, in_force, {}, False)
			self.assertEqual(limits, {W50: 1}, dates)

	def test_working_days_are_those_of_the_person(self):
		self.assertEqual(self.limit("2026-W49", lambda day: OLD, away=(leave(date(2026, 12, 1)),)), 3)

	def test_without_a_policy_there_is_no_limit_to_name(self):
		self.assertIsNone(self.limit("2026-W49", only_new))

	def test_without_a_tier_the_policies_alone_hold(self):
		self.assertEqual(self.limit("2026-W49", tier=None), 4)
		self.assertEqual(self.limit("2026-W49", tier=3), 3)

	def test_special_circumstances_open_every_working_day(self):
		self.assertEqual(self.limit(W50, special=True), 5)

	def test_each_week_has_its_own_tier(self):
		dates = (date(2026, 11, 30), date(2026, 12, 7))
		limits = limits_of(available(), dates, lambda day: OLD, {"2026-W49": 2}, False)
		self.assertEqual(limits, {"2026-W49": 2, W50: 4})


class TestTheTierOfAWeek(TestCase):
	def test_it_is_the_fewest_days_of_its_dates(self):
		days = (WEEK[0], WEEK[3], WEEK[4], date(2026, 12, 14))
		found = tiers_of([decision(day, tier=tier) for day, tier in zip(days, (4, 2, 3, 4), strict=True)])
		self.assertEqual(found, {W50: 2, W51: 4})

	def test_what_is_unknown_keeps_its_tier_and_what_is_refused_has_none(self):
		found = tiers_of([decision(WEEK[0], Verdict.UNKNOWN, 3), decision(WEEK[3], Verdict.FAIL, 0)])
		self.assertEqual(found, {W50: 3})


class TestWeighing(TestCase):
	def test_days_of_other_documents_stand_beside_those_asked_for(self):
		around = available(used=(booked(WEEK[0], "R1"), booked(WEEK[1], "R2")))
		(week,) = weigh_weeks(around, WEEK[2:], {W50: 3}, but_for="R2")
		self.assertEqual((week.used, week.asked, week.fits), (1, 3, False))

	def test_a_collective_thursday_and_four_own_days_are_five(self):
		thursday = booked(WEEK[3], "C1", "MKD Collective Day")
		around, others = available(used=(thursday,)), (*WEEK[:3], WEEK[4])
		limits = limits_of(around, others, lambda day: OLD, {}, False)
		(week,) = weigh_weeks(around, others, limits, but_for="R1")
		self.assertEqual((week.limit, week.used, week.collective, week.asked), (4, 1, 1, 4))
		self.assertFalse(week.fits)

	def test_where_it_does_not_count_it_comes_besides_but_for_the_office_days(self):
		thursday = booked(WEEK[3], "C1", "MKD Collective Day")
		policy = replace(OLD, count_collective_days=False, weekly_limit=2)
		limits = limits_of(available(used=(thursday,)), WEEK, lambda day: policy, {}, False)
		self.assertEqual(limits, {W50: 3})


class TestTheWorst(TestCase):
	def test_one_refused_date_closes_and_one_unknown_date_asks(self):
		fine, closed, asks = (
			decision(WEEK[0], verdict) for verdict in (Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN)
		)
		self.assertIs(worst([fine, asks, closed]), Outcome.NOT_ELIGIBLE)
		self.assertIs(worst([fine, asks]), Outcome.NEEDS_REVIEW)
		self.assertIs(worst([fine, fine]), Outcome.ELIGIBLE)
