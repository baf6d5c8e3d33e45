"""An official trip comes before MKD from the first departure to the last arrival (rule W10)."""

from frappe.utils import getdate

from mkd_hrms.services.booked_days import superseding
from mkd_hrms.services.standing.changes_noted import concerns_employee


def on_submit(doc, method=None):
	times = [stop.departure_date for stop in doc.itinerary] + [stop.arrival_date for stop in doc.itinerary]
	days = [getdate(time) for time in times if time]
	if days and doc.employee:
		superseding.give_way_to(doc, [doc.employee], min(days), max(days))


def on_cancel(doc, method=None):
	superseding.ask_again(doc)


def on_change(doc, method=None):
	concerns_employee(doc)
