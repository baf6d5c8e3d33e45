"""Room in the units for what is applied for (rule W5): where more apply than may be away. A message, and never a refusal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from mkd_hrms.facts.coverage_rules import read_coverage_rules, read_service_points, read_tree
from mkd_hrms.facts.database.queries import Database
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.ledger.unit_days import Colleague, read_colleagues
from mkd_hrms.facts.people import Person
from mkd_hrms.judging.coverage import SERVICE_POINT, Group, Look, groups_of, groups_of_points, looks_at
from mkd_hrms.judging.unit_days import chains_of
from mkd_hrms.policy.coverage import Bound, Where
from mkd_hrms.policy.model import Outcome, Policy
from mkd_hrms.simulate.check.applications import Answer
from mkd_hrms.simulate.output.language import Language, Text, _

# What somebody refuses, or what goes back to the applicant, takes no room.
MAY_BE_APPROVED = (Outcome.ELIGIBLE, Outcome.NEEDS_REVIEW)
SENTENCES = {
	Bound.CAP: _(
		"{unit}, {day}: at most {cap} of {headcount} people may work away ({percent} %, {record}) [{source}]. MKD: {mkd}, applied for: {asked}, room: {room}."
	),
	Bound.MINIMUM: _(
		"{unit}, {day}: at least {minimum} of {headcount} people must be in the office ({record}) [{source}]. Leave or duty: {absent}, MKD: {mkd}, applied for: {asked}, room: {room}."
	),
	Bound.ONLY_ONE: _("{unit}, {day}: the only person in service stays in the office ({record}) [{source}]."),
}


@dataclass(frozen=True, slots=True)
class Shortage:
	"""A group on a date for which more apply than it has room for; `requests` are those of the files."""

	look: Look
	asked: int
	requests: tuple[str, ...]

	def sentence(self, units: Mapping[str, str], reader: Language) -> str:
		"""Which unit and date, which number by which clause, who is away and who applies; `units` are labels."""
		look, limits, room = self.look, self.look.group.limits, self.look.room
		clause = limits.minimum_source if room.bound is Bound.MINIMUM else limits.cap_source
		values = {
			"unit": title_of(look.group, units),
			"day": look.day,
			"cap": room.cap,
			"minimum": room.minimum,
			"percent": limits.cap_percent,
			"headcount": look.there.headcount,
			"mkd": look.there.mkd,
			"absent": look.there.leave + look.there.trip,
			"asked": self.asked,
			"room": max(0, room.room),
			"record": limits.record,
			"source": reader.translate(clause),
		}
		return reader.tell(Text(SENTENCES[room.bound], values))


@dataclass(slots=True)
class Wanted:
	"""Who applies for a group on a date: persons, and their requests."""

	persons: set[str] = field(default_factory=set)
	requests: list[str] = field(default_factory=list)


def title_of(group: Group, units: Mapping[str, str]) -> str | Text:
	"""What a group is called."""
	if group.kind == SERVICE_POINT:
		return Text(_("service point {name}"), {"name": group.title})
	label = units.get(group.name, group.name)
	return Text(_("{unit} with all units below"), {"unit": label}) if group.together else label


def find_shortages(
	database: Database, answers: Iterable[Answer], people: Mapping[str, Person], policy: Policy
) -> tuple[Shortage, ...]:
	"""Where more apply than there is room for, by date and group, in a fixed number of queries.

	Counted is who is away by the ledger and by leave, trips and trainings; who applies are the applications that may
	be approved, and those that already wait in the ledger.
	"""
	asked = [
		(answer, people[answer.application.employee])
		for answer in answers
		if answer.outcome in MAY_BE_APPROVED
	]
	days = [decision.mkd_date for answer, _person in asked for decision in answer.decisions]
	if not days:
		return ()
	wanted, chains = _wanted(database, asked, (min(days), max(days)), policy)
	looks = _looks(database, wanted, chains, policy) if wanted else ()
	found = (_shortage(look, wanted[look.group][look.day]) for look in looks)
	short = [shortage for shortage in found if shortage.asked > shortage.look.room.room]
	return tuple(sorted(short, key=lambda entry: (entry.look.day, entry.look.group.title)))


def _shortage(look: Look, wanted: Wanted) -> Shortage:
	waiting = {colleague.record.person for colleague, _where in look.away(Where.PENDING)}
	return Shortage(look, len(waiting | wanted.persons), tuple(wanted.requests))


def _wanted(
	database: Database, asked: Iterable[tuple[Answer, Person]], period: tuple[date, date], policy: Policy
) -> tuple[dict[Group, dict[date, Wanted]], dict[str, tuple[str, ...]]]:
	"""By group and date who applies, and the chain of each unit, which is asked for only where a rule holds."""
	rules, points = read_coverage_rules(database, *period), read_service_points(database, *period)
	chains = chains_of(read_tree(database).values()) if rules else {}
	rosters = defaultdict(list)
	for point in points:
		for employee in point.employees:
			rosters[employee].append(point)
	found: dict[Group, dict[date, Wanted]] = defaultdict(lambda: defaultdict(Wanted))
	for answer, person in asked:
		unit = person.department
		chain = chains.get(unit, (unit,)) if unit else ()
		for day in {decision.mkd_date for decision in answer.decisions}:
			own = groups_of_points(rosters[person.employee], day, policy)
			for group in (*groups_of(chain, day, rules, policy), *own):
				if not group.limits.refuses_nobody:
					found[group][day].persons.add(person.person)
					found[group][day].requests.append(answer.application.name)
	return found, chains


def _looks(
	database: Database,
	wanted: Mapping[Group, Mapping[date, Wanted]],
	chains: Mapping[str, tuple[str, ...]],
	policy: Policy,
) -> Iterator[Look]:
	"""Each group on its dates, with the people who are counted in it."""
	counters = [group for group in wanted if group.kind == SERVICE_POINT]
	tops = {group.name for group in wanted if group.together}
	below = {top: [unit for unit, chain in chains.items() if top in chain] for top in tops}
	alone = [group.name for group in wanted if group.kind != SERVICE_POINT and not group.together]
	units = sorted({*alone, *(unit for names in below.values() for unit in names)})
	dates = [day for by_day in wanted.values() for day in by_day]
	span = (min(dates), max(dates), policy.long_leave_days)
	by_unit: dict[str | None, list[Colleague]] = defaultdict(list)
	if units:
		for colleague in read_colleagues(database, Scope(units=tuple(units)), *span):
			by_unit[colleague.record.department].append(colleague)
	rostered = tuple(sorted({name for group in counters for name in group.employees}))
	at_counters = read_colleagues(database, Scope(employees=rostered), *span) if rostered else ()
	for group, by_day in wanted.items():
		names = below[group.name] if group.together else [group.name]
		people = [colleague for name in names for colleague in by_unit[name]]
		yield from looks_at(group, at_counters if group in counters else people, sorted(by_day), names)
