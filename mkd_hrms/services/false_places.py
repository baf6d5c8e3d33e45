"""A declared place that was found to be false: a person confirms it, no measurement does (rule D8)."""

from __future__ import annotations

import frappe
from frappe import _

from mkd_hrms.constants import DAILY_REPORT, DAY, OBJECTION, UPHELD, WORKED
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.ended_days import DueDay, read_day
from mkd_hrms.services import clock, ladder, ledger
from mkd_hrms.services.approvers import is_superior_or_hr
from mkd_hrms.services.deadlines import objection_until
from mkd_hrms.services.situation import read_person
from mkd_hrms.services.workflow.states import MoveNotAllowed


def confirm(name: str, reason: str) -> None:
	"""The superior, or HR for him, confirms that the place of a worked day was false. Nobody does about himself.

	What an objection has undone is not found once more (rule W13).
	"""
	day = read_day(SiteDatabase(), name)
	if not day:
		frappe.throw(_("There is no MKD day {0}.").format(name), frappe.DoesNotExistError)
	person = read_person(day.employee)
	if not is_superior_or_hr(person, frappe.session.user):
		frappe.throw(
			_("Only {0}'s superior or HR confirms this, and nobody about himself.").format(
				person.employee_name
			),
			frappe.PermissionError,
		)
	if not (reason or "").strip():
		frappe.throw(_("Say why: the employee reads the reason."), frappe.MandatoryError)
	ledger.lock_person(day.employee)
	if frappe.db.get_value(DAY, name, ["status", "false_place"], for_update=True) != (WORKED, 0):
		frappe.throw(_("Only of a worked day can the place be confirmed as false, and once."), MoveNotAllowed)
	_refuse_what_was_upheld(day)
	ledger.remark(
		name,
		false_place=1,
		confirmed_by=frappe.session.user,
		confirmed_on=clock.now(),
		confirmation_reason=reason.strip(),
		objection_until=objection_until(day),
	)
	ladder.settle(day.employee)


def _refuse_what_was_upheld(day: DueDay) -> None:
	"""One level: what HR decided about the day, or about its report, stands against whoever would find it again.

	An objection to the suspension of a day that lay ahead was about something else.
	"""
	about = {"against_doctype": ("in", (DAY, DAILY_REPORT)), "against_name": ("in", _decided_about(day))}
	upheld = {**about, "status": UPHELD, "filed_on": (">=", day.mkd_date)}
	# Asked behind the lock, for it may have been upheld while this waited for it.
	if objection := frappe.db.get_value(OBJECTION, upheld, for_update=True):
		frappe.throw(
			_(
				"Objection {0} against what was found about this day was upheld: it is not found again."
			).format(objection),
			MoveNotAllowed,
		)


def _decided_about(day: DueDay) -> list[str]:
	"""The day, and its reports: one that was cancelled may have been written anew."""
	reports = {"employee": day.employee, "mkd_date": day.mkd_date}
	return [day.name, *frappe.get_all(DAILY_REPORT, reports, pluck="name")]


def take_back(name: str) -> None:
	"""What was confirmed was found to be wrong."""
	ledger.lock_person(frappe.db.get_value(DAY, name, "employee"))
	ledger.remark(name, false_place=0)
