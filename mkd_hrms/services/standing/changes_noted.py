"""Notes whom a change concerns, and hands it to a worker after the commit. Only names and a queue."""

from __future__ import annotations

from redis.exceptions import RedisError

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from mkd_hrms.constants import POLICY
from mkd_hrms.facts.concerned import PERSON, UNIT
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.platform import work_queue

INBOX, COMPANY = "changes", "Company"
# While these run, records change by the thousand and the tables may not be complete yet.
NOT_DURING = ("in_install", "in_uninstall", "in_migrate", "in_patch", "in_setup_wizard")


def concerns(kind: str, *names: str | None) -> None:
	"""Note that a change concerns an employee, designation, unit, list, cycle, company or policy. No statement.

	A policy stands for its company, and the empty name for all companies.
	"""
	if any(frappe.flags.get(flag) for flag in NOT_DURING):
		return
	noted = getattr(frappe.local, "mkd_concerned", None)
	if noted is None:
		noted = frappe.local.mkd_concerned = set()
		frappe.db.after_commit.add(hand_over)
		frappe.db.after_rollback.add(forget)
	noted.update(frappe.as_json([kind, name], indent=None) for name in names if name is not None)


def concerns_employee(doc: Document, method: str | None = None) -> None:
	"""A record about one employee that counts now or counted before. Drafts count for nothing."""
	before = doc.get_doc_before_save()
	if doc.meta.is_submittable and doc.docstatus.is_draft():
		return
	concerns(PERSON, doc.employee, before.employee if before else None)


def concerns_whom_it_classifies(doc: Document, method: str | None = None) -> None:
	"""A suitability decision: the person, everybody of the designation, or everybody in the unit and below."""
	for version in filter(None, (doc, doc.get_doc_before_save())):
		concerns(version.reference_doctype, version.reference_name)


def concerns_whom_an_outage_kept_out(doc: Document, method: str | None = None) -> None:
	"""An outage that was marked or undone: everybody, his company, or everybody in the unit and below (rule D11).

	The attendance of today and later counts for nobody yet, so the night is soon enough for it.
	"""
	if getdate(doc.from_datetime) >= clock.today():
		return
	if doc.scope == UNIT:
		concerns(UNIT, doc.department)
	else:
		concerns(COMPANY, doc.company or "")


def concerns_companies_of_policy(doc: Document, method: str | None = None) -> None:
	"""A policy that comes into force or goes: its company, or all of them."""
	concerns(POLICY, doc.company or "")


def concerns_companies_of_settings(doc: Document, method: str | None = None) -> None:
	"""Since when attendance is kept concerns everybody, a calendar the company it is kept for."""
	if doc.has_value_changed("attendance_from"):
		concerns(COMPANY, "")
	concerns(COMPANY, *companies_with_other_calendars(doc))


def companies_with_other_calendars(doc: Document) -> list[str]:
	"""The companies of which the settings keep other holiday lists than before they were saved."""
	before = doc.get_doc_before_save()
	now, then = _calendars(doc), _calendars(before) if before else set()
	return sorted({company for company, _list in now ^ then})


def _calendars(settings: Document) -> set[tuple[str, str]]:
	return {(row.company, row.holiday_list) for row in settings.calendars}


def forget() -> None:
	"""Nothing is noted any more: it was handed over, or undone."""
	frappe.local.mkd_concerned = None


def hand_over() -> None:
	"""Called after the commit. What was stored stays stored, whether there is a queue or not."""
	noted = frappe.local.mkd_concerned or ()
	forget()
	try:
		work_queue.add(INBOX, noted)
		if work_queue.claim_job(INBOX):
			frappe.enqueue("mkd_hrms.tasks.evaluate_again", queue="long", timeout=work_queue.TIMEOUT)
	except (RedisError, frappe.QueueOverloaded) as error:
		frappe.logger("mkd_hrms").warning(f"{len(noted)} changes wait for the nightly run: {error}")
