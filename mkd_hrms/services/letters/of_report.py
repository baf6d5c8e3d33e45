"""Daily reports that were decided, as a sheet of verification: of one day, or of somebody's days in a period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.translate import print_language
from frappe.utils import format_datetime, getdate

from mkd_hrms.constants import DAILY_REPORT, LETTER, MISSING, REJECTED, VERIFIED
from mkd_hrms.services.letters import register, signature
from mkd_hrms.services.letters.kinds import Kind
from mkd_hrms.services.letters.letter import (
	LANGUAGE,
	Letter,
	about,
	basis_of,
	long_date,
	numbered,
	place_and_date,
	registered,
)
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.policies.in_force import in_force, submitted_policies

# How a report ends. What still waits stands in no sheet: it could come out either way.
DECIDED = (VERIFIED, REJECTED)
ENDED = (*DECIDED, MISSING)


def letter_of(name: str | None, entry: Document | None = None) -> Letter:
	"""The sheet of one report, from what is stored. Raises DoesNotExistError, PermissionError."""
	report = frappe.get_doc(DAILY_REPORT, name)
	report.check_permission("print")
	with print_language(LANGUAGE):
		if report.status not in DECIDED:
			return registered(_undecided(report), entry)
		entry = entry or register.found(DAILY_REPORT, report.name, Kind.VERIFICATION_SHEET)
		return registered(_sheet([report], entry), entry)


def sheet_of(entry: Document) -> Letter:
	"""The sheet of several days, from its entry in the register. Raises PermissionError."""
	reports = ended(entry.employee, register.days_in(entry))
	for report in reports:
		report.check_permission("print")
	with print_language(LANGUAGE):
		return registered(_sheet(reports, entry), entry)


def ended(employee: str, days: Iterable) -> list[Document]:
	"""The reports of somebody about some days, as far as each has ended, in the order of the days."""
	asked = {"employee": employee, "mkd_date": ("in", list(days) or [None]), "status": ("in", ENDED)}
	names = frappe.get_all(DAILY_REPORT, asked, pluck="name", order_by="mkd_date, name")
	return [frappe.get_doc(DAILY_REPORT, name) for name in names]


def _sheet(reports: list[Document], entry: Document | None) -> Letter:
	last = max((report.verified_on for report in reports if report.verified_on), default=None)
	person = read_person(entry.employee if entry else reports[0].employee)
	policy = reports and in_force(submitted_policies(), person.company, reports[-1].mkd_date)
	return Letter(
		title=_("Verification Sheet of Daily Reports"),
		number=numbered(entry),
		place_and_date=place_and_date(getdate(last), entry),
		opening=[
			*([basis_of(policy.name)] if policy else []),
			_("The daily reports of the following employee were verified:"),
		],
		person=[*about(person), (_("Period of the Letter"), _period(reports, entry))],
		rows_head=[_("Day of the Report"), _("Work and Result"), _("Handed In"), _("Verification")],
		rows=[_row(report) for report in reports],
		closing=[_summary(reports), _("This sheet was made from the reports as they were decided.")],
		signature=signature.signature_of(_who_verified(reports)),
	)


def _who_verified(reports: list[Document]) -> str | None:
	"""Who decided the last one; a sheet of reports that are all missing is left to a pen."""
	decided = [report for report in reports if report.status in DECIDED]
	return max(decided, key=lambda report: str(report.verified_on)).verifier if decided else None


def _period(reports: list[Document], entry: Document | None) -> str:
	days = register.days_in(entry) if entry else [report.mkd_date for report in reports]
	first, last = long_date(min(days)), long_date(max(days))
	return first if first == last else _("{0} to {1}").format(first, last)


def _row(report: Document) -> list[str]:
	done = [
		_("{0}: {1} ({2} minutes)").format(row.activity or "-", row.output or "-", row.minutes or 0)
		for row in report.activities
	]
	return [long_date(report.mkd_date), "\n".join(done) or "-", _handed_in(report), _decision(report)]


def _handed_in(report: Document) -> str:
	if not report.submitted_on:
		return "-"
	when = format_datetime(report.submitted_on, "d MMM yyyy HH.mm")
	return f"{when}\n{_('Late') if report.is_late else _('In Time', context=LETTER)}"


def _decision(report: Document) -> str:
	"""What was decided, by whom, and the note that the employee reads, too."""
	lines = [_(report.status, context=DAILY_REPORT)]
	if report.status in DECIDED:
		by = frappe.db.get_value("User", report.verifier, "full_name") if report.verifier else None
		lines += [by, report.verifier_note]
	return "\n".join(filter(None, lines))


def _summary(reports: list[Document]) -> str:
	count = Counter(report.status for report in reports)
	late = sum(bool(report.is_late) for report in reports if report.status in DECIDED)
	return _("Verified: {0}; rejected: {1}; missing: {2}; handed in late: {3}.").format(
		count[VERIFIED], count[REJECTED], count[MISSING], late
	)


def _undecided(report: Document) -> Letter:
	"""What nobody has decided is verified by no sheet; a print of it says how it stands."""
	return Letter(
		title=_(DAILY_REPORT),
		number=_("NUMBER {0}").format(report.name),
		place_and_date=place_and_date(getdate(report.creation)),
		opening=[
			_("This is a daily report that nobody has verified. It stands as: {0}.").format(
				_(report.status, context=DAILY_REPORT)
			)
		],
		person=[*about(read_person(report.employee)), (_("Day of the Report"), long_date(report.mkd_date))],
	)
