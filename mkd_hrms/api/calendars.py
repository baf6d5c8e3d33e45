"""What a calendar of the Desk draws: days, requests, and when the reader himself is off."""

from __future__ import annotations

from functools import partial

import frappe

from mkd_hrms.constants import DAY
from mkd_hrms.permissions import employee_records, who
from mkd_hrms.services.ledger import drawn_days
from mkd_hrms.services.people import days_off
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.requests import drawn_requests


@frappe.whitelist()
def days_in_calendar(start: str, end: str, filters: str | list | dict | None = None) -> list[dict]:
	"""MKD days for a calendar, of those whom the user may list; of a crowd how many there are on each date.

	With the holidays of his own list and his leave, so that he sees why a date is free.
	"""
	whose = partial(employee_records.names_in_rows, frappe.session.user, DAY)
	return drawn_days.events(start, end, filters, whose) + own_days_off(start, end)


@frappe.whitelist()
def requests_in_calendar(start: str, end: str, filters: str | list | dict | None = None) -> list[dict]:
	"""The days of requests for a calendar, each with the state of its request; with his own days off, as above."""
	whose = partial(employee_records.names_in_rows, frappe.session.user, DAY)
	return drawn_requests.events(start, end, filters, whose) + own_days_off(start, end)


def own_days_off(start: str, end: str) -> list[dict]:
	"""The user's holidays and leave in the window of a calendar; nothing for who has no record of his own."""
	name = who.own_active_record(frappe.session.user)
	window = drawn_days.window(frappe.utils.getdate(start), frappe.utils.getdate(end))
	return days_off.events(read_person(name), *window) if name else []
