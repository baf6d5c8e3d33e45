"""Approved leave comes before MKD; cancelled leave brings nothing back by itself (rule W10)."""

from frappe.utils import getdate

from mkd_hrms.services import superseding


def on_submit(doc, method=None):
	if doc.status == "Approved":
		superseding.give_way_to(doc, [doc.employee], getdate(doc.from_date), getdate(doc.to_date))


def on_cancel(doc, method=None):
	superseding.ask_again(doc)
