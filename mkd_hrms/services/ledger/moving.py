"""Used days under another name of their person: a record was renamed, joined or transferred, or a NIP became known.

They keep their dates and states. Where two days of a week hold the same place, all of the week get new ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

import frappe
from frappe import _

from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.days import PlacedDay, read_placed
from mkd_hrms.policy.quota import places
from mkd_hrms.services.ledger.booking import DayTaken, QuotaExceeded, lock_person
from mkd_hrms.services.ledger.quota_messages import date_twice_message, overfull_message

# The new place of a day in its week, by the day's name.
Places = Mapping[str, int]


def move_person(employee: str, person: str, until: date = date.max) -> None:
	"""Carry an employee's used days, up to a date, to the name by which the person is known from now on.

	With them go the days of an older record that a transfer had brought to this one. Raises DayTaken where the
	person already uses one of the dates through another record, QuotaExceeded where a week would hold too many.
	"""
	lock_person(employee)
	days = read_placed(SiteDatabase(), [employee], [employee, person])
	moving = [day for day in days if day.person != person and day.mkd_date <= until]
	if not moving:
		return
	staying = [day for day in days if day.person == person]
	try:
		_write(person, moving, arranged(person, moving, staying))
	except Exception as clash:
		if not frappe.db.is_unique_key_violation(clash):
			raise
	else:
		return
	frappe.throw(
		_("{0} already uses MKD days of the same weeks through another Employee record.").format(person),
		DayTaken,
	)


def arranged(person: str, moving: Iterable[PlacedDay], staying: Iterable[PlacedDay]) -> Places:
	"""The places that change when days come to a person who has some.

	Raises DayTaken where a date would be used twice, QuotaExceeded where a week would hold more days than it may.
	"""
	weeks: dict[str, list[PlacedDay]] = defaultdict(list)
	for day in (*moving, *staying):
		weeks[day.iso_week].append(day)
	changed: dict[str, int] = {}
	for week, days in sorted(weeks.items()):
		_refuse_date_twice(person, days)
		if len({day.slot for day in days}) == len(days):
			continue
		# A day by circular may be in any place (rule W11).
		slots = places([len(days) if day.is_collective else day.limit for day in days])
		if slots is None:
			limit = max(day.limit for day in days)
			frappe.throw(overfull_message(person, week, limit, days), QuotaExceeded, title=_("Weekly Limit"))
		changed |= {day.name: slot for day, slot in zip(days, slots, strict=True) if slot != day.slot}
	return changed


def _refuse_date_twice(person: str, days: Iterable[PlacedDay]) -> None:
	by_date: dict[date, list[PlacedDay]] = defaultdict(list)
	for day in days:
		by_date[day.mkd_date].append(day)
	for same in by_date.values():
		if len(same) > 1:
			frappe.throw(date_twice_message(person, same), DayTaken, title=_("Date Used Twice"))


def _write(person: str, moving: Iterable[PlacedDay], changed: Places) -> None:
	"""By primary key. A place is given up before another day takes it: without a person a row holds none."""
	table = frappe.qb.DocType("MKD Day")
	names = [day.name for day in moving]
	if changed:
		frappe.qb.update(table).set(table.person, None).where(table.name.isin(list(changed))).run()
	for name, slot in changed.items():
		frappe.qb.update(table).set(table.slot, slot).where(table.name == name).run()
	frappe.qb.update(table).set(table.person, person).where(table.name.isin([*names, *changed])).run()
