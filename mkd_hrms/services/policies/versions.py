"""One version of a policy after the other (rule P1): which it replaces, which comes next, and what changed without its source."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import cast, getdate

from mkd_hrms.constants import POLICY
from mkd_hrms.policy.packs import PARAMETERS
from mkd_hrms.services.policies.in_force import in_force, submitted_policies

# Each row of this table names its own clause.
HOURS = "working_hours"
# The first row of this one that fits decides; in the others it says nothing where a row stands.
IN_ORDER = "tiers"


def replaced_by(policy: Document) -> str | None:
	"""The policy in force for the same company on the day before this one begins; None where there is none."""
	if not policy.effective_from:
		return None
	others = [entry for entry in submitted_policies() if entry.name != policy.name]
	found = in_force(others, policy.company or None, getdate(policy.effective_from) - timedelta(days=1))
	return found.name if found else None


def next_of(policy: Document) -> dict[str, Any] | None:
	"""The first later version for the same company, submitted or still a draft; None while there is none."""
	later = {
		"company": policy.company or ("is", "not set"),
		"effective_from": (">", policy.effective_from),
		"docstatus": ("<", 2),
	}
	fields = ["name", "effective_from", "docstatus"]
	found = frappe.get_all(POLICY, later, fields, order_by="docstatus desc, effective_from", limit=1)
	return found[0] if found else None


def changed_without_source(before: Document, after: Document) -> list[str]:
	"""The entries whose value is another one while their unit and clause are those of before, in the order of the form."""
	sources = _sources(before), _sources(after)
	return [
		name
		for name in PARAMETERS
		if _is_changed(before, after, name) and sources[0].get(name) == sources[1].get(name)
	]


def _sources(policy: Document) -> dict[str, tuple[str, str]]:
	return {row.parameter: ((row.unit or "").strip(), (row.source or "").strip()) for row in policy.sources}


def _is_changed(before: Document, after: Document, name: str) -> bool:
	old, new = _value(before, name), _value(after, name)
	if name != HOURS:
		return old != new
	clauses = {row.source for row in before.get(HOURS)}
	return bool({row for row in new if row[-1] in clauses}.difference(old))


def _value(policy: Document, name: str) -> Any:
	"""As the database would answer: a browser sends a number as text, and a time without its seconds."""
	field = policy.meta.get_field(name)
	if not field.options or field.fieldtype == "Select":
		return _cast(field.fieldtype, policy.get(name))
	columns = frappe.get_meta(field.options).fields
	rows = [
		tuple(_cast(each.fieldtype, row.get(each.fieldname)) for each in columns) for row in policy.get(name)
	]
	return rows if name == IN_ORDER else sorted(rows, key=repr)


def _cast(fieldtype: str, value: Any) -> Any:
	"""An empty date or time stays empty, and becomes no date of long ago."""
	if fieldtype in ("Date", "Time"):
		return str(cast(fieldtype, value)) if value else None
	return cast(fieldtype, value)
