"""Reports that never came (rule D4): the clock marks them, and what turns out to be no fault takes the mark back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import now

from mkd_hrms.constants import DAILY_REPORT, DRAFT, MISSING
from mkd_hrms.facts.ledger.ended_days import DueDay
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.ledger import transitions
from mkd_hrms.services.people.person import read_persons
from mkd_hrms.services.platform import deferred_notifications
from mkd_hrms.services.platform.listeners import INSERTED, is_heard
from mkd_hrms.services.platform.numbers import next_names
from mkd_hrms.services.workflow import system_moves
from mkd_hrms.services.workflow.states import state_of


def mark(days: Collection[DueDay]) -> None:
	"""The reports of some days say that they are missing: the drafts, or records that stand for those nobody wrote."""
	if not days:
		return
	unsent = {"mkd_day": ("in", [day.name for day in days]), "docstatus": 0}
	found = frappe.get_all(DAILY_REPORT, unsent, ["name", "status", "mkd_day"], order_by="name")
	drafts = [report.name for report in found if report.status != MISSING]
	written = {report.mkd_day for report in found}
	unwritten = [day for day in days if day.name not in written]
	if is_heard(DAILY_REPORT, INSERTED):
		for report in (
			*(frappe.get_doc(DAILY_REPORT, name) for name in drafts),
			*map(_write_down, unwritten),
		):
			system_moves.move(report, _missing())
		return
	if drafts:
		system_moves.move_many(DAILY_REPORT, drafts, _missing())
	before = {"status": DRAFT, "workflow_state": state_of(DRAFT, DAILY_REPORT), "missing_since": None}
	deferred_notifications.hand_over_many(DAILY_REPORT, [*drafts, *_write_down_all(unwritten)], before)


def _missing() -> dict[str, Any]:
	return {"status": MISSING, "missing_since": clock.now()}


def _write_down(day: DueDay) -> Document:
	report = frappe.new_doc(DAILY_REPORT)
	report.update({"employee": day.employee, "mkd_date": day.mkd_date, "mkd_day": day.name})
	report.flags.by_the_clock = report.flags.ignore_permissions = report.flags.ignore_mandatory = True
	return report.insert()


def _write_down_all(days: Collection[DueDay]) -> list[str]:
	"""The same for many at once, as they are after they were moved. Returns their names."""
	if not days:
		return []
	people, stamp, user = read_persons([day.employee for day in days]), now(), frappe.session.user
	common = {"creation": stamp, "modified": stamp, "owner": user, "modified_by": user, **_missing()}
	common["workflow_state"] = state_of(MISSING, DAILY_REPORT)
	rows = []
	for name, day in zip(next_names(DAILY_REPORT, clock.today().year, len(days)), days, strict=True):
		person = people[day.employee]
		row = {"name": name, "mkd_day": day.name, "mkd_date": day.mkd_date, "employee": day.employee}
		row |= {"employee_name": person.employee_name, "employee_user": person.user}
		rows.append({**row, "department": person.department, "company": person.company, **common})
	frappe.db.bulk_insert(DAILY_REPORT, list(rows[0]), [tuple(row.values()) for row in rows])
	return [row["name"] for row in rows]


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
