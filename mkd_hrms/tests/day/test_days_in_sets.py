"""The end of many days at once (rule D6): what it asks of the database, and that none of them holds up the others."""

from datetime import timedelta
from unittest.mock import patch

import frappe
from frappe.utils import now

from mkd_hrms.constants import APPROVED, DAILY_REPORT, DAY
from mkd_hrms.facts.database.site import another_connection
from mkd_hrms.policy.dates import iso_week
from mkd_hrms.services.ledger import booking
from mkd_hrms.tests.support.day_case import AFTER_GRACE, SHIFT, THURSDAY, DayCase, at
from mkd_hrms.tests.support.statements import one_more, statements_of, without_mail, without_notification

WFH = "Work From Home"
# Four days that end differently: noted already, to be turned, without a report, without anything.
NOTED, TURNED, UNREPORTED, EMPTY = DATES = [THURSDAY - timedelta(days=n) for n in (1, 2, 3, 6)]
STATEMENTS_A_DAY = 0.6
WRITTEN = ("creation", "modified", "name", "missing_since")


class TestDaysInSets(DayCase):
	def booked(self):
		"""An employee with an approved day of each kind."""
		employee = self.person(default_shift=SHIFT)
		frappe.db.delete("Attendance", {"employee": employee.name, "attendance_date": EMPTY})
		frappe.db.delete("Attendance", {"employee": employee.name, "attendance_date": NOTED})
		nip = frappe.db.get_value("Employee", employee.name, "mkd_nip") or employee.name
		columns = (
			*"name creation modified owner modified_by employee employee_name person department company".split(),
			*"mkd_date iso_week slot status limit_at_booking daily_report".split(),
		)
		stamps = (now(), now(), "Administrator", "Administrator")
		about = (employee.name, employee.employee_name, nip, employee.department, employee.company)
		rows = [
			(f"{employee.name} {on}", *stamps, *about, on, iso_week(on), slot, APPROVED, 4, report)
			for slot, (on, report) in enumerate(zip(DATES, ("x", "x", None, None), strict=True), 1)
		]
		frappe.db.bulk_insert(DAY, columns, rows)
		self.insert_row(employee, NOTED)
		frappe.db.commit()
		return employee

	def insert_row(self, employee, on):
		"""As auto attendance leaves it."""
		row = {"doctype": "Attendance", "employee": employee.name, "attendance_date": on, "status": "Present"}
		frappe.get_doc({**row, "company": employee.company}).insert().submit()

	def end_of(self, number):
		people = [self.booked() for _each in range(number)]
		with without_notification("MKD Report Decided"), without_mail(), at(*AFTER_GRACE):
			found = statements_of(self.end)
		self.assertEqual(self.states(people), [["Worked", "Worked", "Worked", "Approved"]] * number)
		return number, found

	def states(self, people):
		return [[self.day(employee, on).status for on in DATES] for employee in people]

	def test_another_day_takes_less_than_one_statement(self):
		# The first time fills the caches.
		self.end_of(1)
		cost, kinds = one_more(self.end_of(1), self.end_of(3))
		self.assertLessEqual(cost, STATEMENTS_A_DAY * len(DATES), kinds)

	def test_each_day_ends_as_it_would_alone(self):
		people = [self.booked(), self.booked()]
		self.end()
		for employee in people:
			noted, turned, unreported, empty = (self.day(employee, on) for on in DATES)
			for day in (noted, turned, unreported):
				row = self.row(employee, day.mkd_date)
				self.assertEqual((row.status, row.mkd_day, day.attendance), (WFH, day.name, row.name))
			before = frappe.parse_json(self.row(employee, TURNED).mkd_before)
			self.assertEqual(
				before, {"status": "Present", "half_day_status": None, "modify_half_day_status": 0}
			)
			self.assertEqual(self.lines("Attendance", turned.attendance), ["Worked away: MKD Day."])
			self.assertEqual((unreported.report_missing, unreported.no_presence), (1, 0))
			self.assertEqual((empty.absence_proposed, empty.report_missing, empty.no_presence), (1, 1, 1))
			for day in (unreported, empty):
				(report,) = frappe.get_all(DAILY_REPORT, {"mkd_day": day.name}, ["*"])
				self.assertEqual(
					(report.status, report.workflow_state, report.docstatus), ("Missing", "Missing", 0)
				)
				self.assertEqual((report.employee_user, report.company), (employee.user_id, employee.company))
				self.assertTrue(report.missing_since)
				told = {"for_user": employee.user_id, "document_name": report.name}
				self.assertEqual(frappe.db.count("Notification Log", told), 1)
			(asked,) = frappe.get_all("ToDo", {"reference_name": empty.name}, ["allocated_to", "description"])
			self.assertEqual(asked.allocated_to, self.boss.user_id)
			self.assertIn(asked.description, self.lines(DAY, empty.name)[0])
			self.assertEqual(frappe.db.get_value(DAY, empty.name, "_assign"), f'["{self.boss.user_id}"]')

	def lines(self, doctype, name):
		about = {"reference_doctype": doctype, "reference_name": name}
		return frappe.get_all("Comment", about, pluck="content", order_by="creation")

	def test_where_somebody_listens_each_is_stored_as_a_document_that_says_the_same(self):
		quiet, heard = self.booked(), self.booked()
		kinds = ("Attendance", DAILY_REPORT, "ToDo", "Comment", "Notification Log")
		frappe.db.set_value(DAY, {"employee": heard.name}, "status", "Pending")
		self.end()
		frappe.db.set_value(DAY, {"employee": heard.name}, "status", APPROVED)
		for kind in kinds:
			hook = {
				"webhook_doctype": kind,
				"webhook_docevent": "on_change",
				"request_url": "https://example.org/x",
			}
			frappe.get_doc({"doctype": "Webhook", "__newname": kind, "condition": "False", **hook}).insert()
		self.addCleanup(self.forget_webhooks)
		# The platform keeps the names that it has read for the length of a job.
		frappe.local.fullnames = {}
		self.end()
		self.assertEqual(self.states([quiet, heard])[0], self.states([quiet, heard])[1])
		for kind in kinds:
			self.assertEqual(self.stored(kind, quiet), self.stored(kind, heard), kind)

	def forget_webhooks(self):
		for name in frappe.get_all("Webhook", {"condition": "False"}, pluck="name"):
			frappe.delete_doc("Webhook", name)
		frappe.db.commit()

	def stored(self, kind, employee):
		"""What is stored of somebody, with his names as everybody's."""
		days = [self.day(employee, on).name for on in DATES]
		reports = frappe.get_all(DAILY_REPORT, {"employee": employee.name}, pluck="name", order_by="mkd_date")
		rows = frappe.get_all(
			"Attendance", {"employee": employee.name, "mkd_day": ("in", days)}, pluck="name"
		)
		names = [*days, *reports, *rows]
		field = {"Notification Log": "document_name"}.get(kind, "reference_name")
		wanted = (
			{"employee": employee.name} if kind in ("Attendance", DAILY_REPORT) else {field: ("in", names)}
		)
		if kind == "Attendance":
			wanted["mkd_day"] = ("in", days)
		found = frappe.get_all(kind, wanted, ["*"])
		said = [{key: value for key, value in row.items() if key not in WRITTEN} for row in found]
		text = frappe.as_json(sorted(map(str, said)))
		for place, name in enumerate([*names, employee.user_id, employee.employee_name, employee.name]):
			text = text.replace(name, f"[{place}]")
		return sorted(frappe.parse_json(text))

	def test_whose_days_somebody_else_changes_at_this_moment_keeps_no_other_waiting(self):
		busy, employee = self.booked(), self.booked()
		with another_connection() as connection, patch.object(booking, "SECONDS_TO_WAIT", 0):
			connection.sql("select get_lock(%s, 0)", f"mkd {frappe.conf.db_name} {busy.name}"[-64:])
			self.end()
		worked = ["Worked", "Worked", "Worked", "Approved"]
		self.assertEqual(self.states([busy, employee]), [["Approved"] * 4, worked])
		titles = frappe.get_all("Error Log", {"reference_doctype": DAY}, pluck="reference_name")
		self.assertEqual(
			{name for name in titles if busy.name in name}, {f"{busy.name} {on}" for on in DATES}
		)
		self.assertFalse([name for name in titles if employee.name in name])
		self.end()
		self.assertEqual(self.states([busy]), [worked])

	def test_a_day_whose_employee_is_gone_keeps_no_other_waiting(self):
		gone, employee = self.booked(), self.booked()
		frappe.db.set_value(DAY, {"employee": gone.name}, "employee", "nobody")
		frappe.db.commit()
		self.addCleanup(frappe.db.delete, DAY, {"employee": "nobody"})
		self.end()
		self.assertEqual(self.states([employee]), [["Worked", "Worked", "Worked", "Approved"]])
