"""The report MKD Shift Attendance as the browser asks for it, by role."""

import json

import frappe

from mkd_hrms.constants import DAY
from mkd_hrms.tests.support.day_case import SHIFT, make_shift
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	browser,
	head,
	open_house,
	person,
	subordinate,
	user_with,
	week,
)
from mkd_hrms.tests.support.people import UNLIMITED, store_row
from mkd_hrms.tests.support.world import COMPANY

setUpModule = open_house

REPORT = "MKD Shift Attendance"


class TestTheReport(HTTPCase):
	"""On one day somebody works away, somebody is in the office, and somebody is absent."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		make_shift()
		cls.addClassCleanup(cls.remove_shift)
		cls.on = week()[0]
		cls.away, cls.office, cls.absent = subordinate(), subordinate(**UNLIMITED), subordinate()
		statuses = ("Work From Home", "Present", "Absent")
		for employee, status in zip((cls.away, cls.office, cls.absent), statuses, strict=True):
			values = {"attendance_date": cls.on, "company": COMPANY, "shift": SHIFT, "docstatus": 1}
			row = store_row("Attendance", employee.name, employee_name=employee.employee_name, **values)
			frappe.db.set_value("Attendance", row.name, "status", status)
			if status == "Work From Home":
				day = {"mkd_date": cls.on, "company": COMPANY, "attendance": row.name, "report_missing": 1}
				cls.day = store_row(DAY, employee.name, **day)
				frappe.db.set_value(DAY, cls.day.name, "status", "Worked")
		frappe.db.commit()

	@classmethod
	def remove_shift(cls):
		frappe.db.delete("Shift Type", {"name": SHIFT})
		frappe.db.commit()

	def hr_user(self):
		"""With a record of his own: the role alone does not read a Company, which Frappe asks for of any filter."""
		employee = person(**UNLIMITED)
		frappe.get_doc("User", employee.user_id).add_roles("HR User")
		frappe.db.commit()
		return employee.user_id

	def asked(self, user):
		filters = {"company": COMPANY, "from_date": str(self.on), "to_date": str(self.on)}
		filters["include_attendance_without_checkins"] = 1
		arguments = {"report_name": REPORT, "filters": json.dumps(filters), "ignore_prepared_report": True}
		return browser(user).call("frappe.desk.query_report.run", **arguments)

	def figures(self, user):
		answer = self.ok(self.asked(user))
		self.assertIn("Work From Home counts as presence", answer["message"])
		return answer["result"], {entry["label"]: entry["value"] for entry in answer["report_summary"]}

	def test_an_hr_user_reads_exact_numbers(self):
		rows, figures = self.figures(self.hr_user())
		self.assertEqual(
			{row["employee"] for row in rows}, {self.away.name, self.office.name, self.absent.name}
		)
		self.assertEqual(
			{label: figures[label] for label in figures if figures[label]},
			{
				"Present Records": 2,
				"Of These Work From Home": 1,
				"Absent Records": 1,
				"MKD Days": 1,
				"Reports Missing": 1,
			},
		)
		(row,) = [row for row in rows if row["employee"] == self.away.name]
		self.assertEqual((row["mkd_day"], row["report_shown"]), (self.day.name, "Missing"))

	def test_an_hr_user_limited_to_one_employee_reads_that_one(self):
		user = self.hr_user()
		permission = {"doctype": "User Permission", "user": user, "allow": "Employee"}
		frappe.get_doc({**permission, "for_value": self.absent.name}).insert(ignore_permissions=True)
		frappe.db.commit()
		rows, figures = self.figures(user)
		self.assertEqual([row["employee"] for row in rows], [self.absent.name])
		self.assertEqual((figures["Present Records"], figures["Absent Records"]), (0, 1))

	def test_a_superior_reads_the_state_of_the_report_and_a_colleague_does_not(self):
		for user, missing in ((head().user_id, 1), (self.office.user_id, 0)):
			with self.subTest(user):
				_rows, figures = self.figures(user)
				self.assertEqual((figures["Present Records"], figures["Reports Missing"]), (2, missing))

	def test_without_a_role_of_the_report_nobody_asks(self):
		self.refused(self.asked(user_with("Website Manager")))
