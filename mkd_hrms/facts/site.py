"""The database of the site that the code runs in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import frappe


class SiteDatabase:
	"""MariaDB through Frappe's own connection, inside the running transaction."""

	quote = "`"

	def placeholder(self, name: str) -> str:
		return f"%({name})s"

	def fetch(self, sql: str, values: dict[str, Any]) -> Sequence[tuple]:
		return frappe.db.sql(sql, values)
