"""What tests of early warnings share: a superior with people near a limit, and a night in between."""

import frappe
from frappe.utils import add_days, getdate, strip_html

from mkd_hrms.constants import EARLY_WARNING
from mkd_hrms.services.calendar.clock import today
from mkd_hrms.services.policies.in_force import policy_on
from mkd_hrms.services.standing import early_warning_messages, early_warnings, refresh
from mkd_hrms.tests.support.factories import working_days_before
from mkd_hrms.tests.support.frozen import RequestCase
from mkd_hrms.tests.support.world import COMPANY, TODAY

LOG = "Notification Log"
LATE = [day for day in working_days_before(TODAY, 20) if (TODAY - day).days < 28]


class WarningCase(RequestCase):
	def setUp(self):
		self.head = self.person(reports_to=None)

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.account = frappe.get_doc(
			{
				"doctype": "Email Account",
				"email_id": "mkd@example.org",
				"enable_outgoing": 1,
				"default_outgoing": 1,
				"smtp_server": "localhost",
				"no_smtp_authentication": 1,
			}
		).insert()
		frappe.db.commit()
		cls.addClassCleanup(cls.close_account)

	@classmethod
	def close_account(cls):
		frappe.delete_doc("Email Account", cls.account.name, force=True)
		frappe.db.commit()

	def tearDown(self):
		"""Telling commits, message by message."""
		frappe.set_user("Administrator")
		frappe.db.rollback()
		for name in frappe.get_all("Employee", {"reports_to": self.head.name}, pluck="name"):
			self.leave(name)
		self.leave(self.head.name)
		frappe.db.delete(LOG, {"document_type": EARLY_WARNING})
		frappe.db.commit()

	def leave(self, employee):
		frappe.db.set_value("Employee", employee, "status", "Left")
		for doctype in ("Attendance", EARLY_WARNING, "MKD Eligibility", "MKD Agreement"):
			frappe.db.delete(doctype, {"employee": employee})

	def report(self, absences=1, **values):
		"""Somebody who reports to the head and was absent so many times: the first one already brings a limit near."""
		return self.person(reports_to=self.head, absent_on=working_days_before(TODAY, absences), **values)

	def night(self, *employees):
		"""What happens between two working days: everybody is evaluated, and in the morning people are told."""
		names = [employee.name for employee in employees]
		counts = refresh.refresh(COMPANY, names, early_warnings.notice)
		early_warnings.end_of_leavers()
		early_warning_messages.tell()
		return counts

	def warnings(self, employee, **filters):
		fields = [
			"name",
			"gate",
			"status",
			"threshold",
			"open_threshold",
			"actual",
			"limit_value",
			"ended_on",
		]
		filters = {"employee": employee.name, **filters}
		return frappe.get_all(EARLY_WARNING, filters, fields, order_by="creation, threshold")

	def thresholds(self, employee, status="Open"):
		return [row.threshold for row in self.warnings(employee, status=status)]

	def told(self, employee):
		"""The text of every message to somebody, oldest first."""
		logs = frappe.get_all(
			LOG,
			{"for_user": employee.user_id, "document_type": EARLY_WARNING},
			["subject", "email_content"],
			order_by="creation",
		)
		return [f"{log.subject}: {strip_html(log.email_content)}" for log in logs]

	def mails(self, employee):
		recipients = frappe.get_all("Email Queue Recipient", {"recipient": employee.user_id}, pluck="parent")
		return [frappe.get_doc("Email Queue", name) for name in set(recipients)]

	def come_late(self, employee, count):
		days = {"employee": employee.name, "attendance_date": ("in", LATE[1 : count + 1])}
		frappe.db.set_value("Attendance", days, "late_entry", 1)

	def set_attendance(self, employee, day, status):
		frappe.db.set_value(
			"Attendance", {"employee": employee.name, "attendance_date": day}, "status", status
		)

	def judged(self, *employees):
		"""As the evaluation hands them to its listener."""
		tomorrow = getdate(add_days(today(), 1))
		names = [employee.name for employee in employees]
		return list(refresh.judge(COMPANY, policy_on(COMPANY, tomorrow), tomorrow, today(), names))
