"""An office with a radius, people whose shift is assigned to it, and check-ins with a place."""

import frappe

from mkd_hrms.tests.support.people import acting_as

LOCATION = "Gedung Sate"
AT_OFFICE, AT_HOME = (-6.9025, 107.6188), (-6.9500, 107.7000)
RADIUS = 100


def open_office():
	"""A location whose radius counts, because HRMS asks where people check in."""
	if not frappe.db.exists("Shift Location", LOCATION):
		place = {"latitude": AT_OFFICE[0], "longitude": AT_OFFICE[1], "checkin_radius": RADIUS}
		frappe.get_doc({"doctype": "Shift Location", "location_name": LOCATION, **place}).insert(
			ignore_permissions=True
		)
	track(True)


def track(wanted):
	frappe.db.set_single_value("HR Settings", "allow_geolocation_tracking", int(wanted))


def close_office():
	track(False)
	frappe.db.delete("Shift Assignment", {"shift_location": LOCATION})
	frappe.db.delete("Shift Location", {"name": LOCATION})


def assign(employee, shift, since):
	"""Bind an employee's shift to the office."""
	doc = frappe.get_doc(
		{
			"doctype": "Shift Assignment",
			"employee": employee.name,
			"company": employee.company,
			"shift_type": shift,
			"start_date": since,
			"shift_location": LOCATION,
			"status": "Active",
		}
	).insert(ignore_permissions=True)
	doc.submit()
	return doc


def checkin_from(employee, place, user=None, **values):
	"""A check-in as the telephone sends it: the time is that of the server unless somebody else may say it."""
	latitude, longitude = place or (None, None)
	doc = {"doctype": "Employee Checkin", "employee": employee.name, "log_type": "IN"}
	with acting_as(user or employee.user_id):
		return frappe.get_doc({**doc, "latitude": latitude, "longitude": longitude, **values}).insert()
