"""One agency for all platform tests: holiday lists, three units, four designations. Made once, kept by every test.

Dates are fixed around `TODAY`, a Wednesday, for tests that freeze the clock; tests over HTTP ask `coming_week`
for a week that lies ahead on the real clock. The holiday lists cover both.
"""

from datetime import date, timedelta

import frappe
from frappe.utils import getdate

from mkd_hrms.services.policies.in_force import clear_cache

COMPANY = "Pemerintah Contoh"
TODAY = date(2026, 11, 25)
ANALYST, CLERK, COUNTER, UNCLASSIFIED = (
	"Analis Kebijakan",
	"Pengadministrasi",
	"Petugas Loket",
	"Jabatan Baru",
)
OFFICE, SERVICE, SERVICE_BACK_OFFICE = "Biro Organisasi", "Samsat", "Samsat Tata Usaha"
YEARS = 3
# A holiday on a Thursday in the week after TODAY.
HOLIDAY = date(2026, 12, 3)


def before_tests():
	"""Make the agency where it is missing."""
	make()
	frappe.db.commit()


def make():
	make_holiday_lists()
	make_units()
	make_designations()
	open_units()
	for name in ("CPNS", "Non-ASN"):
		if not frappe.db.exists("Employment Type", name):
			frappe.get_doc({"doctype": "Employment Type", "employee_type_name": name}).insert(
				ignore_permissions=True
			)
	frappe.clear_cache()


def open_units():
	"""Room for everybody: the units here hold one or two people, and most tests are about something else than W5."""
	room = {"unit_cap_percent": 100, "min_on_site": 0, "min_on_site_percent": 0, "single_person_units": 1}
	for name in frappe.get_all("MKD Policy", filters={"docstatus": 1}, pluck="name"):
		frappe.db.set_value("MKD Policy", name, room)
	clear_cache()


def make_holiday_lists():
	"""One list a year, Saturdays and Sundays off; the settings know those that are not today's."""
	settings = frappe.get_doc("MKD Settings")
	settings.calendars = []
	real = getdate().year
	for year in sorted({*range(TODAY.year - 2, TODAY.year + 2), *range(real - 2, real + 2)}):
		settings.append("calendars", {"company": COMPANY, "holiday_list": holiday_list(year)})
	settings.save(ignore_permissions=True)
	frappe.db.set_value("Company", COMPANY, "default_holiday_list", holiday_list(TODAY.year))


def holiday_list(year):
	name = f"Libur {year}"
	if not frappe.db.exists("Holiday List", name):
		doc = frappe.new_doc("Holiday List")
		doc.update({"holiday_list_name": name, "from_date": f"{year}-01-01", "to_date": f"{year}-12-31"})
		for day in (date(year, 1, 1) + timedelta(days=n) for n in range(366)):
			if day.year == year and (day.isoweekday() > 5 or day == HOLIDAY):
				weekly_off = int(day != HOLIDAY)
				doc.append(
					"holidays",
					{"holiday_date": day, "description": "Libur", "weekly_off": weekly_off},
				)
		doc.insert(ignore_permissions=True)
	return name


def make_units():
	root = frappe.db.get_value("Department", {"is_group": 1, "parent_department": ("in", ("", None))}, "name")
	for name, parent, is_group, public_service in (
		(OFFICE, None, 0, ""),
		(SERVICE, None, 1, "Yes"),
		(SERVICE_BACK_OFFICE, SERVICE, 0, "No"),
	):
		if frappe.db.exists("Department", unit(name)):
			continue
		frappe.get_doc(
			{
				"doctype": "Department",
				"department_name": name,
				"company": COMPANY,
				"parent_department": unit(parent) if parent else root,
				"is_group": is_group,
				"mkd_public_service": public_service,
			}
		).insert(ignore_permissions=True)


def unit(name):
	"""A Department's name as ERPNext makes it."""
	return f"{name} - {frappe.get_cached_value('Company', COMPANY, 'abbr')}"


def make_designations():
	for name, verdict in (
		(ANALYST, "Suitable"),
		(CLERK, "Suitable"),
		(COUNTER, "Public Service"),
		(UNCLASSIFIED, None),
	):
		if not frappe.db.exists("Designation", name):
			frappe.get_doc({"doctype": "Designation", "designation_name": name}).insert(
				ignore_permissions=True
			)
		if verdict and not frappe.db.exists("MKD Suitability", {"reference_name": name}):
			classify("Designation", name, verdict)


def classify(kind, name, verdict, **values):
	"""A suitability decision in force since the rule began."""
	meets = int(verdict == "Suitable")
	criteria = (
		"away_from_post",
		"no_special_room",
		"uses_ict",
		"minimal_face_to_face",
		"no_continuous_supervision",
	)
	return frappe.get_doc(
		{
			"doctype": "MKD Suitability",
			"reference_doctype": kind,
			"reference_name": name,
			"verdict": verdict,
			"decree_no": "SK 1/2023",
			"valid_from": "2023-06-19",
			**dict.fromkeys(criteria, meets),
			**values,
		}
	).insert(ignore_permissions=True)


def other_company():
	"""A second agency, older than the one in which tests put people who are in none."""
	name = "Pemerintah Tetangga"
	if not frappe.db.exists("Company", name):
		values = {"abbr": "PTt", "default_currency": "IDR", "country": "Indonesia"}
		frappe.get_doc({"doctype": "Company", "company_name": name, **values}).insert(ignore_permissions=True)
		frappe.db.set_value("Company", name, "modified", "2000-01-01", update_modified=False)
		frappe.db.commit()
	return name


def empty_company():
	"""The second agency without those whom other tests put there."""
	name = other_company()
	for doctype in ("Employee", "MKD Eligibility"):
		frappe.db.delete(doctype, {"company": name})
	frappe.db.commit()
	return name


def coming_week(today=None):
	"""Monday to Friday of the week after next: working days ahead, whatever day it is."""
	today = today or getdate()
	monday = today + timedelta(days=14 - today.weekday())
	week = [monday + timedelta(days=n) for n in range(5)]
	return [day + timedelta(days=7) for day in week] if HOLIDAY in week else week
