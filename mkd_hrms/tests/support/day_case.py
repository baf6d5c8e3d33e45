"""A day of MKD, from its approval to its end: an office shift with auto attendance, check-ins, reports, a clock to turn."""

from datetime import date, datetime, time

from freezegun import freeze_time

import frappe

from mkd_hrms.constants import DAILY_REPORT, DAY
from mkd_hrms.services.day import end_of_day
from mkd_hrms.tests.support.factories import act, applied
from mkd_hrms.tests.support.frozen import RequestCase
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.world import COMPANY

# The day after the frozen Wednesday; its report is late until Friday, 10:00.
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
SHIFT = "Jam Kantor"


def moment(day, hour, minute=0):
	return datetime.combine(day, time(hour, minute))


def at(day, hour, minute=0):
	"""The site's clock, in Jakarta, stands at a time of a day."""
	return freeze_time(f"{day}T{hour:02d}:{minute:02d}:00.500001+07:00", tick=True)


BEFORE_GRACE, AFTER_GRACE = (FRIDAY, 9, 59), (FRIDAY, 10, 1)


class DayCase(RequestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		make_shift()
		frappe.db.commit()
		cls.addClassCleanup(clear_away)

	def approved(self, days=(THURSDAY,), **values):
		"""An employee of the shift with approved MKD days."""
		employee = self.person(default_shift=SHIFT, **values)
		request = applied(employee, days)
		act(request, "Approve", self.boss.user_id)
		employee.request = request.name
		return employee

	def day(self, employee, on=THURSDAY):
		return frappe.get_doc(DAY, frappe.db.get_value(DAY, {"employee": employee.name, "mkd_date": on}))

	def rows(self, employee, on=THURSDAY, **filters):
		"""The attendance rows that stand."""
		return frappe.get_all(
			"Attendance",
			filters={"employee": employee.name, "attendance_date": on, "docstatus": ("<", 2), **filters},
			fields=["*"],
		)

	def row(self, employee, on=THURSDAY):
		(row,) = self.rows(employee, on)
		return row

	def check_in(self, employee, first=(7, 30), last=(16, 0), on=THURSDAY):
		for kind, clock in (("IN", first), ("OUT", last)):
			frappe.get_doc(
				{
					"doctype": "Employee Checkin",
					"employee": employee.name,
					"time": moment(on, *clock),
					"log_type": kind,
				}
			).insert(ignore_permissions=True)

	def auto_attendance(self):
		frappe.db.set_value("Shift Type", SHIFT, "last_sync_of_checkin", moment(FRIDAY, 23))
		frappe.get_doc("Shift Type", SHIFT).process_auto_attendance()

	def report(self, employee, on=THURSDAY, user=None, at_time=None, **values):
		"""A report that was handed in, in the evening of its day unless said otherwise."""
		with at(*(at_time or (on, 20))), acting_as(user or employee.user_id):
			doc = frappe.get_doc({**written(employee, on), **values}).insert()
			doc.submit()
		return doc

	def end(self, when=AFTER_GRACE):
		with at(*when):
			return end_of_day.end_days(COMPANY)


def written(employee, on=THURSDAY, **activity):
	"""A report as the form sends it."""
	row = {"activity": "Menyusun naskah", "output": "Naskah akademik", "minutes": 420, **activity}
	return {"doctype": DAILY_REPORT, "employee": employee.name, "mkd_date": str(on), "activities": [row]}


def insert_row(employee, status, on=THURSDAY, **values):
	return frappe.get_doc(
		{
			"doctype": "Attendance",
			"employee": employee.name,
			"attendance_date": on,
			"status": status,
			"company": employee.company,
			**values,
		}
	).insert()


def attendance_request(employee, reason, on=THURSDAY):
	doc = frappe.get_doc(
		{
			"doctype": "Attendance Request",
			"employee": employee.name,
			"company": employee.company,
			"from_date": on,
			"to_date": on,
			"reason": reason,
			"explanation": "Undangan resmi",
		}
	).insert()
	doc.submit()
	return doc


def leave_on(employee, on, **values):
	"""Approved leave without pay: it needs no allocation."""
	leave = {"employee": employee.name, "leave_type": leave_type(), "from_date": on, "to_date": on, **values}
	doc = frappe.get_doc(
		{"doctype": "Leave Application", "company": employee.company, "status": "Approved", **leave}
	).insert()
	doc.submit()
	return doc


def leave_type():
	"""Leave without pay."""
	kind = "Cuti Tanpa Tunjangan"
	if not frappe.db.exists("Leave Type", kind):
		frappe.get_doc({"doctype": "Leave Type", "leave_type_name": kind, "is_lwp": 1}).insert()
	return kind


def make_shift():
	"""Half past seven to four; under two hours is absent, under four is half a day."""
	if frappe.db.exists("Shift Type", SHIFT):
		return
	frappe.get_doc(
		{
			"doctype": "Shift Type",
			"__newname": SHIFT,
			"start_time": "07:30:00",
			"end_time": "16:00:00",
			"enable_auto_attendance": 1,
			"determine_check_in_and_check_out": "Alternating entries as IN and OUT during the same shift",
			"working_hours_calculation_based_on": "First Check-in and Last Check-out",
			"begin_check_in_before_shift_start_time": 60,
			"allow_check_out_after_shift_end_time": 60,
			"enable_late_entry_marking": 1,
			"late_entry_grace_period": 15,
			"working_hours_threshold_for_absent": 2,
			"working_hours_threshold_for_half_day": 4,
			"process_attendance_after": THURSDAY,
			"last_sync_of_checkin": moment(THURSDAY, 0),
		}
	).insert(ignore_permissions=True)


def clear_away():
	"""What ends a day commits, day by day: so nobody of the shift stays behind."""
	frappe.set_user("Administrator")
	frappe.db.rollback()
	people = frappe.get_all("Employee", {"default_shift": SHIFT}, pluck="name") or [""]
	for doctype in ("MKD Day", DAILY_REPORT, "Attendance", "Employee Checkin", "MKD Request"):
		frappe.db.delete(doctype, {"employee": ("in", people)})
	frappe.db.set_value("Employee", {"name": ("in", people)}, {"status": "Left", "default_shift": None})
	frappe.db.delete("Shift Type", {"name": SHIFT})
	frappe.db.commit()
