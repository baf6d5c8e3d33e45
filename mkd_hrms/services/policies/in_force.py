"""MKD Policy documents as policies of the engine, and packs as documents. Read once, cached until one changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

import frappe
from frappe import _
from frappe.utils import format_date

from mkd_hrms.policy.model import Policy
from mkd_hrms.services.policies.documents import policy_from

CACHE = "mkd_submitted_policies"


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
