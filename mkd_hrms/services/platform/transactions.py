"""Work that is done for many, one after the other, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable

from rq.timeouts import JobTimeoutException

import frappe


def on_its_own(work: Callable[[], object], title: str, doctype: str, name: str) -> bool:
	"""Do and commit it. What fails is undone and logged, and keeps nothing else waiting; False says that it failed.

	That the time of the whole job is over is no failure of this work: it ends the job. Raises JobTimeoutException.
	"""
	try:
		work()
		frappe.db.commit()
	except JobTimeoutException:
		frappe.db.rollback()
		raise
	except Exception:
		frappe.db.rollback()
		frappe.log_error(title=title, reference_doctype=doctype, reference_name=name)
		frappe.db.commit()
		return False
	return True
