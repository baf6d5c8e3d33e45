"""Reports that never came (rule D4): the clock marks them, and what turns out to be no fault takes the mark back."""

from __future__ import annotations

from collections.abc import Iterable

import frappe

from mkd_hrms.constants import DAILY_REPORT, DRAFT, MISSING
from mkd_hrms.facts.ledger.ended_days import DueDay
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.ledger import transitions
from mkd_hrms.services.workflow import system_moves


def mark(day: DueDay) -> None:
	"""The report of a day says that it is missing: the draft, or a record that stands for the one nobody wrote."""
	found = frappe.get_all(DAILY_REPORT, {"mkd_day": day.name, "docstatus": 0}, ["name", "status"])
	for report in found:
		if report.status != MISSING:
			system_moves.move(
				frappe.get_doc(DAILY_REPORT, report.name), {"status": MISSING, "missing_since": clock.now()}
			)
	if not found:
		_write_down(day)


def _write_down(day: DueDay) -> None:
	report = frappe.new_doc(DAILY_REPORT)
	report.update({"employee": day.employee, "mkd_date": day.mkd_date, "mkd_day": day.name})
	report.flags.by_the_clock = report.flags.ignore_permissions = report.flags.ignore_mandatory = True
	report.insert()
	system_moves.move(report, {"status": MISSING, "missing_since": clock.now()})


def take_back(days: Iterable[str], reason: str) -> list[str]:
	"""Reports of some days are not missing after all: they are drafts again, and say why. Returns their names."""
	names = list(days)
	if not names:
		return []
	missing = {"mkd_day": ("in", names), "status": MISSING, "docstatus": 0}
	taken = frappe.get_all(DAILY_REPORT, missing, ["name", "mkd_day"], order_by="name")
	for report in taken:
		document = frappe.get_doc(DAILY_REPORT, report.name)
		system_moves.move(document, {"status": DRAFT, "missing_since": None})
		document.add_comment("Info", reason)
		transitions.remark(report.mkd_day, report_missing=0)
	return [report.name for report in taken]
