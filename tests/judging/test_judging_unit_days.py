"""All units counted at once say what each of them says when it is looked at alone (rule W5)."""

from dataclasses import replace
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from mkd_available import A_PERSON, WEEK, leave
from mkd_support import the_pack

from mkd_hrms.facts.coverage_rules import CoverageRule, ServicePoint, UnitPlace
from mkd_hrms.facts.ledger.unit_days import Colleague, DayOf
from mkd_hrms.judging.coverage import SERVICE_POINT, UNIT, groups_of, groups_of_points, looks_at
from mkd_hrms.judging.unit_days import UnitDays, chains_of, excess_of

OFFICE, SECTION, TEAM = "Dinas", "Bidang", "Tim"
CHAINS = {OFFICE: (OFFICE,), SECTION: (SECTION, OFFICE), TEAM: (TEAM, SECTION, OFFICE)}
STATES = ("Pending", "Approved", "Suspended", "Worked", "No Show", "Revoked")
DAY = st.sampled_from(WEEK)


def day_of(employee, day, status):
	return DayOf(f"{employee} {day}", employee, day, status, "MKD Request", "REQ")


@st.composite
def colleagues(draw):
	"""Some people of three units, each with what may take him out of the office."""
	found = []
	for number in range(draw(st.integers(0, 8))):
		name = f"E-{number}"
		first, last = draw(st.none() | DAY), draw(st.none() | DAY)
		record = replace(
			A_PERSON,
			employee=name,
			person=name,
			department=draw(st.sampled_from((OFFICE, SECTION, TEAM, None))),
			joined_on=first,
			relieved_on=last if not (first and last) or first <= last else None,
		)
		away = tuple(leave(*sorted((draw(DAY), draw(DAY)))) for _each in range(draw(st.integers(0, 2))))
		days = {
			day: day_of(name, day, draw(st.sampled_from(STATES))) for day in draw(st.sets(DAY, max_size=3))
		}
		found.append(Colleague(record, away, frozenset(draw(st.sets(DAY, max_size=1))), days))
	return found


def rule(department, cap, together):
	return CoverageRule(
		f"R-{department}", department, "Pemda", WEEK[1], WEEK[3], cap, 1, 40.0, together, "SE 1"
	)


RULES = st.lists(
	st.builds(rule, st.sampled_from((OFFICE, SECTION)), st.sampled_from((0.0, 50.0)), st.booleans()),
	max_size=2,
	unique_by=lambda entry: entry.department,
)


class TestCounting(TestCase):
	@given(colleagues())
	def test_a_unit_is_counted_as_if_it_were_looked_at_alone(self, people):
		point = ServicePoint("SP", "Loket", TEAM, 1, WEEK[0], None, ("E-0", "E-2"))
		counted = UnitDays(WEEK, [point])
		for colleague in people:
			counted.add(colleague)
		(of_point,) = _groups_of(point)
		for among, group, units in (
			([(UNIT, SECTION)], None, (SECTION,)),
			([(UNIT, unit) for unit in CHAINS], None, tuple(CHAINS)),
			([(SERVICE_POINT, "SP")], of_point, ()),
		):
			alone = looks_at(group or _plain_group(), people, WEEK, units)
			self.assertEqual(counted.there(among), {look.day: look.there for look in alone})

	@given(colleagues(), RULES)
	def test_dates_are_too_many_by_cap_or_minimum_as_each_group_says(self, people, rules):
		counted = UnitDays(WEEK)
		for colleague in people:
			counted.add(colleague)
		for group, excess in excess_of(counted, CHAINS, rules, (), the_pack()).items():
			units = (
				[name for name, chain in CHAINS.items() if group.name in chain]
				if group.together
				else [group.name]
			)
			looks = [look for look in looks_at(group, people, WEEK, units) if _holds(group, rules, look.day)]
			looks = [look for look in looks if look.there.mkd]
			over = [look for look in looks if look.there.mkd > look.room.cap]
			below = [look for look in looks if look.there.on_site < look.room.minimum]
			self.assertEqual(tuple(excess[:3]), (len(looks), len(over), len(below)))
			self.assertEqual(excess.broken, sum(look.room.room < 0 for look in looks))

	def test_a_chain_leads_from_a_unit_to_the_root_also_where_several_roots_stand_side_by_side(self):
		tree = [("A", 1, 6), ("B", 2, 5), ("C", 3, 4), ("D", 7, 8)]
		chains = chains_of(UnitPlace(*unit, "Pemda") for unit in tree)
		self.assertEqual(chains, {"A": ("A",), "B": ("B", "A"), "C": ("C", "B", "A"), "D": ("D",)})


def _groups_of(point):
	return groups_of_points([point], WEEK[0], the_pack())


def _plain_group():
	return groups_of((SECTION,), WEEK[0], (), the_pack())[0]


def _holds(group, rules, day):
	"""Whether a group of these limits exists on a date: rules begin and end within the week."""
	within = WEEK[1] <= day <= WEEK[3]
	if any(group.limits.record == entry.name for entry in rules):
		return within
	under_a_rule = any(entry.department in CHAINS[group.name] for entry in rules)
	return not (within and under_a_rule)
