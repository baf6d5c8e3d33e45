"""The only place that asks what time it is: the site's time zone decides, never the server's or the device's."""

from datetime import date, datetime

from frappe.utils import now_datetime


def now() -> datetime:
	"""The time of the site (rule T1), without a zone."""
	return now_datetime()


def today() -> date:
	"""The date of the site (rule T1)."""
	return now().date()
