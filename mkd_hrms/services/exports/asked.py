"""What an export asks for: of whom, of which days, and in which form; and whether it can be had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from mkd_hrms.constants import (
	CHECKIN,
	DAILY_REPORT,
	DAY,
	DISCIPLINE_RECORD,
	PERFORMANCE_RECORD,
	TALENT_RECORD,
)
from mkd_hrms.exchange import rows
from mkd_hrms.exchange.profiles import Profile
from mkd_hrms.exchange.stored import is_stored
from mkd_hrms.facts.agency import read_units_below
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.exported_tables import people_of
from mkd_hrms.facts.reports.narrowed import Narrowed
from mkd_hrms.services.exports.actors import people_left
from mkd_hrms.services.imports import profiles
from mkd_hrms.simulate.files import schema

BY_PROFILE, RECAP, EVALUATION, TABLES = (
	*("File of a Profile", "Monthly Recap", "Monthly Evaluation"),
	"Open Tables",
)
CSV, XLSX, PARQUET = "CSV", "XLSX", "Parquet"
FORMATS = {RECAP: (XLSX, CSV), EVALUATION: (XLSX, CSV), TABLES: (CSV, PARQUET)}
# Which records become rows of a profile.
RECORDS = {
	rows.Presence: "Attendance",
	rows.Punch: CHECKIN,
	rows.Activity: DAILY_REPORT,
	rows.Result: PERFORMANCE_RECORD,
	rows.Discipline: DISCIPLINE_RECORD,
	rows.TalentBox: TALENT_RECORD,
	rows.Planned: DAY,
}
# A year, whichever it is; and what the layouts with columns for days hold.
LONGEST, LONGEST_BY_DAYS = 366, 31


def can_write_parquet() -> bool:
	"""Whether this bench has the library that writes it; CSV needs none."""
	return find_spec("duckdb") is not None


@dataclass(frozen=True, slots=True)
class Asked:
	"""An export, as its writers see it. `people` whom its user may see and `units`: None is all; `records`: what it tells of."""

	company: str
	kind: str
	form: str
	since: date
	until: date
	profile: Profile | None
	units: tuple[str, ...] | None
	people: frozenset[str] | None
	records: tuple[str, ...]

	@property
	def narrowed(self) -> Narrowed:
		"""Whose rows are told."""
		return Narrowed(self.company, self.units, self.people)

	@property
	def period(self) -> tuple[date, date]:
		"""From when to when, both included."""
		return self.since, self.until


def of(doc: Document, user: str) -> Asked:
	"""What stands in an export, for its user. Raises ValidationError."""
	profile = profiles.named(doc.profile) if doc.kind == BY_PROFILE else None
	units = tuple(read_units_below(SiteDatabase(), doc.department)) if doc.department else None
	since, until = getdate(doc.from_date), getdate(doc.to_date)
	records = _records(doc.kind, profile)
	people = people_left(doc.company, user, records)
	return Asked(doc.company, doc.kind, doc.format, since, until, profile, units, people, records)


def _records(kind: str, profile: Profile | None) -> tuple[str, ...]:
	"""The DocTypes of people that an export tells of."""
	if kind == BY_PROFILE:
		return (RECORDS[profile.row],)
	if kind == TABLES:
		return tuple(
			table.name
			for table in schema.TABLES
			if people_of(table.name, [column.name for column in table.columns])
		)
	return DAY, DAILY_REPORT


def check(doc: Document) -> None:
	"""Refuse what no file can be written of, before a worker tries. Raises ValidationError."""
	since, until = getdate(doc.from_date), getdate(doc.to_date)
	if not 0 <= (until - since).days < LONGEST:
		frappe.throw(_("Choose a period of at most {0} days that ends after it begins.").format(LONGEST))
	if doc.kind == BY_PROFILE:
		_check_profile(doc, since, until)
		return
	doc.profile = None
	if doc.kind == EVALUATION and since.replace(day=1) != until.replace(day=1):
		frappe.throw(_("A monthly evaluation is of one month. Choose days of one month."))
	if doc.format == PARQUET and not can_write_parquet():
		frappe.throw(
			_("Parquet needs the extra {0} on this bench. Choose CSV, or install it.").format(
				"mkd_hrms[simulate]"
			)
		)
	if doc.format not in FORMATS[doc.kind]:
		frappe.throw(_("This is written as {0}.").format(" / ".join(FORMATS[doc.kind])))


def _check_profile(doc: Document, since: date, until: date) -> None:
	if not doc.profile:
		frappe.throw(_("Choose the profile by which the file is written."))
	profile = profiles.named(doc.profile)
	if not is_stored(profile.row):
		frappe.throw(_("No record of this site holds what a file of {0} says.").format(profile.name))
	if profile.layout == "wide month" and since.replace(day=1) != until.replace(day=1):
		frappe.throw(_("A file with a column a day is of one month. Choose days of one month."))
	if profile.layout == "punch pairs" and (until - since).days >= LONGEST_BY_DAYS:
		frappe.throw(_("A file with columns for days holds at most {0} of them.").format(LONGEST_BY_DAYS))
	doc.format = None
