"""Shifts with a holiday list of their own, and who is assigned to them."""

from datetime import date, timedelta

import frappe

from mkd_hrms.tests.support.world import TODAY


def off_on(*weekdays, holidays=(), year=TODAY.year):
	"""A holiday list of a year on which these ISO weekdays are off, and some days more. Returns its name."""
	doc = frappe.new_doc("Holiday List")
	doc.update({"holiday_list_name": f"Libur {frappe.generate_hash(length=6)}"})
	doc.update({"from_date": f"{year}-01-01", "to_date": f"{year}-12-31"})
	for day in (date(year, 1, 1) + timedelta(days=n) for n in range(366)):
		if day.year == year and (day.isoweekday() in weekdays or day in holidays):
			doc.append("holidays", {"holiday_date": day, "description": "Libur"})
	return doc.insert(ignore_permissions=True).name


def make_shift_type(holiday_list, start="07:30:00", end="16:00:00"):
	"""A shift with this holiday list, or with none. Returns its name."""
	doc = frappe.new_doc("Shift Type")
	doc.update({"__newname": f"Piket {frappe.generate_hash(length=6)}", "holiday_list": holiday_list})
	doc.update({"start_time": start, "end_time": end})
	return doc.insert(ignore_permissions=True).name


def assign(employee, shift, since, until=None):
	"""A submitted Shift Assignment."""
	values = {"shift_type": shift, "start_date": since, "end_date": until}
	doc = {"doctype": "Shift Assignment", "employee": employee.name, "company": employee.company, **values}
	doc = frappe.get_doc(doc).insert(ignore_permissions=True)
	doc.submit()
	return doc
