"""Two holiday lists that become one: no day loses its calendar (rule T3), and new holidays come first (rule W11)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import format_date

from mkd_hrms.facts.attendance.calendars import read_periods
from mkd_hrms.facts.database.site import SiteDatabase


def before_merge(old: str, new: str) -> None:
	"""Refuse to join a list with one that does not cover its days. Raises ValidationError."""
	periods = read_periods(SiteDatabase(), (old, new))
	if len(periods) < 2:
		return
	(since, until), (first, last) = periods[old], periods[new]
	if first > since or last < until:
		frappe.throw(
			_(
				"{0} lasts from {1} to {2}, and {3} only from {4} to {5}: some days would be in no holiday list, and nothing could be decided about them (rule T3). Keep both; MKD Settings knows a list for each year."
			).format(
				*(frappe.bold(old), format_date(since), format_date(until)),
				*(frappe.bold(new), format_date(first), format_date(last)),
			),
			title=_("Days Without a Calendar"),
		)
