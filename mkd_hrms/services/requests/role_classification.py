"""Classifying roles by the dozen: a decision for each, and the requests that waited for it judged anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import frappe
from frappe.model.workflow import apply_workflow

from mkd_hrms.constants import EVALUATE_AGAIN, REQUEST, SUITABILITY
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.waiting_requests import InReview, read_in_review
from mkd_hrms.policy.model import Gate
from mkd_hrms.services.decisions.records import RECHECK, split
from mkd_hrms.services.platform.transactions import on_its_own


def classify(doctype: str, names: Iterable[str], decision: Mapping[str, Any]) -> dict:
	"""One MKD Suitability for each name, all alike. Returns those done and those refused with the message why."""
	result = {"done": [], "failed": {}}
	for name in names:
		frappe.db.savepoint("mkd_classify")
		try:
			record = frappe.new_doc(SUITABILITY)
			record.update({**decision, "reference_doctype": doctype, "reference_name": name})
			record.insert()
			result["done"].append(name)
		except (frappe.ValidationError, frappe.PermissionError) as problem:
			frappe.db.rollback(save_point="mkd_classify")
			frappe.clear_last_message()
			result["failed"][name] = frappe.utils.strip_html(str(problem))
	return result


def waiting_for_a_role() -> list[InReview]:
	"""The requests that wait for HR because nobody had classified a role."""
	waiting = read_in_review(SiteDatabase(), REQUEST, RECHECK)
	return [request for request in waiting if Gate.ROLE.value in split(request.unknown)]


def evaluate_waiting(names: Iterable[str]) -> None:
	"""Judge requests anew, each in a transaction of its own, so that one that fails stops no other."""

	def evaluate(name: str) -> None:
		apply_workflow(frappe.get_doc(REQUEST, name), EVALUATE_AGAIN)

	for name in names:
		on_its_own(partial(evaluate, name), f"MKD: {name} could not be evaluated again", REQUEST, name)
