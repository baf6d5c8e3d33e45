"""People with a record, and requests: what most platform tests begin with. Everything is real and stored."""

import base64
from datetime import date, timedelta

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_months, getdate, now_datetime

from mkd_hrms.constants import REQUEST
from mkd_hrms.tests.support.people import acting_as, make_employee, make_user
from mkd_hrms.tests.support.world import ANALYST, OFFICE, unit

# One pixel, in a file that every program opens; whatever stands behind it makes it another file.
PICTURE = base64.b64decode(
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def superior(**values):
	"""An employee whose user may approve once he has reports."""
	return eligible(**values)


def eligible(reports_to=None, today=None, absent_on=(), **values):
	"""An analyst with a year of attendance and a good result, with a user of his own."""
	values = {
		"with_user": True,
		"department": unit(OFFICE),
		"designation": ANALYST,
		"employment_type": "PNS",
		"reports_to": reports_to.name if reports_to else None,
		**values,
	}
	employee = make_employee(**values)
	attend(employee.name, today or getdate(), absent_on)
	rate(employee.name, "Baik", last_year_end(today or getdate()))
	return employee


def last_year_end(today):
	return date(today.year - 1, 12, 31)


def attend(employee, today, absent_on=(), present=True):
	"""Present on every weekday of the year before today, and absent on certain days: what said otherwise of these goes."""
	if absent_on and not present:
		frappe.db.delete("Attendance", {"employee": employee, "attendance_date": ("in", list(absent_on))})
	first = add_months(today, -13)
	days = [first + timedelta(days=n) for n in range((today - first).days)]
	company, now = frappe.db.get_value("Employee", employee, "company"), now_datetime()
	rows = [
		(
			frappe.generate_hash(length=12),
			employee,
			day,
			"Absent" if day in absent_on else "Present",
			company,
			1,
			now,
			now,
		)
		for day in days
		if day.isoweekday() < 6 and (present or day in absent_on)
	]
	columns = "name employee attendance_date status company docstatus creation modified".split()
	frappe.db.bulk_insert("Attendance", columns, rows)


def working_days_before(today, count):
	"""The last so many weekdays before a day, newest first."""
	days = (today - timedelta(days=n) for n in range(1, 60))
	return [day for day in days if day.isoweekday() < 6][:count]


def rate(employee, predicate, period_end, **values):
	"""A submitted yearly result."""
	doc = frappe.get_doc(
		{
			"doctype": "MKD Performance Record",
			"employee": employee,
			"source": "e-Kinerja",
			"period_start": date(period_end.year, 1, 1),
			"period_end": period_end,
			"predicate": predicate,
			**values,
		}
	)
	doc.insert(ignore_permissions=True)
	doc.submit()
	return doc


def asked(employee, dates, **values):
	"""A request as the form sends it, not yet stored."""
	return {
		"doctype": REQUEST,
		"employee": employee.name,
		"request_type": "Dates",
		"dates": [{"mkd_date": str(day)} for day in dates],
		"place": "Registered Residence",
		"reason": "Menyusun naskah akademik",
		"has_computer": "Yes",
		"has_internet": "Yes",
		**values,
	}


def draft(employee, dates, user=None, **values):
	"""A stored draft, written by the employee himself."""
	with acting_as(user or employee.user_id):
		return frappe.get_doc(asked(employee, dates, **values)).insert()


def act(request, action, user):
	"""A workflow action as the form's button sends it."""
	with acting_as(user):
		return apply_workflow(frappe.get_doc(REQUEST, request.name).as_json(), action)


def applied(employee, dates, **values):
	"""A request for which the employee has applied."""
	return act(draft(employee, dates, **values), "Apply", employee.user_id)


def uploaded(user, name="surat.png"):
	"""The address of a private file that a user has uploaded."""
	content = PICTURE + frappe.generate_hash().encode()
	file = {"doctype": "File", "file_name": name, "content": content, "is_private": 1}
	with acting_as(user):
		return frappe.get_doc(file).insert().file_url


def officer():
	return make_user("MKD Officer", "HR Manager", "Employee")


def days_of(request):
	return frappe.get_all(
		"MKD Day",
		filters={"source_name": request.name},
		fields=["mkd_date", "status", "slot", "person", "iso_week", "release_reason"],
		order_by="mkd_date",
	)
