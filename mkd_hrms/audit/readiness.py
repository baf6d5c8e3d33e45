"""What an agency still lacks before its people can work by MKD, counted, with the way to mend it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from redis.exceptions import RedisError

import frappe
from frappe import _
from frappe.utils.background_jobs import get_workers
from frappe.utils.scheduler import is_scheduler_disabled

from mkd_hrms.constants import HR_MANAGER, OFFICER
from mkd_hrms.facts.agency import count_active
from mkd_hrms.facts.attendance.calendars import (
	CalendarKey,
	calendar_key,
	read_calendars_of,
	read_default_list,
)
from mkd_hrms.facts.database.queries import Database
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.lacking import (
	read_holiday_lists,
	read_unknown_gates,
	read_with_holiday_list,
	read_without_standing,
	read_without_superior,
	read_without_unit,
	read_without_user,
)
from mkd_hrms.facts.people import Person, read_people
from mkd_hrms.facts.shift_lists import has_lists
from mkd_hrms.policy.model import Gate
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.decisions.records import split
from mkd_hrms.services.people.approvers import approvers_of
from mkd_hrms.services.platform import server_scripts
from mkd_hrms.services.policies.in_force import in_force, submitted_policies

# Nothing works without it; somebody is held up by it; all is well.
BLOCKING, OPEN, READY = "Blocking", "Open", "Ready"
# The days on which an employee applies: as far as most policies look ahead.
DAYS_AHEAD = 60
# The zones of the country: by any other clock the hours of the policy come too early or too late.
ZONES = ("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura")


@dataclass(frozen=True, slots=True)
class Question:
	"""One thing that must be there: which employees lack it, of how many, and what to do. Of a site there are none."""

	key: str
	title: str
	state: str
	without: tuple[str, ...]
	of: int
	advice: str


def questions(company: str) -> list[Question]:
	"""Everything that is asked about a company: first the site, then its people. A fixed number of statements."""
	return [*_of_the_site(company), *_of_people(company)]


def missing(company: str, key: str) -> tuple[str, ...]:
	"""The employees who lack what one question asks about, by name."""
	return next((question.without for question in _of_people(company) if question.key == key), ())


def _of_the_site(company: str) -> Iterable[Question]:
	tomorrow = clock.today() + timedelta(days=1)
	is_there = {
		"policy": bool(in_force(submitted_policies(), company, tomorrow)),
		"hr": len(_who_decide_for_hr()) > 1,
		"scheduler": not is_scheduler_disabled(),
		"workers": bool(_workers()),
		"scripts": server_scripts.is_supported() or not server_scripts.enabled_scripts(),
		"zone": frappe.db.get_single_value("System Settings", "time_zone") in ZONES,
		"mail": bool(frappe.db.exists("Email Account", {"default_outgoing": 1, "enable_outgoing": 1})),
	}
	for key, (title, state, advice) in _said_of_the_site().items():
		yield Question(key, title, *((READY, (), 0, "") if is_there[key] else (state, (), 0, advice)))


def _said_of_the_site() -> dict[str, tuple[str, str, str]]:
	"""What must be there, how bad it is where it is not, and what to do."""
	return {
		"policy": (
			_("An MKD Policy is in force"),
			BLOCKING,
			_("Open MKD Policy, check the numbers of the shipped one, and submit it."),
		),
		"hr": (
			_("Two people decide for HR"),
			BLOCKING,
			_(
				"Give two users the role HR Manager or MKD Officer: nobody decides an objection against himself."
			),
		),
		**_said_of_servers(),
		"zone": (
			_("The time zone is one of Indonesia"),
			OPEN,
			_("Choose it in System Settings: the hours of the policy are those of this zone."),
		),
		"mail": (
			_("Mail goes out"),
			OPEN,
			_(
				"Set up an Email Account as default for outgoing mail; until then everybody reads notices in the Desk alone."
			),
		),
	}


def _said_of_servers() -> dict[str, tuple[str, str, str]]:
	"""The same of what an administrator starts."""
	return {
		"scheduler": (_("The scheduler runs"), BLOCKING, _("An administrator runs: bench enable-scheduler.")),
		"workers": (
			_("Background workers run"),
			BLOCKING,
			_("An administrator starts them: sudo supervisorctl start all, or bench start."),
		),
		"scripts": (
			_("Server Scripts are allowed, or switched off"),
			BLOCKING,
			_(
				"An administrator runs: bench set-config -g server_script_enabled 1; or disable them in MKD Settings."
			),
		),
	}


def _of_people(company: str) -> Iterable[Question]:
	active = count_active(SiteDatabase(), [company])
	for key, title, lacking, advice in _asked_of_people(company):
		without = tuple(sorted(lacking))
		state = OPEN if without else READY
		yield Question(key, title, state, without, active, advice if without else "")


def _asked_of_people(company: str) -> Iterable[tuple[str, str, Iterable[str], str]]:
	database = SiteDatabase()
	yield (
		"user",
		_("Can log in"),
		read_without_user(database, company),
		_("Enter the User ID in the Employee record, or choose Create User there."),
	)
	yield (
		"unit",
		_("Has a unit"),
		read_without_unit(database, company),
		_(
			"Enter the Department in the Employee record: without it nobody knows who else of the unit is away."
		),
	)
	yield (
		"superior",
		_("Has a superior who decides"),
		_without_decider(database, company),
		_(
			"Enter Reports To in the Employee record, or a leave approver in the Department; until then HR decides."
		),
	)
	yield (
		"calendar",
		_("Has a holiday list for the days ahead"),
		_without_calendar(database, company),
		_("Enter a Holiday List in the Company or the Employee record that reaches far enough."),
	)
	yield (
		"standing",
		_("Was evaluated"),
		read_without_standing(database, company),
		_("Choose Evaluate Now in the list of MKD Eligibility, or wait for the night."),
	)
	unknown = {name: split(gates) for name, gates in read_unknown_gates(database, company).items()}
	for gate, (title, advice) in _said_of_gates().items():
		yield gate, title, [name for name, gates in unknown.items() if gate in gates], advice


def _without_decider(database: Database, company: str) -> list[str]:
	"""Whoever has neither a superior nor a head of his unit who decides about him."""
	names = read_without_superior(database, company)
	people = read_people(database, Scope(employees=tuple(names))) if names else {}
	return [name for name, user in approvers_of(people.values()).items() if not user]


def _without_calendar(database: Database, company: str) -> list[str]:
	"""Whoever has a day ahead of which no holiday list says whether it is worked."""
	if has_lists(database):
		return _one_by_one(read_people(database, Scope(company=company)).values())
	default = read_default_list(database, company)
	keys = {name: (company, name or default, ()) for name in read_holiday_lists(database, company)}
	short = _too_short(database, set(keys.values()))
	return read_with_holiday_list(database, company, {name for name, key in keys.items() if key in short})


def _one_by_one(people: Collection[Person]) -> list[str]:
	"""The same where a shift has a holiday list, so that everybody's calendar is his own."""
	short = _too_short(SiteDatabase(), {calendar_key(person) for person in people})
	return [person.employee for person in people if calendar_key(person) in short]


def _too_short(database: Database, keys: set[CalendarKey]) -> set[CalendarKey]:
	"""The calendars that do not know each of the days ahead."""
	today = clock.today()
	ahead = [today + timedelta(days=number) for number in range(1, DAYS_AHEAD + 1)]
	calendars = read_calendars_of(database, keys, today, ahead[-1])
	return {key for key in keys if any(calendars[key].is_working(day) is None for day in ahead)}


def _who_decide_for_hr() -> set[str]:
	"""Users who can log in and hold a role that decides for HR, besides the administrator."""
	table, user = frappe.qb.DocType("Has Role"), frappe.qb.DocType("User")
	query = frappe.qb.from_(table).join(user).on(user.name == table.parent).select(user.name).distinct()
	query = query.where((table.parenttype == "User") & table.role.isin((HR_MANAGER, OFFICER)))
	return {name for (name,) in query.where(user.enabled == 1).run()} - {"Administrator"}


def _workers() -> list:
	try:
		return get_workers()
	except RedisError:
		return []


def _said_of_gates() -> dict[str, tuple[str, str]]:
	"""What the evaluation could not find out, by gate: what must be there, and what to do."""
	return {
		Gate.TYPE.value: (
			_("Has an employment type that the policy knows"),
			_("Open the report MKD Unknown Words: it names the words and what to do about each."),
		),
		Gate.ROLE.value: (
			_("Has a classified position"),
			_("Open the report MKD Unclassified Roles, tick the positions and choose Classify."),
		),
		Gate.NOT_NEW.value: (
			_("Has a date of joining"),
			_("Enter the Date of Joining in the Employee record."),
		),
		Gate.PERFORMANCE.value: (
			_("Has a performance result"),
			_("Enter or import MKD Performance Records of the last year."),
		),
		Gate.FRESHNESS.value: (
			_("Has a performance result that is new enough"),
			_("Enter or import the MKD Performance Records of the newest period."),
		),
		Gate.TALENT_BOX.value: (
			_("Has a box in the talent map that is new enough"),
			_("Enter or import the MKD Talent Records of the newest year."),
		),
		Gate.RECORDS.value: (
			_("Has attendance for most working days"),
			_("Import the attendance of the last months, or assign shifts so that check-ins count."),
		),
	}
