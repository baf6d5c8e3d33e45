"""Plays the quarter by the app's own documents, services and jobs, at the clock of each day.

People, attendance and most reports are rows written at once; all that decides about a day of the ledger is the app's.
"""

from collections import Counter
from datetime import date, datetime, time

from croniter import croniter
from freezegun import freeze_time

import frappe
from frappe.utils.nestedset import rebuild_tree

from mkd_hrms import api, hooks, tasks
from mkd_hrms.constants import COLLECTIVE_DAY, DAILY_REPORT, DAY, OUTAGE, REQUEST
from mkd_hrms.services.policies.in_force import clear_cache
from mkd_hrms.tests.support.circulars import written as circular_written
from mkd_hrms.tests.support.day_case import leave_on
from mkd_hrms.tests.support.day_case import written as report_written
from mkd_hrms.tests.support.factories import act as press
from mkd_hrms.tests.support.factories import attend, draft, officer, rate
from mkd_hrms.tests.support.other_process import forget_all_jobs, forget_what_waits
from mkd_hrms.tests.support.people import acting_as, doctypes_remembered, make_user
from mkd_hrms.tests.support.quarter_plan import (
	FIRST,
	GROUPS,
	ONE_DAY,
	OUTAGE_DAY,
	UNITS,
	days_from,
	is_working,
	of,
)
from mkd_hrms.tests.support.world import ANALYST, COUNTER, empty_company

LIST, LIST_SINCE, LIST_UNTIL = "Libur Triwulan", date(2024, 10, 1), date(2026, 12, 31)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
ON_HOLIDAY = {1: "Next Working Day", -1: "Previous Working Day"}
QUARTER_OF_AN_HOUR = "*/15 * * * *"
# What is at work at other hours, looked for when it may be due.
HOURS = (5, 6)
HAS_USER = ("head", "applicant")
STAMPS = "name creation modified owner modified_by docstatus".split()


class Stage:
	"""The agency of a plan. Employees are called as in the plan, so that their order is the same."""

	def __init__(self, plan):
		self.plan, self.sources, self.users = plan, {}, {}
		self.frozen = freeze_time(moment(FIRST, 0, 5), tick=True)
		self.clock = self.frozen.start()
		self.company = empty_company()
		forget_all_jobs()
		forget_what_waits()
		self.limit_of_users = frappe.local.conf.get("throttle_user_limit")
		frappe.local.conf.throttle_user_limit = 10_000
		self.by_hand = of(plan, "Bidang Data", "applicant")[1]
		self.at_work = {
			"mkd_hrms.tasks.end_days": lambda: tasks.end_days_of(self.company),
			"mkd_hrms.tasks.refresh_standings": lambda: tasks.refresh_company(self.company),
			"mkd_hrms.tasks.tell_early_warnings": tasks.tell_now,
			"mkd_hrms.tasks.follow_patterns": tasks.make_pattern_days,
			"mkd_hrms.tasks.book_collective_days": self.book_circulars,
		}

	def set(self):
		self.make_calendar()
		self.make_units()
		self.officer = officer()
		self.make_people()
		frappe.db.commit()
		clear_cache()
		frappe.clear_cache()

	def clear(self):
		"""Nobody of the agency stays behind, nor what names him."""
		frappe.set_user("Administrator")
		frappe.db.rollback()
		for (table,) in frappe.db.sql(
			"select table_name from information_schema.columns where column_name = 'employee' and table_schema = database()"
		):
			frappe.db.sql(f"delete from `{table}` where employee in %s", (self.employees,))
		frappe.db.delete("Employee", {"name": ("in", self.employees)})
		frappe.db.delete(COLLECTIVE_DAY, {"company": self.company})
		frappe.db.delete(OUTAGE, {"company": self.company})
		frappe.db.delete("Department", {"name": ("in", [self.unit(unit) for unit in UNITS])})
		frappe.db.delete("Holiday", {"parent": LIST})
		frappe.db.delete("Holiday List", {"name": LIST})
		frappe.db.commit()
		frappe.local.conf.throttle_user_limit = self.limit_of_users
		self.frozen.stop()
		forget_all_jobs()
		forget_what_waits()
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

	# A day

	def turn_to(self, day, *hour):
		self.clock.move_to(moment(day, *hour))
		# What was read is of yesterday.
		frappe.db.rollback()

	def work(self, *paths):
		for path in paths:
			self.at_work.get(path, frappe.get_attr(path))()
			frappe.db.commit()

	def night(self, today):
		self.turn_to(today, 0, 30)
		self.work(*hooks.scheduler_events["daily_long"], *hooks.scheduler_events["daily"])
		for hour in HOURS:
			for cron, paths in hooks.scheduler_events["cron"].items():
				if cron != QUARTER_OF_AN_HOUR and croniter.match(cron, datetime.combine(today, time(hour))):
					self.turn_to(today, hour)
					self.work(*paths)

	def quarter_of_an_hour(self, today, *hour):
		self.turn_to(today, *hour)
		self.work(*hooks.scheduler_events["cron"][QUARTER_OF_AN_HOUR])
		self.evaluate_again()

	def morning(self, today):
		self.quarter_of_an_hour(today, 7, 45)

	def late_morning(self, today):
		self.quarter_of_an_hour(today, 10, 15)

	def acts(self, today, acts):
		self.turn_to(today, 9)
		for act in acts:
			getattr(self, act.kind.replace(" ", "_"))(today, act)
			frappe.db.commit()
		if acts:
			self.evaluate_again()

	def evaluate_again(self):
		tasks.evaluate_again()
		frappe.db.commit()
		frappe.clear_messages()

	def evening(self, today):
		self.turn_to(today, 20)
		if today != OUTAGE_DAY:
			for day in {today, OUTAGE_DAY} if today == OUTAGE_DAY + ONE_DAY else {today}:
				self.hand_in(day)
		if is_working(today):
			self.come_to_the_office(today)
		frappe.db.commit()

	# Acts

	def apply(self, today, act):
		person = self.person(act.value)
		request = draft_or_none(person, act.dates)
		if request:
			self.sources[request.name] = act.about
			frappe.db.commit()
			try:
				press(request, "Apply", person.user_id)
			except frappe.ValidationError:
				frappe.db.rollback()

	def decide(self, today, act):
		name = next((name for name, key in self.sources.items() if key == act.about), None)
		request = frappe.get_doc(REQUEST, name) if name else frappe._dict()
		user = frappe.db.get_value("Employee", request.employee, "user_id")
		if act.value == "Withdraw" and request.status == "Approved":
			self.give_back(today, request, user)
		elif request.status == "Pending Approval":
			try:
				press(request, act.value, user if act.value == "Withdraw" else request.approver)
			except frappe.ValidationError:
				# What follows from a refusal is written after it.
				frappe.db.rollback()

	def give_back(self, today, request, user):
		own = {"source_name": request.name, "mkd_date": (">", today), "status": ("!=", "Released")}
		days = frappe.get_all(DAY, own, pluck="mkd_date")
		if days:
			with acting_as(user):
				api.withdraw_days(request.name, [str(day) for day in days])

	def recall(self, today, act):
		person = self.person(act.about)
		day = {"employee": person.name, "mkd_date": act.dates[0], "status": "Approved"}
		if act.dates[0] > today and (name := frappe.db.get_value(DAY, day)):
			with acting_as(frappe.db.get_value("Employee", person.reports_to, "user_id")):
				api.recall_days([name], "Rapat mendadak")

	def take_leave(self, today, act):
		leave_on(self.person(act.about), act.dates[0])

	def move(self, today, act):
		doc = frappe.get_doc("Employee", self.employee(act.about))
		doc.department, doc.reports_to = self.unit(act.value), self.employee(self.heads[act.value])
		with doctypes_remembered():
			doc.save()

	def move_unit(self, today, act):
		doc = frappe.get_doc("Department", self.unit(act.about))
		doc.parent_department = self.unit(act.value)
		doc.save()

	def circular(self, today, act):
		says = self.plan.circulars[act.about]
		names = {key: name for name, key in self.sources.items()}
		values = {
			"circular_no": says.key,
			"circular_date": today,
			"company": self.company,
			"weekday": WEEKDAYS[says.weekday - 1],
			"from_date": says.begins,
			"to_date": says.ends,
			"share_percent": says.share,
			"on_holiday": ON_HOLIDAY[says.step],
			"replaces": names.get(says.replaces),
			"exempt_people": [{"employee": self.employee(key), "mkd_date": day} for key, day in says.exempt],
		}
		with acting_as(self.officer):
			doc = frappe.get_doc(circular_written(self.unit(says.unit), **values)).insert()
			doc.submit()
		frappe.db.commit()
		self.sources[doc.name] = says.key
		tasks.book_collective_day(doc.name)

	def book_circulars(self):
		for name, key in self.sources.items():
			if key in self.plan.circulars:
				tasks.book_collective_day(name)

	def outage(self, today, act):
		begins = datetime.combine(act.dates[0], time(7))
		values = {"from_datetime": begins, "to_datetime": begins + ONE_DAY, "reason": "Mesin absensi mati"}
		with acting_as(self.officer):
			doc = {"doctype": OUTAGE, "scope": "Company", "company": self.company, **values}
			frappe.get_doc(doc).insert().submit()

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
					frappe.get_doc(report_written(frappe._dict(name=day.employee), today)).insert().submit()
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

	# What is on record

	def ledger(self):
		frappe.db.rollback()
		keys = {self.employee(key): key for key in self.plan.people}
		rows = frappe.get_all(
			DAY,
			{"employee": ("in", self.employees)},
			["employee", "mkd_date", "status", "source_name"],
			limit=0,
		)
		return Counter(
			(keys[row.employee], row.mkd_date, row.status, self.sources.get(row.source_name, row.source_name))
			for row in rows
		)

	def states(self):
		"""By request how it stands; what could not even be a draft, or stayed one, was refused."""
		frappe.db.rollback()
		asked = dict.fromkeys((act.about for act in self.plan.acts if act.kind == "apply"), "Refused")
		for name, key in self.sources.items():
			if key in asked:
				status = frappe.db.get_value(REQUEST, name, "status")
				asked[key] = status if status != "Draft" else "Refused"
		return asked


def draft_or_none(person, dates):
	try:
		return draft(person, dates)
	except frappe.ValidationError:
		frappe.db.rollback()


def moment(day, hour, minute=0):
	return f"{day}T{hour:02d}:{minute:02d}:00.500001+07:00"


def stamps(name, docstatus):
	now = frappe.utils.now()
	return name, now, now, "Administrator", "Administrator", docstatus
