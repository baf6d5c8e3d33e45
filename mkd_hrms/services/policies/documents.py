"""MKD Policy documents as policies of the engine, and packs as documents."""

from __future__ import annotations

from dataclasses import fields
from datetime import time

import frappe
from frappe.model.document import Document
from frappe.utils import cint, flt, get_time

from mkd_hrms.policy.model import Gate, Hours, Policy, Scale, Source, Step, Tier
from mkd_hrms.policy.talent import boxes_in, written

_TYPES = ("employment_types", "known_employment_types")
_TABLES = ("tiers", "gates", "predicates", *_TYPES, "ladder", "working_hours")
_SET_APART = (
	*("name", "effective_from", "company", "legal_basis", "legal_ceiling", "talent_boxes", "sources"),
	*_TABLES,
)
PLAIN = tuple(entry.name for entry in fields(Policy) if entry.name not in _SET_APART)
_KINDS = {entry.name: entry.type for entry in fields(Policy)}
# What was just written holds a whole number where the database will answer with a fraction: equal policies are equal.
_CAST = {"time": get_time, "bool": bool, "int": cint, "float": flt}


def policy_from(doc: Document) -> Policy:
	"""The engine's view of a policy document."""
	return Policy(
		name=doc.name,
		company=doc.company or None,
		effective_from=frappe.utils.getdate(doc.effective_from),
		legal_basis=doc.legal_basis or "",
		legal_ceiling=doc.legal_ceiling or None,
		tiers=tuple(Tier(row.predicate, row.max_absences, row.weekly_limit) for row in doc.tiers),
		gates=frozenset(Gate(row.gate) for row in doc.gates if row.enabled),
		predicates=tuple(
			Scale(
				row.source, float(row.min_score), row.predicate, row.max_score or None, bool(row.innovation)
			)
			for row in doc.predicates
		),
		talent_boxes=boxes_in(doc.talent_boxes or ""),
		**{table: tuple(row.employment_type for row in doc.get(table)) for table in _TYPES},
		ladder=tuple(_step(row) for row in doc.ladder),
		working_hours=tuple(_hours(row) for row in doc.working_hours),
		sources={row.parameter: Source(row.unit, row.source) for row in doc.sources},
		**{name: _plain(doc, name) for name in PLAIN},
	)


def _step(row: Document) -> Step:
	words = row.step, row.event, row.times, row.within_days, row.measure
	return Step(*words, days=row.days, months=row.months, referral=bool(row.referral))


def _hours(row: Document) -> Hours:
	values = {name: row.get(name) for name in Hours.__slots__}
	first, last = frappe.utils.getdate(row.from_date), row.to_date and frappe.utils.getdate(row.to_date)
	return Hours(**{**values, "from_date": first, "to_date": last or None})


def _plain(doc: Document, name: str):
	value = getattr(doc, name)
	return _CAST[_KINDS[name]](value) if _KINDS[name] in _CAST else value


def document_from(policy: Policy, pack: str | None = None) -> Document:
	"""A new, unsaved MKD Policy with the values and sources of a pack."""
	doc = frappe.new_doc("MKD Policy")
	doc.update(
		{
			"policy_name": policy.name,
			"pack": pack,
			"company": policy.company,
			"effective_from": policy.effective_from,
			"legal_basis": policy.legal_basis,
			"legal_ceiling": policy.legal_ceiling or 0,
			"talent_boxes": written(policy.talent_boxes),
		}
	)
	for name in PLAIN:
		value = getattr(policy, name)
		doc.set(name, value.isoformat() if isinstance(value, time) else value)
	rows = {"tiers": Tier, "working_hours": Hours, "predicates": Scale, "ladder": Step}
	for table, kind in rows.items():
		for row in getattr(policy, table):
			doc.append(table, {name: getattr(row, name) for name in kind.__slots__})
	for gate in Gate:
		doc.append("gates", {"gate": gate.value, "enabled": int(gate in policy.gates)})
	for table in _TYPES:
		for name in getattr(policy, table):
			doc.append(table, {"employment_type": name})
	for parameter, row in policy.sources.items():
		doc.append("sources", {"parameter": parameter, "unit": row.unit, "source": row.source})
	return doc
