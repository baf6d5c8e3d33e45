"""What the form of a standing shows of its findings: each with value, limit and unit. Who may read them is decided before."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date

from mkd_hrms.constants import ELIGIBILITY
from mkd_hrms.policy.as_json import decisions_from_json, findings_by_dates
from mkd_hrms.policy.model import Finding, Gate, Policy
from mkd_hrms.policy.questions import NUMBERS
from mkd_hrms.policy.sentences import advice, sentence, shown
from mkd_hrms.services.platform.wording import number
from mkd_hrms.services.policies.in_force import submitted_policies


def of(standing: Document) -> list[dict[str, Any]]:
	"""The findings of a standing as it is stored, in the reader's language and the order of the rules."""
	stored = frappe.db.get_value(standing.doctype, standing.name, ["findings", "policy"], as_dict=True)
	if not stored:
		return []
	policy = next((entry for entry in submitted_policies() if entry.name == stored.policy), None)
	evaluated = findings_by_dates(decisions_from_json(stored.findings))
	return [_shown(found, policy) for _dates, findings in evaluated for found in findings]


def _shown(found: Finding, policy: Policy | None) -> dict[str, Any]:
	return {
		"gate": _(found.gate, context="MKD Policy Gate"),
		"verdict": found.verdict.value,
		"actual": _value(found.actual),
		"limit": _value(found.limit),
		"unit": _unit(found, policy),
		# The clause is kept as the policy writes it, and read in the reader's language.
		"sentence": sentence(found._replace(source=_(found.source)), _, format_date, number),
		"next_step": advice(found, _, format_date, number),
	}


def _value(value: str | float | None) -> str | None:
	"""As the sentence writes it: a whole number without decimals, a word in the reader's language."""
	if value is None:
		return None
	return shown(value, lambda word: _(word, context=ELIGIBILITY), format_date, number)


def _unit(found: Finding, policy: Policy | None) -> str | None:
	"""In what a gate counts, by the policy's own words; a word that was found is counted in nothing."""
	known = {gate.value for gate in Gate}
	if policy is None or found.gate not in known or isinstance(found.limit, str) or found.limit is None:
		return None
	names = [name for name in NUMBERS[Gate(found.gate)] if name in policy.sources]
	return _(policy.sources[names[0]].unit, context="MKD Policy Source") if names else None
