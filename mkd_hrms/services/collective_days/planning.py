"""Who goes on which dates, and who stays in the office for which reason: found for some people at once, nothing written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

import frappe

from mkd_hrms.constants import DAY, PENDING, REQUEST, USED_DAY_STATES
from mkd_hrms.facts.attendance.away import Away, away_on, read_away
from mkd_hrms.facts.attendance.calendars import calendar_key
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.gather import gather
from mkd_hrms.facts.identity import widened
from mkd_hrms.facts.ledger.days import BookedDay, read_dates_of_circular, read_used_by_person
from mkd_hrms.facts.people import Person
from mkd_hrms.judging.application import limit_of_workdays
from mkd_hrms.judging.availability import Availability
from mkd_hrms.judging.everybody import calendars_of_all
from mkd_hrms.policy.collective import SERVING, Stay, kept_in
from mkd_hrms.policy.dates import iso_week, week_days
from mkd_hrms.policy.engine.evaluate import evaluate, judge
from mkd_hrms.policy.facts import AsOf, Facts
from mkd_hrms.policy.gates.case import Case
from mkd_hrms.policy.model import Decision, Policy, Verdict
from mkd_hrms.policy.quota import to_release
from mkd_hrms.policy.recheck import earned
from mkd_hrms.services.collective_days.concerned import Concerned
from mkd_hrms.services.decisions.evaluate import attendance_from
from mkd_hrms.services.ledger.booking import Ordered
from mkd_hrms.services.policies.in_force import policy_by_day

Candidate = tuple[Person, date]


@dataclass(slots=True)
class Plan:
	"""What a circular means for some people: the days to book, why others stay, and the own days that give way."""

	going: list[Ordered] = field(default_factory=list)
	stays: Counter = field(default_factory=Counter)
	gives_way: dict[str, list[BookedDay]] = field(default_factory=dict)
	policies: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Around:
	"""What surrounds the people, in whole weeks, by employee or by person."""

	away: Mapping[str, tuple[Away, ...]]
	used: Mapping[str, tuple[BookedDay, ...]]
	given: Mapping[str, Mapping[date, bool | None]]


def plan(concerned: Concerned, people: Sequence[Person]) -> Plan:
	"""As many queries for many people as for one, and a few more for each policy."""
	found = Plan()
	candidates = list(_candidates(concerned, people, found))
	if not candidates:
		return found
	around = _read_around(concerned, candidates)
	open_to = [each for each in candidates if _is_free(concerned, each, around, found)]
	decisions = _decide(concerned, open_to, found)
	_weigh(concerned, decisions, around, found)
	return found


def _candidates(concerned: Concerned, people: Iterable[Person], found: Plan) -> Iterable[Candidate]:
	"""The dates ahead on which the circular sends somebody; of the others why he stays."""
	circular, today = concerned.circular, concerned.now.date()
	for person in people:
		for day in concerned.dates_of(person):
			ends = circular.ends_before
			if (
				not today <= day <= concerned.until
				or (ends and day >= ends)
				or not circular.lists(person, day)
			):
				continue
			if stay := concerned.stays(person, day):
				found.stays[stay] += 1
			else:
				yield person, day


def _read_around(concerned: Concerned, candidates: Sequence[Candidate]) -> Around:
	database, people = SiteDatabase(), {person.employee: person for person, _day in candidates}
	days = [day for _person, day in candidates]
	first, last = week_days(iso_week(min(days)))[0], week_days(iso_week(max(days)))[-1]
	scope = widened(database, Scope(employees=tuple(sorted(people))), people)
	return Around(
		read_away(database, scope, first, last),
		read_used(people.values(), days),
		read_dates_of_circular(database, concerned.circular.name, people),
	)


def read_used(people: Iterable[Person], days: Iterable[date]) -> dict[str, tuple[BookedDay, ...]]:
	"""By person the used days of the weeks in which some days lie."""
	days, persons = sorted(days), {person.person for person in people}
	if not days:
		return {}
	first, last = week_days(iso_week(days[0]))[0], week_days(iso_week(days[-1]))[-1]
	return read_used_by_person(SiteDatabase(), persons, first, last, USED_DAY_STATES)


def _is_free(concerned: Concerned, candidate: Candidate, around: Around, found: Plan) -> bool:
	"""Whether nothing that is recorded keeps somebody from going; a day that he has been given already is no news."""
	person, day = candidate
	given = around.given.get(person.employee, {})
	if given.get(day):
		return False
	if day not in given and concerned.circular.has_given_turns(day):
		stay = Stay.TURN
	elif given.get(day) is False:
		stay = Stay.TAKEN_BACK
	else:
		stay = _obstacle(concerned, person, day, around)
	if stay:
		found.stays[stay] += 1
	return not stay


def _obstacle(concerned: Concerned, person: Person, day: date, around: Around) -> Stay | None:
	there = Availability(person, concerned.calendars[calendar_key(person)], (), (), ())
	if not there.serves(day):
		return Stay.NO_SERVICE
	if away_on(around.away.get(person.employee, ()), day):
		return Stay.AWAY
	if any(entry.mkd_date == day for entry in around.used.get(person.person, ())):
		return Stay.OWN_DAY
	policy, now = policy_by_day(person.company)(day), concerned.now
	if policy is None:
		return Stay.NO_POLICY
	has_begun = (day, policy.expiry_time) <= (now.date(), now.time())
	return Stay.BEGUN if has_begun else None


def _decide(
	concerned: Concerned, open_to: Sequence[Candidate], found: Plan
) -> list[tuple[Candidate, Decision]]:
	"""What the rules say about everybody on each date; whom they keep in by the circular's own words stays."""
	circular, going = concerned.circular, []
	in_force = policy_by_day(circular.company)
	by_policy: dict[str, list[Candidate]] = defaultdict(list)
	policies = {policy.name: policy for _person, day in open_to if (policy := in_force(day))}
	for person, day in open_to:
		by_policy[in_force(day).name].append((person, day))
	for name, candidates in by_policy.items():
		policy = policies[name]
		facts = _gather(concerned, policy, {person.employee: person for person, _day in candidates})
		for person, day in candidates:
			decision, failed = _judge(policy, facts[person.employee], day, concerned.now.date())
			stay = kept_in(failed, circular.exempt_public_service, circular.excluded_stay)
			if stay:
				found.stays[stay] += 1
			else:
				going.append(((person, day), decision))
		found.policies.add(name)
	return going


def _gather(concerned: Concerned, policy: Policy, people: Mapping[str, Person]) -> dict[str, Facts]:
	database, today = SiteDatabase(), concerned.now.date()
	tomorrow = today + timedelta(days=1)
	when = AsOf(on=tomorrow, today=today, attendance_from=attendance_from())
	calendars = calendars_of_all(database, people.values(), policy, when, tomorrow)
	scope = Scope(employees=tuple(sorted(people)))
	return gather(database, scope, people, calendars, policy, when, until=date.max)


def _judge(policy: Policy, facts: Facts, day: date, today: date) -> tuple[Decision, set[str]]:
	"""The decision of a date and the gates that fail, those about public service whatever the policy asks."""
	decision = evaluate(policy, facts, day, today)
	serving = judge(Case(facts, policy, day, today), SERVING)
	failed = {finding.gate for finding in serving if finding.verdict is Verdict.FAIL}
	return decision, {*decision.failed, *failed}


def _weigh(
	concerned: Concerned, decisions: Iterable[tuple[Candidate, Decision]], around: Around, found: Plan
) -> None:
	"""The limit of each week, and the own days that wait for approval and give way where it does not hold (rule W11)."""

	def of_week(entry: tuple[Candidate, Decision]) -> tuple[str, str]:
		(person, day), _decision = entry
		return person.employee, iso_week(day)

	for (_employee, week), entries in groupby(sorted(decisions, key=of_week), key=of_week):
		given = list(entries)
		person = given[0][0][0]
		held = [day for day in around.used.get(person.person, ()) if day.iso_week == week]
		tiers = [tier for _candidate, decision in given if (tier := earned(decision)) is not None]
		limit = _limit(concerned, person, week, around, len(given), min(tiers, default=None))
		found.going += [Ordered(person, day, limit) for (_person, day), _decision in given]
		if len(held) + len(given) > limit and (gone := _newest(held, len(held) + len(given), limit)):
			found.gives_way.setdefault(person.employee, []).extend(gone)


def _limit(
	concerned: Concerned, person: Person, week: str, around: Around, new: int, tier: int | None
) -> int:
	away = around.away.get(person.employee, ())
	calendar, used = concerned.calendars[calendar_key(person)], around.used.get(person.person, ())
	there = Availability(person, calendar, away, (), used)
	workdays, collective = there.workdays_in(week), there.collective_in(week) + new
	in_force = policy_by_day(person.company)
	return limit_of_workdays(week, workdays, in_force, tier, collective=collective) or 0


def _newest(held: Iterable[BookedDay], count: int, limit: int) -> list[BookedDay]:
	"""Those of the own days still waiting that were asked for last, as few as the week is over."""
	pending = {day.name: day for day in held if (day.status, day.source_doctype) == (PENDING, REQUEST)}
	if not pending:
		return []
	rows = frappe.get_all(DAY, {"name": ("in", list(pending))}, ["name", "creation", "mkd_date"])
	newest = sorted(rows, key=lambda row: (row.creation, row.mkd_date), reverse=True)
	return [pending[name] for name in to_release(count, limit, [row.name for row in newest])]
