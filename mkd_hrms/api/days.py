"""A date: given back, recalled, revoked, confirmed as an absence or a false place."""

from __future__ import annotations

import frappe
from frappe.utils import cint

from mkd_hrms.api.named import listed
from mkd_hrms.constants import RELEASED, REVOKED
from mkd_hrms.services.booked_days import recall
from mkd_hrms.services.day import came_to_office, no_shows, places
from mkd_hrms.services.platform.opened import opened


@frappe.whitelist(methods=["POST"])
def give_back_day(checkin: str) -> dict:
	"""Give back today's MKD day after a check-in at the office, before noon: the employee himself."""
	doc = opened("Employee Checkin", checkin)
	request = came_to_office.release(doc)
	return {"request": request.name, "status": request.status}


@frappe.whitelist()
def ways_back(mkd_days: str | list[str]) -> dict[str, str]:
	"""For each day that the user may take back, whether it is called back or revoked by now."""
	return recall.ways_back(listed(mkd_days))


@frappe.whitelist(methods=["POST"])
def recall_days(mkd_days: str | list[str], reason: str) -> dict:
	"""The superior, or HR for him, calls somebody back to the office in time: the days are given back."""
	recall.recall(listed(mkd_days), reason)
	return {"status": RELEASED}


@frappe.whitelist(methods=["POST"])
def revoke_days(mkd_days: str | list[str], reason: str) -> dict:
	"""The superior, or HR for him, withdraws the approval of days that began: they stay used."""
	recall.revoke(listed(mkd_days), reason)
	return {"status": REVOKED}


@frappe.whitelist(methods=["POST"])
def confirm_no_show(mkd_day: str, confirmed: int | bool, reason: str) -> dict:
	"""The superior, or HR for him, confirms a proposed absence on an MKD day or excuses it."""
	return {"mkd_day": mkd_day, "status": no_shows.confirm(mkd_day, bool(cint(confirmed)), reason)}


@frappe.whitelist(methods=["POST"])
def confirm_false_place(mkd_day: str, reason: str) -> dict:
	"""The superior, or HR for him, confirms that the place of a worked MKD day was false."""
	places.confirm(mkd_day, reason)
	return {"mkd_day": mkd_day}


@frappe.whitelist(methods=["POST"])
def review_place_hint(hint: str, status: str, note: str) -> dict:
	"""The superior, or HR for him, finds that a check-in is explained, or confirms a false place."""
	return {"hint": hint, "status": places.review(hint, status, note)}
