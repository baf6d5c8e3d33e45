"""Everybody judged for one date, and every application for its dates, with the facts' queries and the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pypika import Query
from pypika.functions import Max

from mkd_hrms.facts.attendance.calendars import calendar_key, read_calendars
from mkd_hrms.facts.attendance.records import ATTENDANCE
from mkd_hrms.facts.database.queries import Database, rows
from mkd_hrms.facts.gather import gather
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.dates import Calendar, absence_window
from mkd_hrms.policy.engine.evaluate import evaluate
from mkd_hrms.policy.facts import Facts
from mkd_hrms.policy.model import Decision, Policy
from mkd_hrms.simulate.applications import Answer, Application, Surroundings, answer, newest_readiness
from mkd_hrms.simulate.profiles import Group, Profile, read_profiles

Calendars = Mapping[tuple[str, str | None], Calendar]
# A holiday season is shorter than this.
LONGEST_BREAK = 30


class NoAttendance(ValueError):
	"""The files hold no attendance, so they do not say of which day they speak."""


@dataclass(frozen=True, slots=True)
class Question:
	"""For which date, as known on which day, under which policy."""

	policy: Policy
	on: date
	today: date
	attendance_from: date | None


@dataclass(frozen=True, slots=True)
class Judged:
	"""One person with the decision for the question's date."""

	person: Person
	profile: Profile
	decision: Decision


@dataclass(frozen=True, slots=True)
class Judgement:
	"""All people and all applications."""

	question: Question
	people: tuple[Judged, ...]
	answers: tuple[Answer, ...]


def day_of_the_files(database: Database) -> date:
	"""The day after the newest attendance: the day on which the files are up to date. Raises NoAttendance."""
	here = ("Present", "Absent", "Work From Home", "Half Day")

	def build(bind):
		return (
			Query.from_(ATTENDANCE)
			.select(Max(ATTENDANCE.attendance_date))
			.where((ATTENDANCE.docstatus == 1) & ATTENDANCE.status.isin(bind.all(here)))
		)

	newest = rows(database, build)[0][0]
	if newest is None:
		raise NoAttendance("There is no attendance in the files; say with --today of which day they speak.")
	return newest + timedelta(days=1)


def next_working_day(database: Database, groups: Iterable[Group], today: date) -> date:
	"""The first day after today on which most people work."""
	people = [person for group in groups for person in group.people.values()]
	calendars = read_calendars(database, people, today, today + timedelta(days=LONGEST_BREAK))
	keys = [calendar_key(person) for person in people]
	usual = calendars.get(max(set(keys), key=keys.count), Calendar()) if keys else Calendar()
	days = (today + timedelta(days=n) for n in range(1, LONGEST_BREAK))
	return next((day for day in days if usual.is_working(day)), today + timedelta(days=1))


def judge_all(
	database: Database,
	groups: Iterable[Group],
	question: Question,
	applications: Iterable[Application],
	advance: Callable[[int], None] = lambda count: None,
) -> Judgement:
	"""Decide for everybody and answer every application; `advance` is told how many people are done."""
	asked: dict[str, list[Application]] = {}
	for application in applications:
		asked.setdefault(application.employee, []).append(application)
	profiles, people, answers = read_profiles(database), [], []
	for group in groups:
		for judged, given in _judge_group(database, question, group, asked, profiles):
			people.append(judged)
			answers.extend(given)
			advance(1)
	people.sort(key=lambda judged: judged.person.employee)
	answers.sort(key=lambda given: given.application.name)
	return Judgement(question, tuple(people), tuple(answers))


def _judge_group(
	database: Database,
	question: Question,
	group: Group,
	asked: Mapping[str, list[Application]],
	profiles: Mapping[str, Profile],
):
	today, on = question.today, question.on
	own = [entry for name in group.people for entry in asked.get(name, ())]
	dates = [day for entry in own for day in entry.dates if day >= today]
	last = max([on, today, *dates])
	calendars = _calendars(database, group, question, last)
	# Dates from today on share one set of facts; an earlier date looks back over a window of its own.
	later = gather_between(database, group, calendars, question, today, last)
	facts = later if on >= today else gather_between(database, group, calendars, question, on, on)
	applicants = [group.people[entry.employee] for entry in own]
	around = Surroundings.read(database, group.scope, applicants, calendars, dates) if dates else None
	for name, person in group.people.items():
		own = asked.get(name, [])
		ready = replace(facts[name], readiness=newest_readiness(own))
		decision = evaluate(question.policy, ready, on, today)
		mine = around.of(person) if around and own else None
		given = [answer(entry, later[name], question.policy, today, mine) for entry in own]
		yield Judged(person, profiles[name], decision), given


def _calendars(database: Database, group: Group, question: Question, last: date) -> Calendars:
	months = question.policy.absence_window_months
	first = absence_window(question.on, question.today, months, None)[0]
	return read_calendars(database, group.people.values(), first, last + timedelta(days=7))


def gather_between(
	database: Database, group: Group, calendars: Calendars, question: Question, since: date, until: date
) -> dict[str, Facts]:
	"""The facts of a group that hold for the dates from since to until."""
	return gather(
		database,
		group.scope,
		group.people,
		calendars,
		question.policy,
		since,
		until,
		question.today,
		question.attendance_from,
	)
