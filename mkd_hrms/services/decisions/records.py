"""Decisions as they are kept: what was found, by which policy, on which facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

import frappe
from frappe.model.document import Document

from mkd_hrms.constants import DECISION_RECORD
from mkd_hrms.policy import as_json
from mkd_hrms.policy.model import Decision, Finding, Verdict
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.platform.names import row_name

# Booked days that are judged again: what is found then is about the days, not about the request.
RECHECK = "Re-check"
# A day that somebody takes in a swap.
SWAP = "Swap"


class OpenGates(NamedTuple):
	"""The names of the gates that failed, and of those that were unknown."""

	failed: str | None = None
	unknown: str | None = None


def gate_names(decisions: Iterable[Decision], kind: str) -> list[str]:
	"""The gates that failed (`failed`) or are unknown (`unknown`) on any date, in the order of the rules."""
	return list(dict.fromkeys(gate for decision in decisions for gate in getattr(decision, kind)))


def keep(request: Document, stage: str, decisions: Iterable[Decision]) -> str:
	"""Record what an evaluation found. Nothing stored is ever rewritten: the next one adds a record (rule P2).

	Returns the name of the record.
	"""
	stamp, user, decisions = clock.now(), frappe.session.user, list(decisions)
	row = {
		"name": row_name(),
		"creation": stamp,
		"modified": stamp,
		"owner": user,
		"modified_by": user,
		"reference_doctype": request.doctype,
		"reference_name": request.name,
		"employee": request.employee,
		"stage": stage,
		"evaluated_at": stamp,
		"evaluated_by": user,
		"failed_gates": ", ".join(gate_names(decisions, "failed")) or None,
		"unknown_gates": ", ".join(gate_names(decisions, "unknown")) or None,
		"findings": as_json.to_json(as_json.decisions_to_list(decisions)),
	}
	frappe.db.bulk_insert(DECISION_RECORD, list(row), [tuple(row.values())])
	return row["name"]


def kept(doctype: str, name: str) -> list[dict[str, Any]]:
	"""All evaluations of a document, oldest first, as they were recorded. Asks no permission."""
	rows = frappe.db.get_values(
		DECISION_RECORD,
		{"reference_doctype": doctype, "reference_name": name},
		["stage", "evaluated_at", "evaluated_by", "findings"],
		order_by="creation asc",
		as_dict=True,
	)
	return [
		{
			"stage": row.stage,
			"evaluated_at": row.evaluated_at.isoformat(timespec="seconds"),
			"evaluated_by": row.evaluated_by,
			"decisions": as_json.decisions_from_json(row.findings),
		}
		for row in rows
	]


def open_gates(doctype: str, names: Collection[str]) -> dict[str, OpenGates]:
	"""What stood in the way at the last decision about each document. One query; asks no permission."""
	if not names:
		return {}
	about = {"reference_doctype": doctype, "reference_name": ("in", list(names)), "stage": ("!=", RECHECK)}
	fields = ["reference_name", "failed_gates", "unknown_gates"]
	rows = frappe.get_all(DECISION_RECORD, about, fields, order_by="creation", as_list=True)
	return {name: OpenGates(failed, unknown) for name, failed, unknown in rows}


def split(gates: str | None) -> list[str]:
	"""The names of gates as they are stored, one by one."""
	return [gate for gate in (gates or "").split(", ") if gate]


def failed_on(record: str, day: date) -> list[str]:
	"""The gates that failed on a date, by the record of what was found. Asks no permission."""
	return [
		found.gate
		for _days, findings in found_on(record, day)
		for found in findings
		if found.verdict is Verdict.FAIL
	]


def found_on(record: str, day: date) -> list[tuple[list[str], list[Finding]]]:
	"""What a record holds about one date, as (dates, findings). Asks no permission."""
	entries = as_json.decisions_from_json(frappe.db.get_value(DECISION_RECORD, record, "findings"))
	about = as_json.findings_by_dates(entries)
	return [([day.isoformat()], findings) for days, findings in about if day.isoformat() in days]


def last_findings(doctype: str, name: str) -> list[tuple[list[str], list[Finding]]]:
	"""The newest evaluation as (dates, findings), one entry for dates with the same findings."""
	evaluations = kept(doctype, name)
	return as_json.findings_by_dates(evaluations[-1]["decisions"]) if evaluations else []
