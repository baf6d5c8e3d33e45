"""The home of the Desk: how the user stands, how much waits for him, and the guide."""

from __future__ import annotations

import frappe

from mkd_hrms.constants import DAILY_REPORT, DAY, DAY_SWAP, REQUEST
from mkd_hrms.permissions import who
from mkd_hrms.services.daily_reports import actors as report_actors
from mkd_hrms.services.people import waiting
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.platform import guide
from mkd_hrms.services.requests import actors
from mkd_hrms.services.standing import own_sentence
from mkd_hrms.services.swaps import actors as swap_actors


@frappe.whitelist()
def own_standing() -> dict:
	"""In one sentence whether the user may work away this and the next week; empty for who has no record of his own."""
	name = who.own_active_record(frappe.session.user)
	return own_sentence.of(read_person(name)) if name else {}


@frappe.whitelist()
def guide_page(name: str = guide.FIRST) -> dict:
	"""A page of the guide in the reader's language: for everybody who has logged in."""
	return guide.page(name)


@frappe.whitelist()
def waiting_requests(filters: str | None = None) -> dict:
	"""For a card: how many requests the user may approve, and the way to them."""
	return card(REQUEST, waiting.requests(frappe.session.user, actors.refusal))


@frappe.whitelist()
def waiting_reports(filters: str | None = None) -> dict:
	"""For a card: how many daily reports the user may verify, and the way to them."""
	return card(DAILY_REPORT, waiting.reports(frappe.session.user, report_actors.refusal))


@frappe.whitelist()
def waiting_absences(filters: str | None = None) -> dict:
	"""For a card: about how many absences the user was asked, and the way to them."""
	return card(DAY, waiting.absences(frappe.session.user))


@frappe.whitelist()
def waiting_swaps(filters: str | None = None) -> dict:
	"""For a card: how many swaps of days the user may approve, and the way to them."""
	return card(DAY_SWAP, waiting.swaps(frappe.session.user, swap_actors.refusal))


@frappe.whitelist()
def waiting_reviews(filters: str | None = None) -> dict:
	"""For a card: how many requests wait for HR because something is not known, and the way to them."""
	return card(REQUEST, waiting.reviews(frappe.session.user))


def card(doctype: str, names: list[str]) -> dict:
	"""A number as the Desk draws it; a click leads to exactly these documents, and of none nowhere."""
	shown = {"value": len(names), "fieldtype": "Int"}
	way = {"route": ["List", doctype], "route_options": {"name": ["in", names]}}
	return shown | way if names else shown
