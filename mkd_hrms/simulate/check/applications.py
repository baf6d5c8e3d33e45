"""What the applications in the files ask for, and what the rules answer: a message, or an outcome."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from pypika import Query, Table

from mkd_hrms.facts.attendance.away import Away, read_away
from mkd_hrms.facts.attendance.calendars import CalendarKey, calendar_key
from mkd_hrms.facts.coverage_rules import OfficeDay, read_office_days, read_tree
from mkd_hrms.facts.database.queries import Database, rows
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.ledger.days import UsedDay, read_used_of
from mkd_hrms.facts.people import Person
from mkd_hrms.judging.application import (
	Mistake,
	Problem,
	limits_of,
	problems_of,
	split_working,
	tiers_of,
	weigh_weeks,
	worst,
)
from mkd_hrms.judging.availability import Availability, apart, office_days_by_date
from mkd_hrms.judging.unit_days import chains_of
from mkd_hrms.policy.dates import Calendar, iso_week, week_days
from mkd_hrms.policy.engine.evaluate import evaluate
from mkd_hrms.policy.facts import Facts, Readiness
from mkd_hrms.policy.model import Decision, Gate, Outcome, Policy
from mkd_hrms.policy.quota import WeekUse, offending
from mkd_hrms.simulate.output.language import REPORT, Text, _

REQUEST, ASKED = Table("tabMKD Request"), Table("tabMKD Request Date")
# A request in another state has been decided by somebody.
OPEN = ("Draft", "Pending Approval", "Pending HR Review")
ANSWERS = {"Yes": True, "No": False}
SENTENCES = {
	Mistake.OVER: _("{day} is over."),
	Mistake.BEFORE_POLICY: _("{day} comes before the policy."),
	Mistake.NO_CALENDAR: _("Calendar missing: no holiday list covers {day}."),
	Mistake.NOT_IN_SERVICE: _("{day} lies outside the time of service."),
	Mistake.OFFICE_DAY: _("On {day} the whole unit stays in the office: {title} ({basis})."),
	Mistake.AWAY: _("Away on {day}: {kind} {record}."),
	Mistake.CLAIMED: _("{record} asks for {day} already; have that decided or withdrawn first."),
	Mistake.TAKEN: _("MKD on {day} is booked already by {record}."),
}


@dataclass(frozen=True, slots=True)
class Application:
	"""One MKD Request that waits for an answer."""

	name: str
	employee: str
	dates: tuple[date, ...]
	readiness: Readiness
	special: bool


@dataclass(frozen=True, slots=True)
class Answer:
	"""What becomes of an application. Messages are mistakes of input: the request stays a draft (rule Q5)."""

	application: Application
	messages: tuple[Text, ...]
	weeks: tuple[WeekUse, ...]
	decisions: tuple[Decision, ...]

	@property
	def outcome(self) -> Outcome | None:
		"""The worst of its dates; None while messages stand against it."""
		return None if self.messages else worst(self.decisions)


@dataclass(frozen=True, slots=True)
class Surroundings:
	"""Calendars, periods away, used days and office days around the dates asked for; and the chain of each unit."""

	calendars: Mapping[CalendarKey, Calendar]
	away: Mapping[str, tuple[Away, ...]]
	used: Mapping[str, tuple[UsedDay, ...]]
	office_days: tuple[OfficeDay, ...]
	chains: Mapping[str, tuple[str, ...]]
	period: tuple[date, date]

	@classmethod
	def read(
		cls, database: Database, scope: Scope, people: Iterable[Person], calendars, dates: Iterable[date]
	) -> Surroundings:
		"""Of everybody in the scope; the used days only of the people named."""
		days = sorted(dates)
		first, last = week_days(iso_week(days[0]))[0], week_days(iso_week(days[-1]))[-1]
		persons = {person.person for person in people}
		office_days = read_office_days(database, first, last)
		by_unit = any(entry.department for entry in office_days)
		return cls(
			calendars,
			read_away(database, scope, first, last, claims=True),
			read_used_of(database, persons, first, last),
			office_days,
			chains_of(read_tree(database).values()) if by_unit else {},
			(first, last),
		)

	def of(self, person: Person) -> Availability:
		away, claims = apart(self.away.get(person.employee, ()))
		calendar, used = self.calendars[calendar_key(person)], self.used.get(person.person, ())
		chain = self.chains.get(person.department, ())
		kept_in = office_days_by_date(self.office_days, person.company, chain, *self.period)
		return Availability(person, calendar, away, claims, used, office_days=kept_in)


def read_applications(database: Database) -> list[Application]:
	"""The requests that wait, with the dates they ask for."""
	columns = (REQUEST.employee, REQUEST.has_computer, REQUEST.has_internet, REQUEST.special_circumstances)

	def build(bind):
		return (
			Query.from_(REQUEST)
			.join(ASKED)
			.on(ASKED.parent == REQUEST.name)
			.select(REQUEST.name, *columns, ASKED.mkd_date)
			.where((REQUEST.docstatus == 0) & (REQUEST.status.isnull() | REQUEST.status.isin(bind.all(OPEN))))
			.orderby(REQUEST.name, ASKED.mkd_date)
		)

	dates, told = defaultdict(list), {}
	for name, employee, computer, internet, special, day in rows(database, build):
		dates[name].append(day)
		told[name] = (employee, Readiness(ANSWERS.get(computer), ANSWERS.get(internet)), bool(special))
	return [
		Application(name, employee, tuple(dict.fromkeys(dates[name])), ready, special)
		for name, (employee, ready, special) in told.items()
	]


def newest_readiness(applications: list[Application]) -> Readiness | None:
	"""What a person declared last; a question that he has not answered yet declares nothing."""
	told = [entry for entry in applications if not entry.readiness.is_open]
	return max(told, key=lambda entry: (entry.dates[-1], entry.name)).readiness if told else None


def answer(
	application: Application,
	facts: Facts,
	policy: Policy,
	today: date,
	around: Availability | None,
) -> Answer:
	"""The messages, the weeks and the decisions of one application."""
	if around is None:
		return Answer(application, (Text(_("All dates are over.")),), (), ())
	messages = _messages(application, policy, today, around)
	first = max(today, policy.effective_from)
	dates, _off = split_working(around.calendar, (day for day in application.dates if day >= first))
	if not dates:
		return Answer(application, (*messages, Text(_("None of the dates is a working day."))), (), ())
	ready = replace(facts, readiness=application.readiness)
	decisions = tuple(evaluate(policy, ready, day, today) for day in dates)
	weeks = _weigh(application, policy, decisions, around)
	messages += tuple(_too_many(week) for week in offending(weeks))
	return Answer(application, messages, weeks, decisions)


def _too_many(week: WeekUse) -> Text:
	"""A week that does not hold what is asked for (rule Q5)."""
	values = {"week": week.week, "limit": week.limit, "used": week.used, "asked": week.asked}
	if not week.collective:
		return Text(_("MKD days in week {week}: limit {limit}, used {used}, asked for {asked}."), values)
	sentence = _(
		"MKD days in week {week}: limit {limit}, used {used}, {collective} of them by circular, asked for {asked}."
	)
	return Text(sentence, {**values, "collective": week.collective})


def _messages(
	application: Application, policy: Policy, today: date, around: Availability
) -> tuple[Text, ...]:
	"""What is not answered yet (rule E16), and mistakes in the dates (rules T3-T5, W2, Q10).

	The files do not say what time it is, so a day of which the site would say that it has begun is none of them; nor
	do they know documents of another system, or days that name no document.
	"""
	policies = {day: _in_force(policy, day) for day in application.dates}
	found = problems_of(around, application.dates, policies, today, None, but_for=application.name)
	return (*_not_answered(application, policy), *(_said(problem) for problem in found))


def _not_answered(application: Application, policy: Policy) -> Iterable[Text]:
	"""A question that is still open is a message; only a No is an answer that closes MKD."""
	ready = application.readiness
	if Gate.READINESS in policy.gates and None in (ready.has_computer, ready.has_internet):
		yield Text(_("Not answered yet whether there is a computer and internet; nothing was decided."))


def _said(problem: Problem) -> Text:
	"""A mistake in a date as a sentence."""
	day, about = problem.day, problem.about
	if problem.kind is Mistake.TOO_FAR:
		sentence = _("{day} is too far ahead; dates up to {last} can be applied for.")
		return Text(sentence, {"day": day, "last": about})
	values = {"day": day}
	if problem.kind is Mistake.AWAY:
		values |= {"kind": Text(about.kind, context=REPORT), "record": about.record}
	elif problem.kind is Mistake.OFFICE_DAY:
		values |= {"title": about.title, "basis": about.legal_basis}
	elif problem.kind is Mistake.CLAIMED:
		values["record"] = about.record
	elif problem.kind is Mistake.TAKEN:
		values["record"] = about.source_name
	return Text(SENTENCES[problem.kind], values)


def _weigh(
	application: Application,
	policy: Policy,
	decisions: tuple[Decision, ...],
	around: Availability,
) -> tuple[WeekUse, ...]:
	"""Each week with its limit (rule Q1) beside the days that others use.

	Where a gate refuses, only the general limit counts: the refusal is the answer, not a full week.
	"""
	dates = [decision.mkd_date for decision in decisions]
	tiers = {} if worst(decisions) is Outcome.NOT_ELIGIBLE else tiers_of(decisions)
	limits = limits_of(around, dates, partial(_in_force, policy), tiers, application.special)
	return weigh_weeks(around, dates, limits, but_for=application.name)


def _in_force(policy: Policy, day: date) -> Policy | None:
	"""The one policy that is tried, from its first day on; what was in force before, the files do not know."""
	return policy if policy.effective_from <= day else None
