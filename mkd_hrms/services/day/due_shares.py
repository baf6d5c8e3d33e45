"""The days of a company that are due, in shares by employee, where they are too many for one worker."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import frappe
from frappe.utils import cint

from mkd_hrms.constants import APPROVED, DAY
from mkd_hrms.facts.ledger.ended_days import DueDay
from mkd_hrms.services.calendar import clock

# More due days than this are divided among several workers, unless the site's configuration says another number.
MOST, MOST_KEY = 2000, "mkd_due_days_per_share"
# Which share it is, from 0 on, and of how many.
Share = tuple[int, int]


def shares_of(company: str) -> list[Share | None]:
	"""The shares of the days that are due in a company; one that is None where they are few."""
	due = {"company": company, "status": APPROVED, "absence_proposed": 0, "mkd_date": ("<", clock.today())}
	most = cint(frappe.conf.get(MOST_KEY)) or MOST
	count = -(-frappe.db.count(DAY, due) // most)
	return [(number, count) for number in range(count)] if count > 1 else [None]


def days_of(days: Sequence[DueDay], share: Share | None) -> Sequence[DueDay]:
	"""Those of the days that are in a share: all days of an employee are in the same one."""
	if share is None:
		return days
	number, count = share
	return [day for day in days if crc32(day.employee.encode()) % count == number]


def job_of(company: str, share: Share | None) -> str:
	"""A share that is still at work keeps the one of the same number from beginning."""
	return f"mkd_day_ends::{company}" + (f"::{share[0]}" if share and share[0] else "")
