"""What the form of an employee shows of MKD: his standing for tomorrow, and his days of this and the next week.

Who may see how much is decided before (rule P3); the queries are as many for every employee.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import IntEnum

import frappe
from frappe import _
from frappe.utils import format_date, strip_html

from mkd_hrms.constants import DAY, ELIGIBILITY
from mkd_hrms.facts.attendance.away import Away, away_on
from mkd_hrms.facts.people import Person
from mkd_hrms.judging.application import limit_of_week
from mkd_hrms.policy.as_json import decisions_from_json, findings_by_dates
from mkd_hrms.policy.dates import iso_week, week_days
from mkd_hrms.policy.model import Verdict
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.decisions.reasons import told
from mkd_hrms.services.ledger.over_limit import special_among
from mkd_hrms.services.people.availability import Situation, read_situation
from mkd_hrms.services.policies.in_force import is_in_scope, policy_by_day

WEEK = timedelta(weeks=1)
STANDING = ("outcome", "tier_limit", "changes_on", "failed_gates", "unknown_gates", "findings")
# What stands in the way; what passes is no news on this form.
OPEN = (Verdict.FAIL, Verdict.UNKNOWN)


class Sight(IntEnum):
	"""How much somebody may know of an employee: where he works, which gates are open, or all of it."""

	DAYS = 1
	GATES = 2
	ALL = 3


def of(person: Person, sight: Sight) -> dict:
	"""Empty for whoever is not active, and while no policy is in force for him."""
	today = clock.today()
	if person.status != "Active" or not is_in_scope(person.company, today + WEEK):
		return {}
	row = frappe.db.get_value(ELIGIBILITY, person.employee, STANDING, as_dict=True)
	return {
		"employee": person.employee,
		"standing": _standing(row, sight) if sight > Sight.DAYS else None,
		"weeks": _weeks(person, today, row.tier_limit if row else None),
	}


def _standing(row: frappe._dict | None, sight: Sight) -> dict:
	"""Without a row nobody has been evaluated yet, which is neither good nor bad."""
	if not row:
		return {"outcome": None, "label": _("Not evaluated yet")}
	standing = {
		"outcome": row.outcome,
		"label": _(row.outcome),
		"failed": _gates(row.failed_gates),
		"unknown": _gates(row.unknown_gates),
	}
	if sight < Sight.ALL:
		return standing
	return standing | {
		"tier_limit": row.tier_limit,
		"changes_on": format_date(row.changes_on) if row.changes_on else None,
		"reasons": told(findings_by_dates(decisions_from_json(row.findings)), OPEN),
	}


def _gates(names: str | None) -> list[str]:
	return [_(name, context="MKD Policy Gate") for name in (names or "").split(", ") if name]


def _weeks(person: Person, today: date, tier: int | None) -> list[dict]:
	situation = read_situation(person, (today, today + WEEK), today)
	special = special_among(situation.used)
	return [_week(situation, iso_week(day), tier, special) for day in (today, today + WEEK)]


def _week(situation: Situation, week: str, tier: int | None, special: set[str]) -> dict:
	used = [day for day in situation.used if day.iso_week == week]
	days, is_special = week_days(week), any(day.source_name in special for day in used)
	in_force = policy_by_day(situation.person.company)
	return {
		"week": week,
		"dates": _("{0} to {1}").format(format_date(days[0]), format_date(days[-1])),
		"used": len(used),
		"collective": sum(day.is_collective for day in used),
		"limit": limit_of_week(situation, week, in_force, tier, is_special),
		"days": [_day(situation, day) for day in days if is_shown(situation, day)],
	}


def is_shown(situation: Situation, day: date) -> bool:
	"""Monday to Friday, and a Saturday or Sunday on which somebody works."""
	return day.isoweekday() <= 5 or situation.calendar.is_working(day) is True


def _day(situation: Situation, day: date) -> dict:
	kind, label = what_on(situation, day)
	half = next((away for away in situation.away if away.touches(day) and not away.covers(day)), None)
	return {
		"date": str(day),
		"weekday": format_date(day, "EEE"),
		"shown": format_date(day),
		"today": day == situation.today,
		"kind": kind,
		"label": label,
		"note": _("Half a day: {0}").format(_away(half)) if half else None,
	}


def what_on(situation: Situation, day: date) -> tuple[str, str]:
	"""The kind of a day, as a word of the program, and what the reader reads. What comes first hides the rest."""
	working = situation.calendar.is_working(day)
	if not situation.serves(day):
		return "none", _("Not in service")
	if working is False:
		return "holiday", strip_html(situation.calendar.holiday(day) or "") or _("Holiday")
	if away := away_on(situation.away, day):
		return "away", _away(away)
	if used := next((entry for entry in situation.used if entry.mkd_date == day), None):
		return "mkd", _("MKD: {0}").format(_(used.status, context=DAY))
	return ("none", _("Calendar missing")) if working is None else ("office", _("Office"))


def _away(away: Away) -> str:
	"""Leave or duty, and no more than that."""
	return _("Leave", context=DAY) if away.kind == "Leave Application" else _("Official duty")
