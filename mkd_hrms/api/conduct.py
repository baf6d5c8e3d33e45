"""Suspensions, and objections to what was decided."""

from __future__ import annotations

import frappe

from mkd_hrms.services.discipline import measures
from mkd_hrms.services.objections import contested as contested_decision
from mkd_hrms.services.objections import procedure


@frappe.whitelist(methods=["POST"])
def lift_suspension(suspension: str, reason: str) -> dict:
	"""An MKD officer or HR manager ends a suspension from today on; its dates stay as they were."""
	return measures.lift(suspension, reason)


@frappe.whitelist()
def objection_state(doctype: str, name: str) -> dict:
	"""Whether the employee may object to a decision, until when, or how his objection stands."""
	return procedure.state_of(doctype, name)


@frappe.whitelist()
def contested(doctype: str, name: str) -> dict:
	"""For the form of an objection: the decision that it contests, as far as the reader may know it (rule P3)."""
	return contested_decision.shown(doctype, name)
