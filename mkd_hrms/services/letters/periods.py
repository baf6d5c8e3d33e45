"""Letters about a period are issued: the sheet of somebody's daily reports, and the recap of a unit's month."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.constants import PERSON, UNIT
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.reports.narrowed import Narrowed
from mkd_hrms.facts.superiors import read_place
from mkd_hrms.policy.dates import days_between
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.letters import of_recap, of_report, register
from mkd_hrms.services.letters.issuing import NoLetter
from mkd_hrms.services.letters.kinds import Kind
from mkd_hrms.services.people.approvers import is_superior_or_hr
from mkd_hrms.services.people.person import read_person

# A quarter: a sheet of more days would be read by nobody.
LONGEST = 92


def issue_sheet(employee: str, since: date, until: date, typed: str | None = None) -> Document:
	"""Enter the sheet of somebody's reports that have ended in a period: his superior, or HR.

	Raises PermissionError, NoLetter, AlreadyIssued, NumberTaken.
	"""
	if not (
		read_place(SiteDatabase(), employee) and is_superior_or_hr(read_person(employee), frappe.session.user)
	):
		frappe.throw(
			_("A sheet of daily reports is issued by whoever decides about the employee, or by HR."),
			frappe.PermissionError,
		)
	if not 0 <= (until - since).days < LONGEST:
		frappe.throw(
			_("Choose a period of at most {0} days that ends after it begins.").format(LONGEST), NoLetter
		)
	reports = of_report.ended(employee, days_between(since, until))
	if not reports:
		frappe.throw(_("In this period no daily report has been verified, rejected or missed."), NoLetter)
	for report in reports:
		report.check_permission("print")
	person = read_person(employee)
	about = frappe._dict(
		doctype=PERSON, name=employee, employee=employee, company=person.company, department=person.department
	)
	return register.enter(Kind.VERIFICATION_SHEET, about, [report.mkd_date for report in reports], typed)


def issue_recap(narrowed: Narrowed, unit: str | None, first: date, typed: str | None = None) -> Document:
	"""Enter the recap of a month that is over; another one of the same month takes its place when the numbers differ.

	Whom `narrowed` shows is for the caller to ask. Raises NoLetter, AlreadyIssued, NumberTaken.
	"""
	last = of_recap.last_day_of(first)
	if last >= clock.today():
		frappe.throw(_("A recap is of a month that is over: choose an earlier one."), NoLetter)
	about = frappe._dict(doctype=UNIT if unit else "Company", name=unit or narrowed.company)
	about.update(company=narrowed.company, department=unit)
	figures = of_recap.counted(narrowed, first)
	before = register.found(about.doctype, about.name, Kind.RECAP, days=(first, last))
	replaced = (
		before.name if before and before.status == register.VALID and before.figures != figures else None
	)
	if replaced:
		register.revoke([replaced], _("Another recap of the same month was issued."))
	return register.enter(Kind.RECAP, about, (first, last), typed, figures=figures, instead_of=replaced)


def revoke_sheets_with(report: Document) -> None:
	"""A report that was decided, and is no longer, stands in no sheet that holds."""
	rows = register.on_days(report.employee, (Kind.VERIFICATION_SHEET,), report.mkd_date, report.mkd_date)
	register.revoke(
		(row.name for row in rows), _("The daily report {0} was opened again.").format(report.name)
	)
