"""What somebody wrote about a day of the ledger: kept beside it, where nobody lists it but HR (rule P3)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import frappe
from frappe.utils import now

from mkd_hrms.constants import DAY, DAY_REASON
from mkd_hrms.services.platform.wording import as_text

WRITTEN = ("release_reason", "confirmation_reason")


def keep(days: Collection[str], reasons: Mapping[str, str | None]) -> None:
	"""Write or clear the reasons of some days."""
	if any(reasons.values()):
		_make_rows(days)
	table = frappe.qb.DocType(DAY_REASON)
	query = frappe.qb.update(table).set(table.modified, now()).set(table.modified_by, frappe.session.user)
	for column, reason in reasons.items():
		query = query.set(table[column], as_text(reason) if reason else None)
	query.where(table.name.isin(list(days))).run()


def _make_rows(days: Collection[str]) -> None:
	frappe.db.sql(
		f"""
		insert ignore into `tab{DAY_REASON}` (name, creation, modified, owner, modified_by, employee)
		select name, %(now)s, %(now)s, %(user)s, %(user)s, employee from `tab{DAY}` where name in %(days)s
		""",  # noqa: S608 -- DocTypes of ours
		{"now": now(), "user": frappe.session.user, "days": tuple(days)},
	)


def read(day: str, column: str) -> str | None:
	"""A reason of a day. Asks no permission."""
	return frappe.db.get_value(DAY_REASON, day, column)
