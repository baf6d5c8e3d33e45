"""Approved leave comes before MKD and excuses absences; cancelled leave brings nothing back by itself (rule W10)."""

from frappe.utils import getdate

from mkd_hrms.facts.concerned import PERSON
from mkd_hrms.services.booked_days import superseding
from mkd_hrms.services.standing.changes_noted import concerns


def on_submit(doc, method=None):
	if doc.status == "Approved":
		superseding.give_way_to(doc, [doc.employee], getdate(doc.from_date), getdate(doc.to_date))


def on_cancel(doc, method=None):
	superseding.ask_again(doc)


def on_change(doc, method=None):
	approved = doc.docstatus.is_submitted() and doc.status == "Approved"
	if approved or doc.docstatus.is_cancelled():
		concerns(PERSON, doc.employee)
