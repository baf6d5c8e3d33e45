"""A day on which a unit stays in the office is declared (W7): what is booked on it is given back, and whoever had it is told."""

from __future__ import annotations

from datetime import date
from functools import partial

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html, getdate

from mkd_hrms.constants import DAY, OFFICE_DAY
from mkd_hrms.facts.agency import read_units_below
from mkd_hrms.facts.coverage_rules import read_office_days
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.days import UsedDay, read_used_between
from mkd_hrms.services.booked_days.superseding import AT_ONCE, GIVES_WAY_TO_HOLIDAY, give_back
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.people.person import read_persons
from mkd_hrms.services.platform.announcements import Announcement, announce
from mkd_hrms.services.platform.wording import day_list


def follow(document: Document) -> None:
	"""Look at the days from today on; a worker does where there are many.

	Raises ValidationError while a request of these days is being decided.
	"""
	waiting = sum(map(len, _days_of(document).values()))
	if waiting > AT_ONCE:
		job = "mkd_hrms.tasks.give_way_to_office_day"
		frappe.enqueue(job, queue="long", enqueue_after_commit=True, name_of=document.name)
	elif waiting:
		give_way(document)


def give_way_by_worker(name: str) -> None:
	"""The same later, if it still holds by then. Raises ValidationError while a request of these days is being decided."""
	document = frappe.get_doc(OFFICE_DAY, name)
	if document.docstatus.is_submitted():
		give_way(document)


def give_way(document: Document) -> None:
	"""Give back the MKD days on which a unit stays in the office; of many people one after the other.

	Raises ValidationError while a request of these days is being decided.
	"""
	found = _days_of(document)
	people = read_persons(sorted(found))
	for employee, days in sorted(found.items()):
		give_back(employee, days, document, GIVES_WAY_TO_HOLIDAY)
		# Whoever counted on the day would miss what the unit meets for.
		told = partial(_say, document, [day.mkd_date for day in days])
		announce(
			"mkd_in_the_office", DAY, Announcement((people[employee].user,), DAY, days[0].name, say=told)
		)
		if len(found) > AT_ONCE:
			frappe.db.commit()


def _say(document: Document, days: list[date], _in_mail: bool) -> tuple[str, str]:
	subject = _("Work in the office on {0}: {1}").format(day_list(days), document.title)
	kind = _(document.kind, context=OFFICE_DAY)
	lines = [
		_("On {0} your unit works in the office. {1}: {2} ({3}).").format(
			day_list(days), kind, document.title, document.legal_basis
		),
		_("Your MKD days on these dates were given back. You may apply for other dates."),
	]
	return subject, "<br>".join(map(escape_html, lines))


def _days_of(document: Document) -> dict[str, list[UsedDay]]:
	"""By employee, the days that have not begun and fall on it."""
	database, since, until = SiteDatabase(), getdate(document.from_date), getdate(document.to_date)
	since = max(since, clock.today())
	told = next(
		(entry for entry in read_office_days(database, since, until) if entry.name == document.name), None
	)
	if not told:
		return {}
	units = read_units_below(database, told.department) if told.department else ()
	scope = Scope(units=tuple(units)) if units else Scope(company=told.company)
	used = read_used_between(database, scope, since, until, GIVES_WAY_TO_HOLIDAY)
	found = {name: [day for day in days if told.falls_on(day.mkd_date)] for name, days in used.items()}
	return {name: days for name, days in found.items() if days}
