"""A Company that is joined with another, goes, or has its transactions cleared: what was decided in it stays on record."""

from __future__ import annotations

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_link_to_form

from mkd_hrms.constants import DAILY_REPORT, DAY, PERSON, POLICY, SETTINGS, SUITABILITY, UNIT
from mkd_hrms.facts.attendance.calendars import read_periods
from mkd_hrms.facts.database.site import Beside, SiteDatabase, another_connection
from mkd_hrms.facts.identity import read_orphans
from mkd_hrms.services.policies import in_force
from mkd_hrms.services.renames import circulars
from mkd_hrms.services.renames.our_records import (
	BY_THE_EVALUATION,
	fields_naming,
	forget_evaluations,
)
from mkd_hrms.services.standing.changes_noted import COMPANY, concerns

CALENDAR = "MKD Calendar"
IGNORED, DOCTYPE_NAME = "doctypes_to_be_ignored", "doctype_name"


def before_merge(old: str, new: str) -> None:
	"""Refuse to put the people of a company under a policy or a calendar made for others. Raises ValidationError."""
	if policy := frappe.db.get_value(POLICY, {"company": old, "docstatus": 1}):
		frappe.throw(
			_(
				"{0} is the policy of {1} alone, and decisions rest on it: merging the companies would put everybody of {2} under it. Move the people to {2} by Employee Transfer instead."
			).format(get_link_to_form(POLICY, policy), frappe.bold(old), frappe.bold(new)),
			title=_("Two Policies"),
		)
	_refuse_two_calendars(old, new)
	circulars.refuse_companies(old, new)


def _refuse_two_calendars(old: str, new: str) -> None:
	rows = frappe.get_all(
		CALENDAR,
		filters={"parent": SETTINGS, "company": ("in", (old, new))},
		fields=["company", "holiday_list"],
	)
	periods = read_periods(SiteDatabase(), {row.holiday_list for row in rows})
	kept = {name: {row.holiday_list for row in rows if row.company == name} for name in (old, new)}
	for one in sorted(kept[old]):
		for other in sorted(kept[new]):
			if periods[one][0] <= periods[other][1] and periods[other][0] <= periods[one][1]:
				frappe.throw(
					_(
						"MKD Settings keep {0} for {1} and {2} for {3}, of the same days (rule T3). Take one of them out of the calendars first."
					).format(frappe.bold(one), old, frappe.bold(other), new),
					title=_("Two Calendars"),
				)


def before_rename(new: str) -> None:
	"""Once it is stored, its policies are read under the new name, and its people are evaluated by them."""
	in_force.clear_cache()
	concerns(COMPANY, new)


def on_trash(company: Document) -> None:
	"""A company goes with what the evaluation found in it, unless one of its people or units is on record.

	Raises LinkExistsError; the platform, which has deleted both by now, asks for the other links.
	"""
	forget_evaluations("Company", company.name)
	for found in _naming_people_and_units():
		if record := _orphaned(*found):
			frappe.throw(
				_(
					"{0} {1} stays on record and names somebody or a unit of {2}, deleted together with it. Move people by Employee Transfer, and units by their company, to another one first."
				).format(_(found[0]), get_link_to_form(found[0], record), frappe.bold(company.name)),
				frappe.LinkExistsError,
				title=_("On Record"),
			)


def _naming_people_and_units() -> Iterator[tuple[str, ...]]:
	"""DocType, column, and what it names; of a decision about suitability also the column that says which kind it is."""
	for kind in (PERSON, UNIT):
		for found in fields_naming(kind):
			if found.doctype not in BY_THE_EVALUATION:
				yield (*found, kind)
		yield SUITABILITY, "reference_name", kind, "reference_doctype"


def _orphaned(*found: str) -> str | None:
	"""A record of which this transaction has deleted whom or what it names."""
	orphans = read_orphans(SiteDatabase(), *found)
	if not orphans:
		return None
	with another_connection() as connection:
		before = read_orphans(Beside(connection), *found)
	return next(iter(sorted(orphans - before)), None)


def before_clearing(record: Document) -> None:
	"""A Transaction Deletion Record leaves alone what is ours, and what our records name: decisions stay as they were made."""
	kept = {row.get(DOCTYPE_NAME) for row in record.get(IGNORED)}
	for doctype in _left_alone_by_clearing(record.company):
		if doctype not in kept:
			record.append(IGNORED, {DOCTYPE_NAME: doctype})


def _left_alone_by_clearing(company: str) -> list[str]:
	"""Without a record of ours the platform clears what it always clears (invariant 10)."""
	ours = sorted({found.doctype for found in fields_naming(COMPANY)})
	if not frappe.db.exists(DAY, {"company": company}):
		return ours
	named = ["Employee Transfer"]
	if frappe.db.exists(DAY, {"company": company, "attendance": ("is", "set")}):
		named.append("Attendance")
	if frappe.get_all(
		DAILY_REPORT,
		filters=[["MKD Daily Report Activity", "goal", "is", "set"], ["company", "=", company]],
		limit=1,
	):
		named.append("Goal")
	superseding = {"company": company, "superseded_by_doctype": ("is", "set")}
	named += frappe.get_all(DAY, filters=superseding, pluck="superseded_by_doctype", distinct=True)
	return [*ours, *dict.fromkeys(named)]
