"""Whoever a change concerns is evaluated again, soon after it is stored and without holding up whoever stored it.

What a request changes is collected and handed over once, after its commit; many commits in a row (an import) share a
job that has not begun yet. A worker then finds the people behind it. Without a queue nothing is lost but time: the
nightly run evaluates everybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from redis.exceptions import RedisError

import frappe
from frappe.utils import getdate

from mkd_hrms.constants import BY_POLICY, BY_RECORDS, POLICY
from mkd_hrms.facts.concerned import PERSON, UNIT, read_concerned
from mkd_hrms.facts.site import SiteDatabase
from mkd_hrms.services import clock, evaluation, pending, standing
from mkd_hrms.services.locks import alone

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


def concerns_employee(doc, method=None) -> None:
	"""A record about one employee that counts now or counted before. Drafts count for nothing."""
	before = doc.get_doc_before_save()
	if doc.meta.is_submittable and doc.docstatus.is_draft():
		return
	concerns(PERSON, doc.employee, before.employee if before else None)


def concerns_whom_it_classifies(doc, method=None) -> None:
	"""A suitability decision: the person, everybody of the designation, or everybody in the unit and below."""
	for version in filter(None, (doc, doc.get_doc_before_save())):
		concerns(version.reference_doctype, version.reference_name)


def concerns_whom_an_outage_kept_out(doc, method=None) -> None:
	"""An outage that was marked or undone: everybody, his company, or everybody in the unit and below (rule D11).

	The attendance of today and later counts for nobody yet, so the night is soon enough for it.
	"""
	if getdate(doc.from_datetime) >= clock.today():
		return
	if doc.scope == UNIT:
		concerns(UNIT, doc.department)
	else:
		concerns(COMPANY, doc.company or "")


def concerns_companies_of_policy(doc, method=None) -> None:
	"""A policy that comes into force or goes: its company, or all of them."""
	concerns(POLICY, doc.company or "")


def concerns_companies_of_settings(doc, method=None) -> None:
	"""Since when attendance is kept concerns everybody, a calendar the company it is kept for."""
	if doc.has_value_changed("attendance_from"):
		concerns(COMPANY, "")
	before = doc.get_doc_before_save()
	now, then = _calendars(doc), _calendars(before) if before else set()
	concerns(COMPANY, *sorted({company for company, _list in now ^ then}))


def _calendars(settings) -> set[tuple[str, str]]:
	return {(row.company, row.holiday_list) for row in settings.calendars}


def forget() -> None:
	frappe.local.mkd_concerned = None


def hand_over() -> None:
	"""Called after the commit. What was stored stays stored, whether there is a queue or not."""
	noted = frappe.local.mkd_concerned or ()
	forget()
	try:
		pending.add(INBOX, noted)
		if pending.claim_job(INBOX):
			frappe.enqueue("mkd_hrms.tasks.evaluate_again", queue="long", timeout=evaluation.TIMEOUT)
	except (RedisError, frappe.QueueOverloaded) as error:
		frappe.logger("mkd_hrms").warning(f"{len(noted)} changes wait for the nightly run: {error}")


def evaluate_again() -> None:
	"""What a worker does with everything that changed until now: find the people, then evaluate them."""
	pending.release_job(INBOX)
	companies: set[str] = set()
	while pending.waits(INBOX):
		with alone(INBOX) as mine:
			# Whoever is at it looks once more after he is done.
			if not mine:
				break
			companies |= _sort_by_company(pending.take(INBOX))
			pending.done(INBOX)
	for company in sorted(companies):
		evaluation.work_off(company)


def _sort_by_company(entries: Iterable[str]) -> set[str]:
	"""Put everybody into the box of his company. Returns the companies."""
	changed = defaultdict(set)
	for kind, name in map(frappe.parse_json, entries):
		changed[kind].add(name)
	everywhere = standing.companies()
	companies: set[str] = set()
	for kind, trigger in ((POLICY, BY_POLICY), (COMPANY, BY_RECORDS)):
		for company in everywhere if "" in changed[kind] else changed[kind] - {""}:
			evaluation.wish(company, trigger=trigger)
			companies.add(company)
	# Whatever is read from here on, somebody who saves in the meantime comes with the next job.
	frappe.db.commit()
	for company, employees in read_concerned(SiteDatabase(), changed).items():
		evaluation.wish(company, employees)
		companies.add(company)
	return companies
