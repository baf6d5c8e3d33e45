"""Employee Checkin: whoever reads where somebody was on an MKD day is logged.

Frappe 15 lets an app take the place of a class, not yet extend it: of several apps that do so the last one installed
counts, and must inherit from this class.
"""

from hrms.hr.doctype.employee_checkin.employee_checkin import EmployeeCheckin

from mkd_hrms.services import places
from mkd_hrms.services.read_log import LoggedReading


class MKDEmployeeCheckin(LoggedReading, EmployeeCheckin):
	"""HRMS's check-in, with a line in the Access Log for whoever reads its position."""

	def is_sensitive(self):
		return places.is_known_place(self)
