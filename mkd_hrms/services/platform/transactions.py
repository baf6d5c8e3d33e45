"""Work that is done for many, one after the other, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable

import frappe


def on_its_own(work: Callable[[], object], title: str, doctype: str, name: str) -> bool:
	"""Do and commit it. What fails is undone and logged, and keeps nothing else waiting; False says that it failed."""
	try:
		work()
		frappe.db.commit()
	except Exception:
		frappe.db.rollback()
		frappe.log_error(title=title, reference_doctype=doctype, reference_name=name)
		frappe.db.commit()
		return False
	return True
