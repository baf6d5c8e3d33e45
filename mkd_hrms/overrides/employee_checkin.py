"""Employee Checkin: on an MKD day the office radius does not bind, and the office is a reason to give the day back.

The radius is asked for inside HRMS's own `validate`, so only its class can say otherwise; Frappe 15 lets an app
take the place of a class, not yet extend it. Of several apps that do so the last one installed counts: it must
inherit from this class. All that needs no class is an event.
"""

import frappe

from hrms.hr.doctype.employee_checkin.employee_checkin import CheckinRadiusExceededError, EmployeeCheckin

from mkd_hrms.controllers.logged_reading import LoggedReading
from mkd_hrms.services.attendance import checkins
from mkd_hrms.services.day import came_to_office, places
from mkd_hrms.services.platform import written_numbers


class MKDEmployeeCheckin(LoggedReading, EmployeeCheckin):
	"""HRMS's check-in, which is not refused for its place on an MKD day, and whose reader is logged."""

	def validate_distance_from_shift_location(self):
		"""HRMS answers first, so only whom it would refuse costs a look-up, and coordinates stay required (rule D1).

		A machine that stands at the office, whose file is imported, tells no coordinates.
		"""
		if self.flags.from_import:
			return
		try:
			super().validate_distance_from_shift_location()
		except CheckinRadiusExceededError:
			if not checkins.day_of(self):
				raise
			frappe.clear_last_message()

	def is_sensitive(self):
		"""Whoever reads where somebody was on an MKD day is logged (rule P4)."""
		return places.is_known_place(self)


def before_insert(doc, method=None):
	checkins.note_receipt(doc)


def before_validate(doc, method=None):
	checkins.keep_receipt(doc)
	written_numbers.read(doc)


def after_insert(doc, method=None):
	came_to_office.tell(doc)
	places.look_at(doc)


def onload(doc, method=None):
	came_to_office.offer(doc)
