"""What an outage changes in what has been recorded already (rule D11): marks that arose because of it are taken back.

What a day becomes after that is left to the day's end, which reads everything anew; so cancelling an outage needs
no memory of what it had done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, getdate

from mkd_hrms.constants import APPROVED, DAILY_REPORT, DAY, NO_SHOW, OUTAGE, RETURNED, SUBMITTED
from mkd_hrms.facts.attendance.calendars import calendar_key, read_calendars
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.ended_days import (
	DueDay,
	read_approvals,
	read_marked_day,
	read_marked_days,
)
from mkd_hrms.facts.people import read_people
from mkd_hrms.policy.dates import Calendar
from mkd_hrms.policy.day.daily_report import Timing, grace_until, timing
from mkd_hrms.policy.day.outages import Outage, extended
from mkd_hrms.policy.day.working_hours import working_time
from mkd_hrms.services.attendance import writer
from mkd_hrms.services.calendar.outages import outages_of
from mkd_hrms.services.daily_reports import missing
from mkd_hrms.services.daily_reports.due_times import LOOK_AHEAD
from mkd_hrms.services.ledger import booking, transitions
from mkd_hrms.services.people import assignments
from mkd_hrms.services.platform.transactions import on_its_own
from mkd_hrms.services.policies.in_force import policy_on

# So many days are looked at while the outage is being submitted; more are left to a job.
AT_ONCE = 50
# How one day or report is settled: what it is, its name, and what is done and counted.
Each = Callable[[str, str, Callable[[], Counter]], Counter]


@dataclass(frozen=True, slots=True)
class Around:
	"""What surrounds the days of some people: calendars and outages, and when each day of the ledger was approved."""

	calendars: dict[str, Calendar]
	outages: dict[str, tuple[Outage, ...]]
	approvals: dict[str, datetime]


def settle(outage: Document) -> None:
	"""After an outage was submitted or cancelled; of many people, by a worker."""
	concerned = len(_marked(outage)) + len(_handed_in(outage))
	if concerned <= AT_ONCE:
		_settle(outage, _together)
		return
	job = "mkd_hrms.tasks.settle_outage"
	frappe.enqueue(job, queue="long", timeout=3600, enqueue_after_commit=True, name=outage.name)


def settle_by_worker(name: str) -> None:
	"""Each day and report in a transaction of its own: one that cannot be settled keeps no other waiting."""
	_settle(frappe.get_doc(OUTAGE, name), _one_by_one)


def _together(doctype: str, name: str, work: Callable[[], Counter]) -> Counter:
	return work()


def _one_by_one(doctype: str, name: str, work: Callable[[], Counter]) -> Counter:
	told = Counter()
	on_its_own(
		lambda: told.update(work()), f"MKD: {name} could not be settled after an outage", doctype, name
	)
	return told


def _settle(outage: Document, each: Each) -> None:
	told = Counter()
	if outage.docstatus.is_submitted():
		told += _take_back_marks(outage, each)
	told += _judge_handed_in(outage, each)
	if told:
		said = ", ".join(f"{_(what)}: {count}" for what, count in sorted(told.items()))
		outage.db_set("taken_back", said)


def _marked(outage: Document) -> tuple[DueDay, ...]:
	first, last = getdate(outage.from_datetime) - LOOK_AHEAD, getdate(outage.to_datetime)
	return read_marked_days(SiteDatabase(), first, last)


def _handed_in(outage: Document) -> list:
	"""The reports whose due time or verification the outage may concern."""
	first, last = get_datetime(outage.from_datetime), get_datetime(outage.to_datetime)
	fields = "name employee company mkd_date mkd_day submitted_on is_late status verify_by escalated_on"
	fields = [*fields.split(), "mkd_day.reopened_on as reopened_on"]
	days = {"docstatus": 1, "mkd_date": ("between", (first.date() - timedelta(days=1), last.date()))}
	waiting = {
		"docstatus": 1,
		"status": ("in", (SUBMITTED, RETURNED)),
		"verify_by": ("between", (first, last)),
	}
	found = [row for filters in (days, waiting) for row in frappe.get_all(DAILY_REPORT, filters, fields)]
	return list({row.name: row for row in found}.values())


def _around(days: Mapping[str, DueDay | frappe._dict], since: date, until: date) -> Around:
	"""By day of the ledger: the day itself, or the report about it."""
	employees = sorted({day.employee for day in days.values()})
	people = read_people(SiteDatabase(), Scope(employees=tuple(employees))) if employees else {}
	approvals = read_approvals(SiteDatabase(), days)
	last = max([until, *(moment.date() for moment in approvals.values())])
	calendars = read_calendars(SiteDatabase(), people.values(), since, last + LOOK_AHEAD)
	return Around(
		{employee: calendars[calendar_key(person)] for employee, person in people.items()},
		outages_of(employees, since),
		approvals,
	)


def _take_back_marks(outage: Document, each: Each) -> Counter:
	days, told = _marked(outage), Counter()
	by_name = {day.name: day for day in days}
	around = _around(by_name, getdate(outage.from_datetime) - LOOK_AHEAD, getdate(outage.to_datetime))
	for day in days:
		told += each(DAY, day.name, partial(_take_back, outage, day, around))
	return told


def arose_from(name: str, day: DueDay, around: Around) -> bool:
	"""Whether the report's grace ended in the outage, or an absence was found on a day that it kept people out of."""
	mine = around.outages.get(day.employee, ())
	policy, calendar = policy_on(day.company, day.mkd_date), around.calendars[day.employee]
	due, approved_at = day.counts_from, around.approvals.get(day.name)
	until = max(due, approved_at.date() if approved_at else due) + LOOK_AHEAD

	def grace(outages: Iterable[Outage]) -> datetime | None:
		return grace_until(policy, calendar, due, until, outages, approved_at)

	if grace(mine) != grace([entry for entry in mine if entry.record != name]):
		return True
	is_absence = day.status == NO_SHOW or day.absence_proposed
	kept_out = any(
		entry.record == name and entry.touches(*working_time(policy, day.mkd_date)) for entry in mine
	)
	return is_absence and kept_out


def _take_back(outage: Document, day: DueDay, around: Around) -> Counter:
	"""What arose from the outage; the day as it is behind the lock, for somebody may have decided about it meanwhile."""
	booking.lock_person(day.employee)
	day = read_marked_day(SiteDatabase(), day.name)
	if not day or not arose_from(outage.name, day, around):
		return Counter()
	reason = _("Taken back because of outage {0}: {1}").format(outage.name, outage.reason)
	# What a person found about the place of a day has nothing to do with an outage: only the report is open again.
	if not frappe.db.get_value(DAY, day.name, "false_place"):
		transitions.reopen(day)
	if day.status == NO_SHOW:
		writer.undo([day.name])
	assignments.close_questions([day.name])
	reports = missing.take_back([day.name], reason)
	frappe.get_doc(DAY, day.name).add_comment("Info", frappe.utils.escape_html(reason))
	absences = int(day.status == NO_SHOW)
	proposed = int(day.status == APPROVED and day.absence_proposed)
	return Counter({"Missing": len(reports), NO_SHOW: absences, "Absence Proposed": proposed}) + Counter()


def _judge_handed_in(outage: Document, each: Each) -> Counter:
	"""Whether a report came late, and whether nobody verified it in time, is asked again."""
	rows, told = _handed_in(outage), Counter()
	by_day = {row.mkd_day: row for row in rows}
	around = _around(by_day, getdate(outage.from_datetime) - LOOK_AHEAD, getdate(outage.to_datetime))
	for row in (row for row in rows if row.employee in around.calendars):
		told += each(DAILY_REPORT, row.name, partial(_judge, outage, row, around))
	return told


def _judge(outage: Document, row: frappe._dict, around: Around) -> Counter:
	mine = around.outages.get(row.employee, ())
	values = _lateness(row, mine, around) | _escalation(row, mine)
	if not values:
		return Counter()
	report = frappe.get_doc(DAILY_REPORT, row.name)
	report.db_set(values)
	report.add_comment("Info", _("Looked at again because of outage {0}.").format(outage.name))
	return Counter(["Late" if "is_late" in values else "Escalated"])


def _lateness(row: frappe._dict, mine: tuple[Outage, ...], around: Around) -> dict:
	policy, calendar = policy_on(row.company, row.mkd_date), around.calendars[row.employee]
	approved_at = around.approvals.get(row.mkd_day)
	due = max(row.mkd_date, row.reopened_on or row.mkd_date)
	late = timing(policy, calendar, due, row.submitted_on, mine, approved_at) is not Timing.IN_TIME
	return {} if late == bool(row.is_late) else {"is_late": int(late)}


def _escalation(row: frappe._dict, mine: tuple[Outage, ...]) -> dict:
	waits = row.status in (SUBMITTED, RETURNED) and row.escalated_on and row.verify_by
	if not waits or extended(_minute(row.verify_by), mine) <= row.escalated_on:
		return {}
	return {"escalated_on": None, "escalated_to": None}


def _minute(moment: datetime) -> datetime:
	return moment.replace(second=0, microsecond=0)
