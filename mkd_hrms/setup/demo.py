"""A small agency to look at, for a demo site only: people who may, people who may not, and the reasons for both.

Run it again at any time: it makes what is missing and carries attendance on to yesterday.
"""

from datetime import date, timedelta

import frappe
from frappe import _
from frappe.utils.password import update_password

from mkd_hrms.constants import (
	APPROVE,
	DESIGNATION,
	EMPLOYEE,
	REQUEST,
	SUITABILITY,
	SUITABLE,
	UNIT,
)
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.standing import refresh
from mkd_hrms.setup import demo_history, demo_unit
from mkd_hrms.setup.demo_people import HOLIDAYS, OFTEN, ONCE, PEOPLE, UNITS, VERDICTS
from mkd_hrms.setup.demo_records import act, address, ask, company, create, employee_of, unit

PASSWORD = "mkd-demo"  # noqa: S105 -- of invented people on a site for showing
CRITERIA = "away_from_post no_special_room uses_ict minimal_face_to_face no_continuous_supervision".split()


def make():
	"""Make or refresh the demo agency."""
	refuse_real_site()
	today = clock.today()
	make_calendars(today)
	make_units()
	make_designations()
	for person in PEOPLE:
		employee = make_employee(person, today)
		if person.has_attendance:
			attend(employee, person, today)
		if person.predicate:
			rate(employee, person.predicate, date(today.year - 1, 12, 31))
	if not frappe.db.count(REQUEST):
		make_requests(coming_monday(today))
	demo_history.make(today)
	demo_unit.make(today)
	frappe.set_user("Administrator")
	refresh.refresh(company())
	frappe.db.commit()


def show():
	"""Print who can log in."""
	print(f"\nDemo people, password '{PASSWORD}':")
	for person in PEOPLE:
		print(f"  {address(person.user):20} {person.full_name}, {person.shows}")


def refuse_real_site():
	"""Accounts with a known password have no place where real people work."""
	if not frappe.conf.allow_tests:
		frappe.throw(_("Demo data is only for a site that allows tests."))


def make_calendars(today):
	"""A holiday list for last, this and next year: the current one for the company, the others for the settings."""
	settings, agency = frappe.get_doc("MKD Settings"), company()
	known = {row.holiday_list for row in settings.calendars}
	for year in (today.year - 1, today.year, today.year + 1):
		name = make_holiday_list(year)
		if name not in known:
			settings.append("calendars", {"company": agency, "holiday_list": name})
		if year == today.year:
			frappe.db.set_value("Company", agency, "default_holiday_list", name)
	settings.save(ignore_permissions=True)


def make_holiday_list(year):
	name = f"Hari Libur {year}"
	if not frappe.db.exists("Holiday List", name):
		doc = frappe.new_doc("Holiday List")
		doc.update({"holiday_list_name": name, "from_date": f"{year}-01-01", "to_date": f"{year}-12-31"})
		for day in days_between(date(year, 1, 1), date(year, 12, 31)):
			holiday = HOLIDAYS.get((day.month, day.day))
			if holiday or day.isoweekday() > 5:
				row = {
					"holiday_date": day,
					"description": holiday or "Akhir pekan",
					"weekly_off": int(not holiday),
				}
				doc.append("holidays", row)
		doc.insert(ignore_permissions=True)
	return name


def days_between(first, last):
	return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def make_units():
	root = frappe.db.get_value(UNIT, {"is_group": 1, "parent_department": ("in", ("", None))}, "name")
	parents = {parent for _name, parent, _public in UNITS}
	for name, parent, public_service in UNITS:
		create(
			UNIT,
			unit(name),
			department_name=name,
			company=company(),
			parent_department=unit(parent) if parent else root,
			is_group=int(name in parents),
			mkd_public_service=public_service,
		)


def make_designations():
	for name, verdict in VERDICTS.items():
		create(DESIGNATION, name, designation_name=name)
		if verdict and not frappe.db.exists(SUITABILITY, {"reference_name": name}):
			create(
				SUITABILITY,
				reference_doctype=DESIGNATION,
				reference_name=name,
				verdict=verdict,
				decree_no="SK 1/2023",
				valid_from="2023-06-19",
				**dict.fromkeys(CRITERIA, int(verdict == SUITABLE)),
			)


def make_employee(person, today):
	"""The Employee and his user. Returns the employee's name."""
	user = address(person.user)
	if existing := employee_of(person.user):
		return existing
	make_user(person, user)
	create("Employment Type", person.employment_type, employee_type_name=person.employment_type)
	first_name, _space, last_name = person.full_name.partition(" ")
	joined = date(today.year - person.months_of_service // 12, today.month, 1)
	joined = frappe.utils.add_months(joined, -(person.months_of_service % 12))
	return create(
		"Employee",
		first_name=first_name,
		last_name=last_name,
		gender=person.gender,
		company=company(),
		department=unit(person.unit),
		designation=person.designation,
		employment_type=person.employment_type,
		date_of_birth="1990-03-05",
		date_of_joining=joined,
		mkd_nip=nip(person, joined),
		reports_to=person.superior and employee_of(person.superior),
		user_id=user,
		# An officer works on everybody's records, which a User Permission would hide from him.
		create_user_permission=int(not person.roles),
	).name


def nip(person, joined):
	"""Date of birth, month of appointment, gender, serial number."""
	serial = 1 + [each.user for each in PEOPLE].index(person.user)
	return f"19900305{joined:%Y%m}{1 if person.gender == 'Male' else 2}{serial:03d}"


def make_user(person, user):
	first_name, _space, last_name = person.full_name.partition(" ")
	roles = [{"role": role} for role in (EMPLOYEE, *person.roles)]
	values = {"email": user, "first_name": first_name, "last_name": last_name, "roles": roles}
	create("User", user, send_welcome_email=0, **values)
	update_password(user, PASSWORD)


def attend(employee, person, today):
	"""A row for every working day from thirteen months ago, or from the last one there is, up to yesterday."""
	last = frappe.db.get_value("Attendance", {"employee": employee}, "max(attendance_date)")
	joined = frappe.db.get_value("Employee", employee, "date_of_joining")
	first = last + timedelta(days=1) if last else max(joined, frappe.utils.add_months(today, -13))
	now, department = frappe.utils.now(), unit(person.unit)
	rows = [
		(
			frappe.generate_hash(length=12),
			*(now, now, "Administrator", "Administrator", 1),
			*(employee, person.full_name, department, company(), day),
			"Absent" if is_absent(person, day) else "Present",
		)
		for day in days_between(first, today - timedelta(days=1))
		if day.isoweekday() < 6 and (day.month, day.day) not in HOLIDAYS
	]
	columns = "name creation modified owner modified_by docstatus"
	columns += " employee employee_name department company attendance_date status"
	if rows:
		frappe.db.bulk_insert("Attendance", columns.split(), rows)


def is_absent(person, day):
	"""Absent on the Tuesday of one week a year, or of every eighth week."""
	_year, week, weekday = day.isocalendar()
	return weekday == 2 and (
		(person.absent == ONCE and week == 20) or (person.absent == OFTEN and week % 8 == 4)
	)


def rate(employee, predicate, period_end):
	"""A submitted yearly result."""
	if frappe.db.exists("MKD Performance Record", {"employee": employee, "period_end": period_end}):
		return
	create(
		"MKD Performance Record",
		employee=employee,
		source="e-Kinerja",
		period_start=date(period_end.year, 1, 1),
		period_end=period_end,
		predicate=predicate,
	).submit()


def coming_monday(today):
	"""The Monday after next: its working days are ahead, whatever day it is."""
	return today + timedelta(days=14 - today.weekday())


def make_requests(monday):
	"""One that waits for the superior, one approved, one denied, one that HR reviews."""
	ask("asep", monday, days=4)
	ask("budi", monday, days=1)
	ask("cucu", monday, days=2)
	approved = ask("rina", monday, days=2)
	act(approved, APPROVE, "dedi")
