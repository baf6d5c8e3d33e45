"""The database of the site that the code runs in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import frappe


class SiteDatabase:
	"""MariaDB through Frappe's own connection, inside the running transaction."""

	quote = "`"

	def placeholder(self, name: str) -> str:
		return f"%({name})s"

	def fetch(self, sql: str, values: dict[str, Any]) -> Sequence[tuple]:
		return frappe.db.sql(sql, values)

	def stream(self, sql: str, values: dict[str, Any]) -> Iterator[tuple]:
		with frappe.db.unbuffered_cursor():
			yield from frappe.db.sql(sql, values, as_list=True, as_iterator=True)
