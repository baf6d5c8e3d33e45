"""Plays the quarter by the app's own documents, services and jobs, at the clock of each day.

What decides about a day of the ledger is the app's own; attendance and most reports are rows (see quarter_agency).
"""

from collections import Counter
from datetime import datetime, time

from croniter import croniter
from freezegun import freeze_time

import frappe

from mkd_hrms import api, hooks, tasks
from mkd_hrms.constants import DAY, OUTAGE, REQUEST
from mkd_hrms.tests.support.circulars import written
from mkd_hrms.tests.support.day_case import leave_on
from mkd_hrms.tests.support.factories import act as press
from mkd_hrms.tests.support.factories import draft
from mkd_hrms.tests.support.other_process import forget_all_jobs, forget_what_waits
from mkd_hrms.tests.support.people import acting_as, doctypes_remembered
from mkd_hrms.tests.support.quarter_agency import Agency
from mkd_hrms.tests.support.quarter_plan import (
	FIRST,
	ONE_DAY,
	OUTAGE_DAY,
	is_working,
)

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
ON_HOLIDAY = {1: "Next Working Day", -1: "Previous Working Day"}
QUARTER_OF_AN_HOUR = "*/15 * * * *"
# What is at work at other hours, looked for when it may be due.
HOURS = (5, 6)


class Stage(Agency):
	"""The agency from the second of January on; each document is called in the plan by what `sources` says."""

	def __init__(self, plan):
		self.frozen = freeze_time(moment(FIRST, 0, 5), tick=True)
		self.clock, self.sources = self.frozen.start(), {}
		super().__init__(plan)
		self.at_work = {
			"mkd_hrms.tasks.end_days": lambda: tasks.end_days_of(self.company),
			"mkd_hrms.tasks.refresh_standings": lambda: tasks.refresh_company(self.company),
			"mkd_hrms.tasks.tell_early_warnings": tasks.tell_now,
			"mkd_hrms.tasks.follow_patterns": tasks.make_pattern_days,
			"mkd_hrms.tasks.book_collective_days": self.book_circulars,
		}

	def clear(self):
		super().clear()
		forget_all_jobs()
		forget_what_waits()

	# A day

	def turn_to(self, day, *hour):
		self.clock.move_to(moment(day, *hour))
		# What was read is of yesterday.
		frappe.db.rollback()

	def work(self, *paths):
		for path in paths:
			self.at_work.get(path, frappe.get_attr(path))()
			frappe.db.commit()

	def begin(self, today):
		"""The night and the hour at which a working day begins; the quarter itself begins after them."""
		if today > FIRST:
			self.night(today)
			self.quarter_of_an_hour(today, 7, 45)

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
		self.ask(act, act.dates)

	def repeat(self, today, act):
		since, until = map(str, act.dates)
		kind = {"request_type": "Weekly Pattern", "tuesday": 1}
		self.ask(act, (), **kind, from_date=since, to_date=until)

	def ask(self, act, dates, **values):
		"""A draft, and the button. What does not fit is refused as a draft, or stays one."""
		person = self.person(act.value)
		try:
			request = draft(person, dates, **values)
			self.sources[request.name] = act.about
			frappe.db.commit()
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
			doc = frappe.get_doc(written(self.unit(says.unit), **values)).insert()
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
		asked = dict.fromkeys(
			(act.about for act in self.plan.acts if act.kind in ("apply", "repeat")), "Refused"
		)
		for name, key in self.sources.items():
			if key in asked:
				status = frappe.db.get_value(REQUEST, name, "status")
				asked[key] = status if status != "Draft" else "Refused"
		return asked


def moment(day, hour, minute=0):
	return f"{day}T{hour:02d}:{minute:02d}:00.500001+07:00"
