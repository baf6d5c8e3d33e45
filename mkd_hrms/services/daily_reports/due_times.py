"""The due times of daily reports: how far ahead they are looked for, how they read, and whether one of them is over."""

from __future__ import annotations

from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.utils import format_datetime

from mkd_hrms.services.calendar import clock

# Holidays in a row that may lie between a day and the next working days.
LOOK_AHEAD = timedelta(days=45)


def shown(moment: datetime | None) -> str:
	"""A due time as it is read in a sentence."""
	return format_datetime(moment, "dd-MM-yyyy HH:mm") if moment else _("not known")


def is_over(moment: datetime | str | None) -> bool:
	"""Whether the minute is over; what nobody knows is not."""
	if not moment:
		return False
	last = frappe.utils.get_datetime(moment).replace(second=0, microsecond=0)
	return last + timedelta(minutes=1) <= clock.now()
