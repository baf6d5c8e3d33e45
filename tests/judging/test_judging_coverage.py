"""In which groups somebody of a unit is counted, and who of them is away (rule W5)."""

from dataclasses import replace
from datetime import date, timedelta
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from mkd_available import A_PERSON, WEEK, leave
from mkd_support import the_pack

from mkd_hrms.facts.coverage_rules import CoverageRule, ServicePoint
from mkd_hrms.facts.ledger.unit_days import Colleague, DayOf, long_leave_of
from mkd_hrms.judging.coverage import groups_of, groups_of_points, headcounts, looks_at
from mkd_hrms.policy.coverage import Where, count

DAY = WEEK[2]
TEAM, SECTION, OFFICE = CHAIN = ("Tim", "Bidang", "Dinas")


def rule(department, together=False, since=WEEK[0], until=None, cap=40.0):
	return CoverageRule(
		f"R-{department}", department, "Pemerintah", since, until, cap, 2, 30.0, together, "SE 1"
	)


def groups(*rules, day=DAY, chain=CHAIN):
	return [
		(group.name, group.together, group.limits.record)
		for group in groups_of(chain, day, rules, the_pack())
	]


def booked(status, day=DAY, source="REQ-1"):
	return {day: DayOf("D-1", A_PERSON.employee, day, status, "MKD Request", source)}


class TestGroups(TestCase):
	def test_without_a_rule_the_policy_holds_for_the_unit_alone(self):
		self.assertEqual(groups(), [(TEAM, False, the_pack().name)])
		self.assertEqual(groups(chain=()), [])

	def test_the_nearest_rule_upwards_holds_and_the_unit_is_counted_on_its_own(self):
		self.assertEqual(groups(rule(OFFICE), rule(SECTION)), [(TEAM, False, "R-Bidang")])
		self.assertEqual(groups(rule(OFFICE)), [(TEAM, False, "R-Dinas")])

	def test_a_rule_holds_in_its_period(self):
		ended = rule(SECTION, until=DAY - timedelta(days=1))
		self.assertEqual(groups(ended, rule(OFFICE)), [(TEAM, False, "R-Dinas")])
		self.assertEqual(
			groups(rule(SECTION, since=DAY + timedelta(days=1))), [(TEAM, False, the_pack().name)]
		)

	def test_counted_together_a_unit_below_is_not_counted_on_its_own(self):
		self.assertEqual(groups(rule(SECTION, together=True)), [(SECTION, True, "R-Bidang")])

	def test_every_rule_above_that_counts_together_holds_besides(self):
		self.assertEqual(
			groups(rule(TEAM), rule(SECTION), rule(OFFICE, together=True)),
			[(TEAM, False, "R-Tim"), (OFFICE, True, "R-Dinas")],
		)
		self.assertEqual(
			groups(rule(SECTION, together=True), rule(OFFICE, together=True)),
			[(SECTION, True, "R-Bidang"), (OFFICE, True, "R-Dinas")],
		)

	def test_a_counter_is_a_group_while_it_is_open(self):
		point = ServicePoint("SP-1", "Loket 1", TEAM, 2, WEEK[1], WEEK[3], ("E-1", "E-2"))
		self.assertEqual(
			[group.employees for group in groups_of_points([point], DAY, the_pack())], [("E-1", "E-2")]
		)
		self.assertEqual(groups_of_points([point], WEEK[0], the_pack()), ())
		self.assertEqual(groups_of_points([point], WEEK[4], the_pack()), ())


class TestColleagues(TestCase):
	def where(self, day=DAY, **values):
		return Colleague(values.pop("record", A_PERSON), **values).on(day)

	def test_where_somebody_is(self):
		self.assertEqual(self.where(), Where.OFFICE)
		for status, where in (
			("Pending", Where.PENDING),
			("Approved", Where.MKD),
			("Suspended", Where.MKD),
			("Worked", Where.MKD),
			("No Show", Where.MKD),
			("Revoked", Where.OFFICE),
		):
			self.assertEqual(self.where(days=booked(status)), where, status)

	def test_leave_comes_before_a_trip_and_both_before_an_mkd_day(self):
		trip = replace(leave(DAY), kind="Travel Request")
		self.assertEqual(self.where(away=(trip,), days=booked("Approved")), Where.TRIP)
		self.assertEqual(self.where(away=(trip, leave(DAY))), Where.LEAVE)

	def test_half_a_day_of_leave_is_a_day_in_the_office(self):
		self.assertEqual(self.where(away=(leave(DAY, half_day=DAY),)), Where.OFFICE)

	def test_before_joining_and_after_leaving_he_is_not_of_the_headcount(self):
		for values in ({"joined_on": WEEK[3]}, {"relieved_on": WEEK[1]}, {"contract_ends_on": WEEK[1]}):
			self.assertEqual(self.where(record=replace(A_PERSON, **values)), Where.OUT, values)

	def test_without_his_own_days(self):
		own = Colleague(A_PERSON, days=booked("Approved"))
		self.assertEqual(own.without("REQ-1").on(DAY), Where.OFFICE)
		self.assertEqual(own.without("REQ-2").on(DAY), Where.MKD)

	def test_a_group_is_its_units_and_a_counter_its_roster(self):
		people = [
			Colleague(replace(A_PERSON, employee=f"E-{number}", department=unit))
			for number, unit in enumerate((TEAM, TEAM, SECTION))
		]
		(alone,) = groups_of(CHAIN, DAY, (), the_pack())
		(look,) = looks_at(alone, people, [DAY], {TEAM})
		self.assertEqual(look.there.headcount, 2)
		point = ServicePoint("SP-1", "Loket 1", TEAM, 1, WEEK[0], None, ("E-1", "E-2"))
		(look,) = looks_at(groups_of_points([point], DAY, the_pack())[0], people, [DAY], ())
		self.assertEqual((look.there.headcount, look.room.room), (2, 1))


class TestLongLeave(TestCase):
	first = date(2026, 11, 1)

	def days(self, *periods, at_least=30):
		until = self.first + timedelta(days=60)
		return len(long_leave_of([leave(*period) for period in periods], self.first, until, at_least))

	def period(self, start, length):
		return self.first + timedelta(days=start), self.first + timedelta(days=start + length - 1)

	def test_as_many_days_as_the_policy_says_are_long_leave(self):
		self.assertEqual(self.days(self.period(0, 29)), 0)
		self.assertEqual(self.days(self.period(0, 30)), 30)

	def test_applications_that_follow_each_other_are_one_leave(self):
		self.assertEqual(self.days(self.period(0, 15), self.period(15, 15)), 30)
		self.assertEqual(self.days(self.period(0, 15), self.period(16, 15)), 0)

	def test_what_lies_outside_the_period_counts_for_its_length(self):
		self.assertEqual(self.days(self.period(-20, 30)), 10)

	def test_half_a_day_at_work_ends_the_row(self):
		first, last = self.period(0, 40)
		broken = leave(first, last, half_day=self.first + timedelta(days=20))
		self.assertFalse(long_leave_of([broken], first, last, 30))
		late = leave(first, last, half_day=self.first + timedelta(days=5))
		self.assertEqual(len(long_leave_of([late], first, last, 30)), 34)

	def test_trips_are_no_leave_and_no_number_knows_none(self):
		first, last = self.period(0, 40)
		trip = replace(leave(first, last), kind="Travel Request")
		self.assertFalse(long_leave_of([trip], first, last, 30))
		self.assertEqual(self.days((first, last), at_least=0), 0)


class TestHeadcounts(TestCase):
	"""Counted in one go, a unit has as many people where they are as one by one."""

	@given(st.data())
	def test_as_one_by_one(self, data):
		joining = st.sampled_from([None, *WEEK])
		periods = st.lists(
			st.builds(
				lambda first, days, kind: replace(leave(first, first + timedelta(days=days)), kind=kind),
				st.sampled_from(WEEK),
				st.integers(0, 3),
				st.sampled_from(["Leave Application", "Travel Request"]),
			),
			max_size=2,
		)
		states = st.sampled_from(["Pending", "Approved", "Suspended", "Worked", "Revoked"])
		people = [
			Colleague(
				replace(A_PERSON, joined_on=data.draw(joining), relieved_on=data.draw(joining)),
				tuple(data.draw(periods)),
				frozenset(data.draw(st.lists(st.sampled_from(WEEK), max_size=1))),
				{
					day: booked(data.draw(states), day)[day]
					for day in data.draw(st.sets(st.sampled_from(WEEK)))
				},
			)
			for _number in range(data.draw(st.integers(0, 4)))
		]
		people = [
			replace(person, long_leave=person.long_leave if person.away else frozenset()) for person in people
		]
		found = headcounts(people, WEEK)
		self.assertEqual(found, {day: count(person.on(day) for person in people) for day in WEEK})
