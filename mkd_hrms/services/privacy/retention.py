"""Coordinates and evidence of MKD days after the retention period (rule P4): rounded, deleted, and recorded.

Check-ins of days in the office are Frappe HR's and stay as they are. Every chunk is a transaction of its own, and
what is done no longer shows up: a run that was killed is simply run again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import frappe

from mkd_hrms.constants import DAILY_REPORT, OBJECTION, REQUEST, SETTINGS
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger import personal_data as facts
from mkd_hrms.policy.dates import add_months
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.platform.transactions import on_its_own

CHECKIN, RUN = "Employee Checkin", "MKD Retention Run"
# Two digits after the point are about a kilometre.
DIGITS = 2
AT_ONCE, PEOPLE_AT_ONCE, FILES_AT_ONCE = 1000, 500, 100
WINDOW = timedelta(days=7)
# HR may still enter days that long ago; older corrections have no check-ins to speak of.
LOOK_BACK = timedelta(days=62)
COORDINATES = ("latitude", "longitude", "geolocation")
# Where the name of a deleted file stands.
EVIDENCE_FIELDS = {
	REQUEST: (REQUEST, "name"),
	DAILY_REPORT: ("MKD Daily Report Activity", "parent"),
	OBJECTION: (OBJECTION, "name"),
}


@dataclass(frozen=True, slots=True)
class Reach:
	"""The MKD days that are looked at: of everybody, or of some Employee records."""

	since: date
	before: date
	employees: tuple[str, ...] | None = None


def forget() -> str | None:
	"""Round and delete what is older than the settings say. Returns the name of the record of this run.

	Where they say nothing, nothing is deleted.
	"""
	months = frappe.db.get_single_value(SETTINGS, "retention_months", cache=False)
	if not months:
		return None
	before = add_months(clock.today(), -months)
	return _run(Reach(_begin_at(before), before))


def forget_person(employees: Sequence[str]) -> list[str]:
	"""The same at once and for all days, for somebody whose personal data are to be deleted."""
	first = facts.read_first_day(SiteDatabase()) or clock.today()
	return [_run(Reach(first, date.max - 3 * WINDOW, (employee,)), employee) for employee in employees]


def _begin_at(before: date) -> date:
	"""Where the last run ended, less the days that may have come in since; at first, the oldest MKD day."""
	last = frappe.db.get_value(
		RUN, {"employee": ("is", "not set")}, "days_before", order_by="days_before desc"
	)
	return last - LOOK_BACK if last else facts.read_first_day(SiteDatabase()) or before


def _run(reach: Reach, employee: str | None = None) -> str:
	counts = {
		"checkins": _blur_checkins(reach),
		"places": _blur_places(reach),
		"files": _delete_evidence(reach),
	}
	run = frappe.new_doc(RUN)
	run.update({"ran_at": clock.now(), "employee": employee, **counts})
	if not employee:
		run.update({"days_since": reach.since, "days_before": reach.before})
	run.flags.from_service = run.flags.ignore_permissions = True
	run.insert()
	frappe.db.commit()
	return run.name


def _blur_checkins(reach: Reach) -> int:
	count = 0
	for since, before in _windows(reach):
		days = facts.read_away_days(SiteDatabase(), since, before, reach.employees)
		for people in _chunks(sorted({employee for employee, _day in days}), PEOPLE_AT_ONCE):
			found = facts.read_exact_checkins(SiteDatabase(), people, since, before, DIGITS)
			names = [name for name, employee, day in found if (employee, day) in days]
			for chunk in _chunks(names, AT_ONCE):
				_round(
					CHECKIN, chunk, COORDINATES[0], COORDINATES[1], {"geolocation": None, "mkd_accuracy": 0}
				)
				count += len(chunk)
	return count


def _windows(reach: Reach) -> Iterator[tuple[date, date]]:
	"""Weeks, up to the last day that can hold anything: check-ins of days to come do not exist."""
	start, end = reach.since, min(reach.before, clock.today() + timedelta(days=1))
	while start < end:
		yield start, min(start + WINDOW, end)
		start += WINDOW


def _blur_places(reach: Reach) -> int:
	count = 0
	while names := facts.read_exact_places(SiteDatabase(), reach.before, reach.employees, DIGITS, AT_ONCE):
		_round(REQUEST, names, "place_latitude", "place_longitude", {})
		count += len(names)
	return count


def _round(doctype: str, names: Collection[str], latitude: str, longitude: str, also: dict) -> None:
	"""One statement for the rows, one for what their versions still say."""
	table, version = frappe.qb.DocType(doctype), frappe.qb.DocType("Version")
	query = frappe.qb.update(table)
	for name in (latitude, longitude):
		query = query.set(table[name], facts.ROUND(table[name], DIGITS))
	for name, value in also.items():
		query = query.set(table[name], value)
	query.where(table.name.isin(list(names))).run()
	exact = (
		version.data.like("%latitude%")
		| version.data.like("%longitude%")
		| version.data.like("%geolocation%")
	)
	of_these = (version.ref_doctype == doctype) & version.docname.isin(list(names))
	frappe.qb.from_(version).delete().where(of_these & exact).run()
	frappe.db.commit()


def _delete_evidence(reach: Reach) -> int:
	"""File by file. One that cannot be deleted is logged and tried again the next night."""
	count, failed = 0, set()
	held = facts.read_held(SiteDatabase(), reach.before)
	while found := _evidence(reach, held, failed):
		for name, doctype, owner in found:
			title = f"MKD: the evidence {name} could not be deleted"
			if on_its_own(partial(_delete_file, name, doctype, owner), title, doctype, owner):
				count += 1
			else:
				failed.add(name)
	return count


def _evidence(reach: Reach, held: facts.Held, but: Collection[str]) -> list[tuple[str, str, str]]:
	most = FILES_AT_ONCE + len(but)
	found = facts.read_evidence(SiteDatabase(), reach.before, reach.employees, held, most)
	return [entry for entry in found if entry[0] not in but]


def _delete_file(name: str, doctype: str, owner: str) -> None:
	"""Through the platform, which also removes it from the disk unless another record uses it.

	The hash of a report's file stays: it is evidence of that day for good (rule D4).
	"""
	# The platform protects what is attached to a document that was handed in.
	frappe.db.set_value("File", name, {"attached_to_doctype": None, "attached_to_name": None})
	frappe.delete_doc("File", name, ignore_permissions=True, force=True, delete_permanently=True)
	table, column = EVIDENCE_FIELDS[doctype]
	frappe.db.set_value(table, {column: owner}, "evidence", None, update_modified=False)


def _chunks(names: Sequence[str], size: int) -> Iterator[Sequence[str]]:
	for start in range(0, len(names), size):
		yield names[start : start + size]
