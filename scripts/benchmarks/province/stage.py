"""Where the stories are played: a web server with a clock, people with browsers, the scheduler and a worker.

The verbs are those of the month that the platform tests play; what is asked after each act there is asked once here.
"""

from contextlib import contextmanager
from datetime import timedelta

import frappe
from frappe.utils import getdate, now

from mkd_hrms.constants import APPLY, REQUEST
from mkd_hrms.tests.support import http_world, month_stage
from mkd_hrms.tests.support.clock_server import ClockServer
from mkd_hrms.tests.support.day_case import SHIFT, leave_type, make_shift
from mkd_hrms.tests.support.factories import asked, eligible
from mkd_hrms.tests.support.http_world import browser, close_browsers, officer, stored
from mkd_hrms.tests.support.month_stage import MonthCase
from mkd_hrms.tests.support.people import make_user
from mkd_hrms.tests.support.world import HOLIDAY, TODAY

BOSS, CHIEF = "Atasan Xqboss", "Kepala Xqchief"


class Stage(MonthCase):
	"""People by the name of their story, and what they do."""

	def __init__(self):
		super().__init__()
		self.cast = {}

	def runTest(self):
		"""A test case wants one; nobody runs it."""

	@property
	def people(self):
		return self.cast

	def sound(self):
		"""Asked once, when all is over."""

	def joins(self, name, **values):
		"""Somebody whose name nobody else's contains, so that it is found wherever it was written."""
		full_name = values.pop("full_name", f"Pegawai Xq{name.replace('_', '')}")
		user = make_user("Employee", first_name=full_name)
		values = {"with_user": False, "user_id": user, "default_shift": SHIFT, "today": TODAY, **values}
		return eligible(first_name=full_name, **values)

	def everybody_joins(self, names, values):
		self.chief = self.joins("chief", full_name=CHIEF)
		self.boss = http_world._house.head = self.joins("boss", full_name=BOSS, reports_to=self.chief)
		for name in names:
			above = {"reports_to": self.boss, "leave_approver": self.boss.user_id}
			self.cast[name] = self.joins(name, **above, **values.get(name, {}))
			self.cast[name].request = None
		officer()
		frappe.db.commit()

	def user(self, name):
		return self.chief.user_id if name == "chief" else super().user(name)

	def asks(self, name, days):
		"""Insert and apply, as the form does."""
		draft = self.ok(browser(self.user(name)).insert(asked(self.people[name], days)))["name"]
		self.people[name].request = draft
		self.ok(self.press(name, REQUEST, draft, APPLY))
		return stored(draft)

	def presence(self, names, kind):
		for name in names:
			self.check_in(name, kind)

	def auto_attendance(self):
		"""What the platform does every hour: check-ins become attendance."""
		self.record_office_days()
		frappe.db.set_value("Shift Type", SHIFT, "last_sync_of_checkin", now())
		frappe.get_doc("Shift Type", SHIFT).process_auto_attendance()
		frappe.db.commit()

	def verifies(self, name, day, user="boss", action="Verify Report", note=None):
		"""Open the report, write the note, decide."""
		report, client = self.report_of(name, day), browser(self.user(user))
		self.ok(
			client.get("/api/method/frappe.desk.form.load.getdoc", doctype="MKD Daily Report", name=report)
		)
		if note:
			self.ok(client.set_value("MKD Daily Report", report, verifier_note=note))
		self.ok(self.press(user, "MKD Daily Report", report, action))

	def record_office_days(self):
		"""Whoever does not work away is at the office: those rows are not part of a story."""
		day = month_stage._stage.office_until
		while (day := day + timedelta(days=1)) < getdate():
			if day.isoweekday() < 6:
				for person in self.people.values():
					self.record_office_day(person, day)
			month_stage._stage.office_until = day


@contextmanager
def stage():
	"""A server at the clock of the stories, for the length of the block; the calendar has weekends only."""
	frappe.db.delete("Holiday", {"holiday_date": HOLIDAY, "weekly_off": 0})
	frappe.clear_cache()
	server = ClockServer()
	server.turn_to(f"{TODAY}T09:00:00.500001+07:00")
	http_world.open_house(server)
	month_stage._stage.update(server=server, office_until=TODAY - timedelta(days=1))
	make_shift()
	frappe.db.set_value("Leave Type", leave_type(), "include_holiday", 1)
	frappe.db.commit()
	try:
		yield Stage()
	finally:
		close_browsers()
		server.stop()
