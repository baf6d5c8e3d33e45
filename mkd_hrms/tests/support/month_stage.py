"""Where the month is played: a server with a clock, thirteen employees, their superior and HR, and the scheduler."""

import json
import unittest
from datetime import date, timedelta

import frappe
from frappe.utils import getdate

from mkd_hrms.audit.asking import ask, questions
from mkd_hrms.constants import DAILY_REPORT, DAY, OBJECTION, OUTAGE
from mkd_hrms.tests.support import http_world
from mkd_hrms.tests.support.clock_server import ClockServer
from mkd_hrms.tests.support.day_case import SHIFT, leave_type, make_shift
from mkd_hrms.tests.support.factories import working_days_before
from mkd_hrms.tests.support.frozen import NOON
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	browser,
	close_browsers,
	head,
	officer,
	stored,
	subordinate,
)
from mkd_hrms.tests.support.month_expected import LEDGER
from mkd_hrms.tests.support.month_messages import mails_to, notices_to
from mkd_hrms.tests.support.other_process import forget_all_jobs, forget_what_waits, outcome, python
from mkd_hrms.tests.support.world import COMPANY, HOLIDAY, TODAY, unit

# Whose presence is recorded by check-ins and auto attendance.
CHECKS_IN = ("adi", "citra", "dewi", "kiki")
# The last three working days before the month.
ABSENT = working_days_before(TODAY, 3)
# A unit of its own, which an outage may strike alone.
STRUCK = "Biro Hukum"
# The invariant about what the app installs.
INSTALLED = 9
VALUES = {
	"fajar": {"predicate": "Kurang"},
	"gita": {"absent_on": ABSENT},
	"mira": {"unit": STRUCK},
	"nina": {"unit": STRUCK, "absent_on": ABSENT},
}
SCHEDULED = (
	"mkd_hrms.tasks.expire_undecided",
	"mkd_hrms.tasks.end_days",
	"mkd_hrms.tasks.climb_ladder",
	"mkd_hrms.tasks.escalate_unverified",
	"mkd_hrms.tasks.follow_up_measures",
)
# The scheduler and a worker at the clock of the month, as on the bench processes of their own.
WORKER = """
import os
os.environ["CI"] = "1"
from rq import Queue, SimpleWorker
from frappe.utils.background_jobs import generate_qname, get_redis_conn
connection = get_redis_conn()
queues = [Queue(generate_qname(name), connection=connection) for name in ("short", "default", "long")]
site, sites_path = frappe.local.site, frappe.local.sites_path
# The second time a task finds what the jobs of the first have done, as a quarter of an hour later.
for _time in range(2):
	for task in tasks:
		frappe.get_attr(task)()
		frappe.db.commit()
	SimpleWorker(queues, connection=connection).work(burst=True, logging_level="ERROR")
	# A job leaves its connection closed.
	frappe.init(site=site, sites_path=sites_path)
	frappe.connect()
failed = [job for queue in queues for job in queue.failed_job_registry.get_job_ids()]
assert not failed, failed
"""
_stage = frappe._dict()


def set_stage():
	"""The `setUpModule`: the clock stands on the frozen Wednesday, and everybody is there."""
	unittest.addModuleCleanup(clear_stage)
	forget_all_jobs()
	server = ClockServer()
	server.turn_to(NOON)
	http_world.open_house(server)
	_stage.clear()
	_stage.update(server=server, office_until=TODAY)
	make_shift()
	leave_type()
	make_unit()
	# What others left would end in this month, too, and an outage of many days is left to a worker.
	frappe.db.delete(DAY, {"mkd_date": (">=", TODAY)})
	frappe.db.commit()
	people = {}
	for name in LEDGER:
		values = dict(VALUES.get(name, {}))
		predicate = values.pop("predicate", None)
		if "unit" in values:
			values["department"] = unit(values.pop("unit"))
		if name == "indra":
			values["leave_approver"] = head().user_id
		shift = {"default_shift": SHIFT} if name in CHECKS_IN else {}
		people[name] = subordinate(first_name=name.capitalize(), today=TODAY, **shift, **values)
		if predicate:
			frappe.db.set_value(
				"MKD Performance Record", {"employee": people[name].name}, "predicate", predicate
			)
	frappe.db.commit()
	_stage.people = people


def make_unit():
	root = frappe.db.get_value("Department", {"is_group": 1, "parent_department": ("in", ("", None))})
	values = {"department_name": STRUCK, "company": COMPANY, "parent_department": root}
	frappe.get_doc({"doctype": "Department", **values}).insert()


def clear_stage():
	forget_what_waits()
	frappe.db.delete(OUTAGE, {"department": unit(STRUCK)})
	frappe.delete_doc("Department", unit(STRUCK), force=True)
	frappe.db.delete("Shift Type", {"name": SHIFT})
	frappe.db.commit()


class MonthCase(HTTPCase):
	"""The verbs of the month. Whoever acts does so in his browser; after each act the invariants are asked for."""

	@property
	def people(self):
		return _stage.people

	def sound(self, of_the_site=False):
		"""What the app installs changes by no act: about that is asked at the end, and costs half of the audit."""
		frappe.db.rollback()
		people = [person.name for person in self.people.values()]
		asked = [each for each in questions() if of_the_site or each.invariant != INSTALLED]
		found = {each.name: ask(each, people) for each in asked}
		self.assertEqual({name: rows for name, rows in found.items() if rows}, {})

	def clock(self, day, hour, minute=0):
		"""Turn the clock; whoever has been away for days logs in anew."""
		before = getdate()
		_stage.server.turn_to(f"{day}T{hour:02d}:{minute:02d}:00.500001+07:00")
		if getdate() != before:
			close_browsers()

	def scheduler(self):
		"""What a bench does by itself: the machine of the office, auto attendance, the scheduled jobs, a worker."""
		self.record_office_days()
		frappe.db.set_value("Shift Type", SHIFT, "last_sync_of_checkin", frappe.utils.now())
		frappe.get_doc("Shift Type", SHIFT).process_auto_attendance()
		frappe.db.commit()
		code, output, errors = outcome(python(WORKER, clock=_stage.server.hands.read_text(), tasks=SCHEDULED))
		self.assertEqual(code, 0, output + errors)
		self.sound()

	def record_office_days(self):
		"""Whoever neither works away nor has leave was at the office on the days that are over."""
		day = _stage.office_until
		while (day := day + timedelta(days=1)) < getdate():
			if day.isoweekday() < 6 and day != HOLIDAY:
				for person in self.people.values():
					self.record_office_day(person, day)
			_stage.office_until = day

	def record_office_day(self, person, day):
		away = {"employee": person.name, "mkd_date": day, "status": ("in", ("Approved", "Worked", "No Show"))}
		row = {"employee": person.name, "attendance_date": day, "docstatus": ("<", 2)}
		if not frappe.db.exists(DAY, away) and not frappe.db.exists("Attendance", row):
			values = {"status": "Present", "company": person.company, "docstatus": 1}
			frappe.get_doc({"doctype": "Attendance", **row, **values}).insert()

	# Employees

	def user(self, name):
		return (
			self.people[name].user_id
			if name in self.people
			else {"boss": head().user_id, "hr": officer()}[name]
		)

	def apply(self, name, days):
		request = self.applied(self.people[name], days)
		self.people[name].request = request
		self.sound()
		return stored(request)

	def check_in(self, name, kind):
		person = self.people[name]
		log = {"doctype": "Employee Checkin", "employee": person.name, "log_type": kind}
		self.ok(browser(person.user_id).insert({**log, "time": str(frappe.utils.now_datetime())}))
		self.sound()

	def report(self, name, day, **activity):
		person = self.people[name]
		row = {"activity": "Menyusun naskah", "output": "Naskah akademik", "minutes": 420, **activity}
		doc = {"doctype": DAILY_REPORT, "employee": person.name, "mkd_date": str(day), "activities": [row]}
		written = self.ok(browser(person.user_id).insert(doc))["name"]
		self.ok(self.press(name, DAILY_REPORT, written, "Hand In"))
		self.sound()

	def revise(self, name, day, **activity):
		row = {
			"activity": "Menyusun naskah",
			"output": "Naskah akademik, bab 1 dan 2",
			"minutes": 420,
			**activity,
		}
		report = self.report_of(name, day)
		self.ok(browser(self.user(name)).set_value(DAILY_REPORT, report, activities=[row]))
		self.ok(self.press(name, DAILY_REPORT, report, "Hand In"))
		self.sound()

	def object(self, name, doctype, document, grounds="Sudah dijelaskan kepada atasan"):
		person = self.people[name]
		against = {"against_doctype": doctype, "against_name": document, "grounds": grounds}
		doc = {"doctype": OBJECTION, "employee": person.name, **against}
		objection = self.ok(browser(person.user_id).insert(doc))["name"]
		self.ok(self.press(name, OBJECTION, objection, "File Objection"))
		self.sound()
		return objection

	def ask_for_leave(self, name, day, approver):
		person = self.people[name]
		leave = {"employee": person.name, "company": person.company, "leave_type": leave_type()}
		leave |= {"from_date": str(day), "to_date": str(day), "leave_approver": self.user(approver)}
		doc = {"doctype": "Leave Application", **leave}
		asked = self.ok(browser(person.user_id).insert(doc))
		self.assertEqual((asked["status"], asked["docstatus"]), ("Open", 0))
		self.sound()
		return asked["name"]

	# Those who decide

	def submit(self, name, doctype, document, **values):
		"""The button of a form without a workflow, after something was changed in it."""
		client = browser(self.user(name))
		doc = {**self.ok(client.resource(doctype, document)), **values}
		self.ok(client.call("frappe.desk.form.save.savedocs", doc=json.dumps(doc), action="Submit"))
		self.sound()

	def mark_outage(self, start, end, reason):
		"""An officer says that the unit of some could not reach the systems."""
		whom = {"scope": "Department", "department": unit(STRUCK), "reason": reason}
		doc = {"doctype": OUTAGE, "from_datetime": str(start), "to_datetime": str(end), **whom}
		outage = self.ok(browser(self.user("hr")).insert(doc))["name"]
		self.submit("hr", OUTAGE, outage)
		return stored(outage, OUTAGE)

	def press(self, name, doctype, document, action):
		"""A button of the form."""
		doc = json.dumps({"doctype": doctype, "name": document})
		return browser(self.user(name)).call("frappe.model.workflow.apply_workflow", doc=doc, action=action)

	def approve(self, *names):
		for name in names:
			self.ok(self.press("boss", "MKD Request", self.people[name].request, "Approve"))
			self.sound()

	def look_at(self, name, day, action, note=None):
		"""The superior opens a report, and decides about it."""
		report, client = self.report_of(name, day), browser(self.user("boss"))
		self.ok(client.get("/api/method/frappe.desk.form.load.getdoc", doctype=DAILY_REPORT, name=report))
		if note:
			self.ok(client.set_value(DAILY_REPORT, report, verifier_note=note))
		self.ok(self.press("boss", DAILY_REPORT, report, action))
		self.sound()

	def rule(self, objection, action, reason):
		self.ok(browser(self.user("hr")).set_value(OBJECTION, objection, decision_reason=reason))
		self.ok(self.press("hr", OBJECTION, objection, action))
		self.sound()

	def call(self, name, method, **arguments):
		answer = self.ok(browser(self.user(name)).call(f"mkd_hrms.api.{method}", **arguments))
		self.sound()
		return answer

	# What is on record

	def day_of(self, name, day):
		frappe.db.rollback()
		return frappe.db.get_value(DAY, {"employee": self.people[name].name, "mkd_date": day})

	def report_of(self, name, day):
		frappe.db.rollback()
		return frappe.db.get_value(DAILY_REPORT, {"employee": self.people[name].name, "mkd_date": day})

	def column(self, name, doctype, field, days, date_field):
		frappe.db.rollback()
		filters = {"employee": self.people[name].name, "docstatus": ("<", 2)}
		rows = frappe.get_all(doctype, filters, [date_field, field])
		found = {row[date_field]: row[field] for row in rows}
		return [found.get(day) for day in days]

	def mails(self, name):
		frappe.db.rollback()
		return mails_to(self.user(name))

	def notices(self, name):
		frappe.db.rollback()
		return notices_to(self.user(name))


def on(day, month=12):
	return date(2026, month, day)
