"""How far a worker is with an import, as its form asks for it (public/js/at_work.js)."""

from __future__ import annotations

import frappe

from mkd_hrms.constants import IMPORT

# A hundred is said by the state that follows.
MOST = 99


def show(name: str, done: int, total: int) -> None:
	"""Store and commit how many of its rows are done."""
	percent = min(MOST, 100 * done // max(total, 1))
	frappe.db.set_value(IMPORT, name, "progress", percent, update_modified=False)
	frappe.db.commit()
