"""What the law does not ask to keep: Log Settings of the platform say for how many days, and clear it every day.

Nothing goes while somebody may still contest what happened when it was written. Every chunk is a transaction of its own.
"""

from __future__ import annotations

from datetime import timedelta

import frappe

from mkd_hrms.constants import (
	DAILY_REPORT,
	DAY_SWAP,
	EARLY_WARNING,
	ENDED,
	EVALUATION_RUN,
	OBJECTION,
	REQUEST,
	WAITING_PLACE,
)
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.policies.deadlines import days_to_contest

AT_ONCE = 2000


def clear_runs(days: int) -> None:
	"""Evaluations of long ago: what they found stands with those whom it was about."""
	_clear(EVALUATION_RUN, {}, "creation", days)


def clear_ended_warnings(days: int) -> None:
	"""Early warnings of what is near no more. One that still stands stays, however old it is."""
	_clear(EARLY_WARNING, {"status": ENDED}, "ended_on", days)


def clear_ended_places(days: int) -> None:
	"""Places on the waiting list for which nobody waits any more."""
	_clear(WAITING_PLACE, {"status": ("not in", ("Waiting", "Told"))}, "ended_on", days)


def clear_closed_actions(days: int) -> None:
	"""What a Workflow once asked about a document of ours. Who decided stands in the document."""
	ours = ("in", (REQUEST, DAILY_REPORT, OBJECTION, DAY_SWAP))
	_clear("Workflow Action", {"reference_doctype": ours, "status": "Completed"}, "modified", days)


def _clear(doctype: str, about: dict, stamp: str, days: int) -> None:
	before = clock.now() - timedelta(days=max(days, days_to_contest()))
	tables = [field.options for field in frappe.get_meta(doctype).get_table_fields()]
	about = {**about, stamp: ("<", before)}
	while names := frappe.get_all(doctype, about, pluck="name", order_by=stamp, limit=AT_ONCE):
		for table in tables:
			frappe.db.delete(table, {"parenttype": doctype, "parent": ("in", names)})
		frappe.db.delete(doctype, {"name": ("in", names)})
		frappe.db.commit()
