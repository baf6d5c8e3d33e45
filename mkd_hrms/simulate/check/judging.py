"""Everybody judged for one date, and every application for its dates, with the facts' queries and the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mkd_hrms.facts.attendance.calendars import calendar_key, read_calendars
from mkd_hrms.facts.database.queries import Database
from mkd_hrms.facts.gather import gather
from mkd_hrms.facts.identity import widened
from mkd_hrms.facts.people import Person
from mkd_hrms.judging.everybody import calendars_of_all, judge_each
from mkd_hrms.policy.dates import Calendar
from mkd_hrms.policy.facts import AsOf
from mkd_hrms.policy.model import Decision, Policy
from mkd_hrms.simulate.check.applications import Answer, Application, Surroundings, answer, newest_readiness
from mkd_hrms.simulate.check.board import Boards, read_boards
from mkd_hrms.simulate.check.coverage import Shortage, find_shortages
from mkd_hrms.simulate.check.profiles import Group, Profile, read_profiles, read_unit_labels
from mkd_hrms.simulate.files.loader import Agency

WEEK = timedelta(weeks=1)
# A holiday season is shorter than this.
LONGEST_BREAK = 30


class NoAttendance(ValueError):
	"""The files hold no attendance, so they do not say of which day they speak."""


@dataclass(frozen=True, slots=True)
class Question:
	"""Under which policy, for which date, as known on which day."""

	policy: Policy
	when: AsOf


@dataclass(frozen=True, slots=True)
class Judged:
	"""One person with the decision for the question's date."""

	person: Person
	profile: Profile
	decision: Decision


@dataclass(frozen=True, slots=True)
class Judgement:
	"""All people and all applications; where more apply than a unit has room for, who is where, and what units are called."""

	question: Question
	people: tuple[Judged, ...]
	answers: tuple[Answer, ...]
	shortages: tuple[Shortage, ...]
	boards: Boards
	units: Mapping[str, str]


def day_of_the_files(agency: Agency) -> date:
	"""The day after the newest attendance: the day on which the files are up to date. Raises NoAttendance."""
	if agency.newest_attendance is None:
		raise NoAttendance("There is no attendance in the files; say with --today of which day they speak.")
	return agency.newest_attendance + timedelta(days=1)


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
	known, policy = {judged.person.employee: judged.person for judged in people}, question.policy
	shortages = find_shortages(database, answers, known, policy)
	boards = read_boards(database, policy, question.when.on, answers, shortages)
	labels = read_unit_labels(database)
	return Judgement(question, tuple(people), tuple(answers), shortages, boards, labels)


def _judge_group(
	database: Database,
	question: Question,
	group: Group,
	asked: Mapping[str, list[Application]],
	profiles: Mapping[str, Profile],
):
	policy, when = question.policy, question.when
	own = {name: asked[name] for name in group.people if name in asked}
	dates = [day for entries in own.values() for entry in entries for day in entry.dates if day >= when.today]
	last = max([when.on, when.today, *dates])
	calendars = calendars_of_all(database, group.people.values(), policy, when, last + WEEK)
	applicants = [group.people[name] for name in own]
	scope = widened(database, group.scope, group.people)
	around = Surroundings.read(database, scope, applicants, calendars, dates) if dates else None
	# Dates from today on share one set of facts; an earlier date looks back over a window of its own.
	ahead, read = when.on >= when.today, (database, scope, group.people, calendars, policy)
	from_today = replace(when, on=when.today)
	later = gather(*read, from_today, until=last) if own and not ahead else {}
	span = (when.today, last) if ahead else (when.on, when.on)
	declared = {name: newest_readiness(entries) for name, entries in own.items()}
	judged = judge_each(*read, when, since=span[0], until=span[1], declared=declared)
	for person, facts, decision in judged:
		name = person.employee
		mine, facts = around.of(person) if around and name in own else None, later.get(name, facts)
		given = [answer(entry, facts, policy, when.today, mine) for entry in own.get(name, ())]
		yield Judged(person, profiles[name], decision), given
