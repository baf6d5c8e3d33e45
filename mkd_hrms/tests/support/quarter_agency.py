"""The agency of the quarter: its calendar, units and people, and the rows that are written of them at once."""

from datetime import date, datetime, time

import frappe
from frappe.utils.nestedset import rebuild_tree

from mkd_hrms.constants import COLLECTIVE_DAY, DAILY_REPORT, DAY, OUTAGE, REQUEST
from mkd_hrms.tests.support.day_case import written
from mkd_hrms.tests.support.factories import attend, officer, rate
from mkd_hrms.tests.support.people import acting_as, make_user
from mkd_hrms.tests.support.quarter_plan import FIRST, GROUPS, UNITS, days_from, is_working, of
from mkd_hrms.tests.support.world import ANALYST, COUNTER, empty_company

LIST, LIST_SINCE, LIST_UNTIL = "Libur Triwulan", date(2024, 10, 1), date(2026, 12, 31)
HAS_USER = ("head", "applicant")
STAMPS = "name creation modified owner modified_by docstatus".split()
WITH_EMPLOYEE = """select table_name from information_schema.columns
	where column_name = 'employee' and table_schema = database()"""
# So many users are made in an hour as Frappe lets nobody.
MANY_USERS = "throttle_user_limit"


class Agency:
	"""The people of a plan. Employees are called as in the plan, so that their order is the same."""

	def __init__(self, plan):
		self.plan, self.users = plan, {}
		self.company = empty_company()
		self.by_hand = of(plan, "Bidang Data", "applicant")[1]

	def make(self):
		# A run that was killed has left them.
		self.clear()
		before = frappe.local.conf.pop(MANY_USERS, None)
		frappe.local.conf[MANY_USERS] = 10_000
		try:
			self.officer = officer()
			self.make_calendar()
			self.make_units()
			self.make_people()
		finally:
			del frappe.local.conf[MANY_USERS]
			if before is not None:
				frappe.local.conf[MANY_USERS] = before
		frappe.db.commit()
		frappe.clear_cache()

	def clear(self):
		"""Nobody of the agency stays behind, nor what names him."""
		frappe.set_user("Administrator")
		frappe.db.rollback()
		requests = frappe.get_all(REQUEST, {"employee": ("in", self.employees)}, pluck="name")
		for field in frappe.get_meta(REQUEST).get_table_fields():
			frappe.db.delete(field.options, {"parent": ("in", requests or [""])})
		for (table,) in frappe.db.sql(WITH_EMPLOYEE):
			frappe.db.sql(f"delete from `{table}` where employee in %s", (self.employees,))
		frappe.db.delete("Employee", {"name": ("in", self.employees)})
		for doctype in (COLLECTIVE_DAY, OUTAGE):
			frappe.db.delete(doctype, {"company": self.company})
		frappe.db.delete("Department", {"name": ("in", [self.unit(unit) for unit in UNITS])})
		frappe.db.delete("Holiday", {"parent": LIST})
		frappe.db.delete("Holiday List", {"name": LIST})
		frappe.db.commit()
		frappe.clear_cache()

	# Who is there

	def employee(self, key):
		return f"TRIWULAN-{key}"

	@property
	def employees(self):
		return tuple(self.employee(key) for key in self.plan.people)

	def unit(self, unit):
		return f"{unit} - {frappe.get_cached_value('Company', self.company, 'abbr')}"

	def make_calendar(self):
		doc = frappe.new_doc("Holiday List")
		doc.update({"holiday_list_name": LIST, "from_date": LIST_SINCE, "to_date": LIST_UNTIL})
		for day in days_from(LIST_SINCE, LIST_UNTIL):
			if not is_working(day):
				row = {"holiday_date": day, "description": "Libur", "weekly_off": int(day.isoweekday() > 5)}
				doc.append("holidays", row)
		doc.insert()

	def make_units(self):
		root = frappe.db.get_value("Department", {"is_group": 1, "parent_department": ("in", ("", None))})
		for name, parent in UNITS.items():
			values = {"parent_department": self.unit(parent) if parent else root, "is_group": name in GROUPS}
			values |= {"department_name": name, "company": self.company}
			frappe.get_doc({"doctype": "Department", **values}).insert()

	def make_people(self):
		self.heads = {member.unit: key for key, member in self.plan.people.items() if member.role == "head"}
		beside = frappe.generate_hash(length=6)
		for key, member in self.plan.people.items():
			if member.role in HAS_USER:
				self.users[key] = f"{key}.{beside}@mkd.test"
		columns = "first_name employee_name company department designation employment_type status gender"
		columns += " date_of_birth date_of_joining holiday_list reports_to user_id employee naming_series"
		rows = [self.record(member) for member in self.plan.people.values()]
		frappe.db.bulk_insert("Employee", [*STAMPS, *columns.split()], rows)
		rebuild_tree("Employee")
		for key, member in self.plan.people.items():
			if member.role in HAS_USER:
				# ERPNext lets nobody be an employee of whom there is no record.
				make_user("Employee", *["MKD Approver"] * (member.role == "head"), email=self.users[key])
				rate(self.employee(key), "Baik", date(2025, 12, 31))
			if member.role in HAS_USER or member.absences:
				attend(self.employee(key), FIRST, member.absences, present=member.role in HAS_USER)

	def record(self, member):
		name, chief = self.employee(member.key), next(iter(self.plan.people))
		head = self.heads[member.unit] if member.role != "head" else chief
		about = (
			name,
			name,
			self.company,
			self.unit(member.unit),
			COUNTER if member.role == "counter" else ANALYST,
		)
		service = (
			"PNS",
			"Active",
			frappe.db.get_value("Gender", {}, "name"),
			"1990-01-01",
			"2020-01-01",
			LIST,
		)
		above = self.employee(head) if head != member.key else None
		return (*stamps(name, 0), *about, *service, above, self.users.get(member.key), name, "HR-EMP-")

	def person(self, key):
		values = "name user_id company department reports_to".split()
		return frappe.db.get_value("Employee", self.employee(key), values, as_dict=True)

	# Rows written at once

	def hand_in(self, today):
		"""The reports of a day, verified; one employee writes his own. Who writes none has come to a gate."""
		filters = {"company": self.company, "mkd_date": today, "status": "Approved"}
		fields = ["name", "employee", "department"]
		days = frappe.get_all(DAY, filters, fields, order_by="name")
		forgot = {self.employee(key) for key, day in self.plan.unreported if day == today}
		reported = [day for day in days if day.employee not in forgot]
		for day in reported:
			if day.employee == self.employee(self.by_hand):
				with acting_as(self.users[self.by_hand]):
					frappe.get_doc(written(frappe._dict(name=day.employee), today)).insert().submit()
		self.write_reports([day for day in reported if day.employee != self.employee(self.by_hand)], today)
		self.check_in([day.employee for day in days if day.employee in forgot], today)

	def write_reports(self, days, today):
		columns = "employee mkd_date mkd_day status workflow_state department company submitted_on".split()
		rows = [
			(
				*(*stamps(f"TRIWULAN-{day.name}", 1), day.employee, today, day.name, "Verified", "Verified"),
				*(day.department, self.company, frappe.utils.now()),
			)
			for day in days
		]
		if rows:
			frappe.db.bulk_insert(DAILY_REPORT, [*STAMPS, *columns], rows)
			frappe.db.sql(
				f"update `tab{DAY}` set daily_report = concat('TRIWULAN-', name) where name in %s",
				([day.name for day in days],),
			)

	def check_in(self, employees, today):
		rows = [
			(*stamps(frappe.generate_hash(length=12), 0), employee, datetime.combine(today, time(8)), "IN")
			for employee in employees
		]
		if rows:
			frappe.db.bulk_insert("Employee Checkin", [*STAMPS, "employee", "time", "log_type"], rows)

	def come_to_the_office(self, today):
		away = frappe.get_all(
			DAY, {"company": self.company, "mkd_date": today, "status": "Approved"}, pluck="employee"
		)
		known = {"attendance_date": today, "company": self.company, "docstatus": ("<", 2)}
		known = frappe.get_all("Attendance", known, pluck="employee")
		there = [key for key in self.plan.people if self.employee(key) not in {*away, *known}]
		rows = [
			(
				*(*stamps(f"TRIWULAN-{today}-{key}", 1), self.employee(key), today),
				*("Absent" if (key, today) in self.plan.absent else "Present", self.company),
			)
			for key in there
		]
		columns = [*STAMPS, "employee", "attendance_date", "status", "company"]
		frappe.db.bulk_insert("Attendance", columns, rows)


def stamps(name, docstatus):
	now = frappe.utils.now()
	return name, now, now, "Administrator", "Administrator", docstatus
