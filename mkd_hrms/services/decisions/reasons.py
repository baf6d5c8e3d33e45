"""Who may read the reasons of a decision, and how they read (rule P3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date

from mkd_hrms.constants import SYSTEM_MANAGER
from mkd_hrms.facts.users import user_of
from mkd_hrms.policy.model import Finding, Verdict
from mkd_hrms.policy.sentences import advice, sentence
from mkd_hrms.services.decisions.records import last_findings
from mkd_hrms.services.people.approvers import may_decide
from mkd_hrms.services.people.hr import acts_for_hr
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.platform.guide import page_of
from mkd_hrms.services.platform.wording import number


def may_read_findings(record: Document) -> bool:
	"""The employee himself and HR; the approver sees the names of the gates only."""
	return is_own_or_hr(stored(record, "employee"))


def may_know_gates(record: Document) -> bool:
	"""Besides those, who decides about the person, or decided this: not whoever else is above him."""
	user = frappe.session.user
	if may_read_findings(record) or SYSTEM_MANAGER in frappe.get_roles(user):
		return True
	if user in (stored(record, "approver"), stored(record, "escalated_to")):
		return True
	employee = stored(record, "employee")
	return bool(employee) and may_decide(read_person(employee), user)


def stored(record: Document, fieldname: str) -> str | None:
	"""A field as it is in the database: a browser may send a document with somebody else's name in it."""
	if not (record.name and record.meta.has_field(fieldname)):
		return None
	# Whose it is stays as it is, and is asked for once for each field and each condition of a Workflow.
	return frappe.db.get_value(record.doctype, record.name, fieldname, cache=fieldname == "employee")


def is_own_or_hr(employee: str | None) -> bool:
	"""Whether the reader is this employee, or acts for HR."""
	user = frappe.session.user
	return acts_for_hr(user, employee) or user == user_of(employee)


def sentences(record: Document, only: tuple[Verdict, ...] = tuple(Verdict)) -> list[dict]:
	"""The newest evaluation of a request, as sentences in the reader's language. Asks no permission."""
	return told(last_findings(record.doctype, record.name), only)


def told(
	evaluations: Iterable[tuple[Iterable[str], Iterable[Finding]]], only: Collection[Verdict]
) -> list[dict]:
	"""What evaluations found, each with its dates, as sentences in the reader's language."""
	return [
		{
			"gate": _(found.gate, context="MKD Policy Gate"),
			"page": page_of(found.gate),
			"verdict": found.verdict.value,
			"dates": [format_date(date.fromisoformat(day)) for day in days],
			# The clause is kept as the policy writes it, and read in the reader's language.
			"sentence": sentence(found._replace(source=_(found.source)), _, format_date, number),
			"next_step": advice(found, _, format_date, number),
		}
		for days, findings in evaluations
		for found in findings
		if found.verdict in only
	]
