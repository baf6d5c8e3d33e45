"""What a check-in says: which day it belongs to, where it was made, and when the server learned of it (rule D1)."""

from __future__ import annotations

from datetime import date

import frappe
from frappe.model.document import Document
from frappe.utils import flt, getdate

from hrms.hr.utils import get_distance_between_coordinates

from mkd_hrms.constants import AT_WORK_STATES, DAY
from mkd_hrms.facts.attendance.offices import read_offices
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.days import read_day_of_person
from mkd_hrms.services.calendar import clock

DAY_FIELDS = (
	"name employee employee_name department company mkd_date status source_doctype source_name daily_report"
).split()


def note_receipt(checkin: Document) -> None:
	"""Whatever time a check-in claims, this is when it came."""
	checkin.mkd_received_at = clock.now()


def keep_receipt(checkin: Document) -> None:
	"""Nobody moves the time of receipt, whatever he sends."""
	if before := checkin.get_doc_before_save():
		checkin.mkd_received_at = before.mkd_received_at


def date_of(checkin: Document) -> date:
	"""The date on which its shift begins; a night shift ends on the next one."""
	return getdate(checkin.shift_start if checkin.shift and checkin.shift_start else checkin.time)


def day_of(checkin: Document) -> frappe._dict | None:
	"""The MKD day of its employee on its date, approved or worked, by whichever of his Employee records.

	One look-up by index, however often it is asked.
	"""
	key = (checkin.employee, date_of(checkin))
	if not checkin.flags.mkd_asked or checkin.flags.mkd_asked[0] != key:
		checkin.flags.mkd_asked = (key, _look_up(*key))
	return checkin.flags.mkd_asked[1]


def _look_up(employee: str, day: date) -> frappe._dict | None:
	name = read_day_of_person(SiteDatabase(), employee, day, AT_WORK_STATES)
	return frappe.db.get_value(DAY, name, DAY_FIELDS, as_dict=True) if name else None


def is_tracked() -> bool:
	"""Whether HRMS asks for coordinates at all."""
	return bool(frappe.db.get_single_value("HR Settings", "allow_geolocation_tracking"))


def is_at_office(checkin: Document) -> bool:
	"""Whether it was made within the radius of a location that the employee's shift is assigned to."""
	if not (checkin.shift and is_tracked() and (checkin.latitude or checkin.longitude)):
		return False
	here = flt(checkin.latitude), flt(checkin.longitude)
	# One without a radius binds nobody, so it says nothing.
	offices = read_offices(SiteDatabase(), checkin.employee, checkin.shift, getdate(checkin.time))
	return any(
		get_distance_between_coordinates(office.latitude, office.longitude, *here) <= office.radius
		for office in offices
	)
