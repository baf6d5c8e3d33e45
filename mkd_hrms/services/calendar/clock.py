"""The only place that asks what time it is: the agency's time zone decides, never the server's or the device's."""

from datetime import date, datetime

import frappe
from frappe.utils import get_datetime_in_timezone

from mkd_hrms.constants import SETTINGS

# Waktu Indonesia Barat, in which West Java lives.
WIB = "Asia/Jakarta"


def zone() -> str:
	"""The time zone by which days begin and times are due (rule T1), by MKD Settings."""
	return frappe.get_cached_doc(SETTINGS).get("time_zone") or WIB


def now() -> datetime:
	"""The time of the agency (rule T1), without a zone."""
	return get_datetime_in_timezone(zone()).replace(tzinfo=None)


def today() -> date:
	"""The date of the agency (rule T1)."""
	return now().date()
