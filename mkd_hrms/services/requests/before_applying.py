"""What the form of an application shows before anything is saved: weeks and days to choose from, what the rules say, who decides.

A hint, as of now: whatever is applied for is judged again. Who may ask is decided before; the queries are as many for
everybody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

import frappe
from frappe import _
from frappe.utils import format_date

from mkd_hrms.constants import DRAFT, PENDING, REQUEST
from mkd_hrms.facts.people import Person
from mkd_hrms.judging.application import (
	InForce,
	Mistake,
	Problem,
	days_beside,
	limit_of_week,
	problems_of,
	split_working,
	tiers_of,
)
from mkd_hrms.policy.dates import days_between, iso_week, week_days
from mkd_hrms.policy.model import Decision, Gate, Policy, Verdict
from mkd_hrms.policy.sentences import advice, sentence
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.decisions.evaluate import decide
from mkd_hrms.services.people.approvers import approver_of, names_of, who_act_for
from mkd_hrms.services.people.availability import Situation, read_situation
from mkd_hrms.services.platform.guide import page_of
from mkd_hrms.services.platform.wording import number
from mkd_hrms.services.policies.in_force import policy_by_day
from mkd_hrms.services.requests import asked_dates
from mkd_hrms.services.standing.employee_overview import is_shown, what_on
from mkd_hrms.services.units import coverage

WEEKS = 4
# What stands in the way comes first.
ORDER = (Verdict.FAIL, Verdict.UNKNOWN, Verdict.PASS)


def of(person: Person, start: date | None = None) -> dict:
	"""Four weeks from the week of `start` on, which is this one unless said."""
	now = clock.now()
	monday = _monday(max(start or now.date(), now.date()))
	dates = days_between(monday, monday + timedelta(weeks=WEEKS, days=-1))
	situation, in_force = read_situation(person, dates, now.date()), policy_by_day(person.company)
	policies = {day: in_force(day) for day in dates}
	problems = {
		problem.day: problem
		for problem in problems_of(situation, dates, policies, now.date(), now.time(), None)
	}
	working, _off = split_working(situation.calendar, dates)
	free = {day: policies[day] for day in working if day not in problems}
	decisions = decide(situation, [*free, *days_beside(free, in_force)])
	rooms = _rooms(person, free)
	return {
		"employee": person.employee,
		"employee_name": person.employee_name,
		"since": monday,
		**_deciders(person, now.date()),
		"readiness": _readiness(free.values()),
		"gates": _gates(decisions, free),
		"weeks": _weeks(situation, dates, in_force, decisions),
		"days": [
			_day(situation, day, problems.get(day), rooms.get(day), free, now)
			for day in dates
			if is_shown(situation, day)
		],
		"last": _last(person),
	}


def _monday(day: date) -> date:
	return day - timedelta(days=day.weekday())


def _deciders(person: Person, today: date) -> dict:
	"""The name of who decides, None for HR; and the names of who act for him today, and so decide as well."""
	approver = approver_of(person)
	if not approver:
		return {"approver": None, "acting": []}
	acting = who_act_for(approver, person, today)
	return {"approver": names_of([approver])[0], "acting": names_of(acting)}


def _readiness(policies: Iterable[Policy]) -> str | None:
	"""The clause by which computer and internet are asked for (rule E16); None where they are not."""
	asking = (policy for policy in policies if Gate.READINESS in policy.gates)
	return next((policy.clause("readiness") for policy in asking), None)


def _gates(decisions: Iterable[Decision], free: Collection[date]) -> list[dict]:
	"""Each gate as it answers for the dates that can be chosen, once for each verdict, with these dates."""
	found: dict[tuple, dict] = {}
	for decision in decisions:
		for finding in decision.findings if decision.mkd_date in free else ():
			entry = found.setdefault(
				(finding.gate, finding.verdict),
				{
					"gate": _(finding.gate, context="MKD Policy Gate"),
					"page": page_of(finding.gate),
					"verdict": finding.verdict.value,
					"sentence": sentence(finding, _, format_date, number),
					"next_step": advice(finding, _, format_date, number),
					"days": [],
				},
			)
			entry["days"].append(decision.mkd_date)
	return sorted(found.values(), key=lambda entry: ORDER.index(entry["verdict"]))


def _weeks(
	situation: Situation, dates: Iterable[date], in_force: InForce, decisions: Iterable[Decision]
) -> list[dict]:
	"""Each week with its limit, what is used of it, and what waits for a decision (rules Q1, Q3)."""
	tiers = tiers_of(decisions)
	earned = min(tiers.values(), default=None)
	found = []
	for week in sorted({iso_week(day) for day in dates}):
		limit, special = (
			limit_of_week(situation, week, in_force, tiers.get(week, earned), is_special)
			for is_special in (False, True)
		)
		held, days = situation.used_in(week), week_days(week)
		pending = sum(day.iso_week == week and day.status == PENDING for day in situation.used)
		found.append(
			{
				"monday": days[0],
				"dates": _("{0} to {1}").format(format_date(days[0]), format_date(days[-1])),
				"limit": limit,
				"special_limit": special,
				"used": held - pending,
				"pending": pending,
			}
		)
	return found


def _rooms(person: Person, dates: Collection[date]) -> dict[date, int]:
	"""How many more of the unit may be away on each of the dates; those on which nothing limits it are left out (rule W5)."""
	found: dict[date, int] = {}
	for look in coverage.looks(person, dates) if dates else ():
		found[look.day] = min(look.room.room, found.get(look.day, look.room.room))
	return found


def _day(
	situation: Situation,
	day: date,
	problem: Problem | None,
	room: int | None,
	free: Mapping[date, Policy],
	now: datetime,
) -> dict:
	kind, label = what_on(situation, day)
	is_open = day in free
	if problem and kind == "office":
		kind, label = _closed(problem)
	return {
		"day": day,
		"kind": "full" if is_open and room is not None and room < 1 else kind,
		"label": label,
		"open": is_open,
		"urgent": is_open and asked_dates.is_urgent([day], free, situation.calendar, now),
	}


def _closed(problem: Problem) -> tuple[str, str]:
	"""Why a day in the office cannot be chosen."""
	if problem.kind is Mistake.OFFICE_DAY:
		return "office_day", _("Stays in the office: {0}").format(problem.about.title)
	if problem.kind is Mistake.CLAIMED:
		return "away", _("Leave or duty is asked for")
	if problem.kind is Mistake.TOO_FAR:
		return "closed", _("Too far ahead")
	if problem.kind is Mistake.BEFORE_POLICY:
		return "closed", _("No MKD Policy yet")
	return "closed", _("This day is over") if problem.kind is Mistake.OVER else _("This day has begun")


def _last(person: Person) -> dict | None:
	"""What somebody applied for the last time, to be asked for again."""
	names = frappe.get_all(
		REQUEST,
		filters={"employee": person.employee, "status": ("!=", DRAFT)},
		fields=["name", "reason", "place", "place_details"],
		order_by="creation desc",
		limit=1,
	)
	if not names:
		return None
	of_it = {"parent": names[0].name, "parenttype": REQUEST}
	rows = {"filters": of_it, "order_by": "idx", "parent_doctype": REQUEST}
	return {
		"dates": frappe.get_all("MKD Request Date", pluck="mkd_date", **rows),
		"work_plan": frappe.get_all("MKD Work Plan Item", fields=["activity", "output", "target"], **rows),
		"reason": names[0].reason,
		"place": names[0].place,
		"place_details": names[0].place_details,
	}
