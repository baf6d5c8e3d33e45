"""MKD Policy documents as policies of the engine, and packs as documents. Read once, cached until one changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import date, time
from functools import partial

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, get_time

from mkd_hrms.policy.model import Gate, Hours, Policy, Scale, Source, Step, Tier

_TABLES = ("tiers", "gates", "predicates", "employment_types", "ladder", "working_hours")
_SET_APART = ("name", "effective_from", "company", "legal_basis", "legal_ceiling", "sources", *_TABLES)
PLAIN = tuple(entry.name for entry in fields(Policy) if entry.name not in _SET_APART)
CACHE = "mkd_submitted_policies"
_KINDS = {entry.name: entry.type for entry in fields(Policy)}


class NoPolicyInForce(frappe.ValidationError):
	"""No submitted MKD Policy covers a date."""


def policy_on(company: str, day: date) -> Policy:
	"""The policy in force for a company on an MKD date (rule P1): its own before the general one, newest first.

	Raises NoPolicyInForce, which says from when on there is one.
	"""
	candidates = [entry for entry in submitted_policies() if entry.company in (company, None)]
	if found := in_force(candidates, company, day):
		return found
	if not candidates:
		frappe.throw(
			_("No MKD Policy has been submitted for {0}. Ask the MKD officer to submit one.").format(company),
			NoPolicyInForce,
		)
	first = min(entry.effective_from for entry in candidates)
	frappe.throw(
		_("No MKD Policy is in force on {0}; the first one starts on {1}.").format(
			format_date(day), format_date(first)
		),
		NoPolicyInForce,
	)


def is_in_scope(company: str, day: date) -> bool:
	"""Whether a policy is in force for a company on a date, so that its people apply for MKD."""
	return in_force(submitted_policies(), company, day) is not None


def in_force(policies: Iterable[Policy], company: str, day: date) -> Policy | None:
	"""Which of the policies holds for a company on a date: its own before the general one, newest first (rule P1)."""
	begun = (entry for entry in policies if entry.company in (company, None) and entry.effective_from <= day)
	return max(begun, key=lambda entry: (entry.company is not None, entry.effective_from), default=None)


def policy_by_day(company: str) -> Callable[[date], Policy | None]:
	"""The policy in force for a company on a day, as a question that can be asked of many days; None where none is."""
	return partial(in_force, submitted_policies(), company)


def next_policy_from(company: str, day: date) -> date | None:
	"""The first day after `day` on which another policy is in force for a company; None while none is to come."""
	now = policy_on(company, day)
	starts = sorted(
		entry.effective_from
		for entry in submitted_policies()
		if entry.company in (company, None) and entry.effective_from > day
	)
	return next((start for start in starts if policy_on(company, start) != now), None)


def submitted_policies() -> list[Policy]:
	"""All policies in force or to come. Cached: a submitted policy does not change.

	Frappe's `redis_cache` looks twice, and answers None when another process clears the cache in between.
	"""
	return frappe.cache.get_value(CACHE, _read_submitted)


def _read_submitted() -> list[Policy]:
	names = frappe.get_all("MKD Policy", filters={"docstatus": 1}, pluck="name", order_by="effective_from")
	return [policy_from(frappe.get_doc("MKD Policy", name)) for name in names]


def clear_cache() -> None:
	"""Forget the policies, after one was submitted or cancelled.

	Once more after the commit: until then another process may read and keep what was in force before. And once more
	where it is undone, because this one may have kept it.
	"""

	def drop():
		frappe.cache.delete_value(CACHE)

	drop()
	frappe.db.after_commit.add(drop)
	frappe.db.after_rollback.add(drop)


def mark_used(names: set[str], day: date) -> None:
	"""Note that policies have decided something: from then on they can be neither changed nor cancelled.

	Noted as soon as the decision stands, in a transaction of its own: of two first decisions at once, the second
	would write a row that changed after its snapshot, which a strict MariaDB answers by undoing the decision.
	"""
	new = [name for name in sorted(names) if not frappe.cache.hget("mkd_policies_used", name)]
	if new:
		frappe.db.after_commit.add(lambda: _note_use(new, day))


def _note_use(names: list[str], day: date) -> None:
	table = frappe.qb.DocType("MKD Policy")
	for name in names:
		frappe.qb.update(table).set(table.first_used_on, day).where(
			(table.name == name) & table.first_used_on.isnull()
		).run()
	frappe.db.commit()
	for name in names:
		frappe.cache.hset("mkd_policies_used", name, 1)


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
			Scale(row.source, row.min_score, row.predicate, row.max_score or None) for row in doc.predicates
		),
		employment_types=tuple(row.employment_type for row in doc.employment_types),
		ladder=tuple(_step(row) for row in doc.ladder),
		working_hours=tuple(_hours(row) for row in doc.working_hours),
		sources={row.parameter: Source(row.unit, row.source) for row in doc.sources},
		**{name: _plain(doc, name) for name in PLAIN},
	)


def _step(row) -> Step:
	words = row.step, row.event, row.times, row.within_days, row.measure
	return Step(*words, days=row.days, months=row.months, referral=bool(row.referral))


def _hours(row) -> Hours:
	values = {name: row.get(name) for name in Hours.__slots__}
	first, last = frappe.utils.getdate(row.from_date), row.to_date and frappe.utils.getdate(row.to_date)
	return Hours(**{**values, "from_date": first, "to_date": last or None})


def _plain(doc: Document, name: str):
	value = getattr(doc, name)
	if _KINDS[name] == "time":
		return get_time(value)
	return bool(value) if _KINDS[name] == "bool" else value


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
	for name in policy.employment_types:
		doc.append("employment_types", {"employment_type": name})
	for parameter, row in policy.sources.items():
		doc.append("sources", {"parameter": parameter, "unit": row.unit, "source": row.source})
	return doc
