"""Daily reports are counted by unit or person and month, as they came in, with their hours beside those of a week (D4, D7)."""

import frappe

from mkd_hrms.constants import DAILY_REPORT, DAY
from mkd_hrms.tests.support.day_case import AFTER_GRACE, FRIDAY, THURSDAY, at
from mkd_hrms.tests.support.factories import officer
from mkd_hrms.tests.support.people import make_user
from mkd_hrms.tests.support.report_case import asked_of_the_database, fields_of, hr_of, rows_of, shown
from mkd_hrms.tests.support.unit_case import make_unit
from mkd_hrms.tests.support.verification_case import VerificationCase
from mkd_hrms.tests.support.world import OFFICE, unit

COMPLIANCE = "MKD Report Compliance"
NOVEMBER = {"from_date": "2026-11-01", "to_date": "2026-11-30"}
COUNTS = ("due", "on_time", "late", "missing", "open", "returned", "verified", "rejected")


class TestCompliance(VerificationCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.section = make_unit("Bidang Kepatuhan")
		cls.hr = officer()
		frappe.db.commit()

	def reported(self):
		"""Five people with a day each: one report in time and returned, one late, one missing, one open, one verified."""
		self.people = [self.approved(department=self.section) for _number in range(5)]
		returned, late, missing, still_open, verified = self.people
		first, second = self.report(returned), self.report(verified)
		self.decide(first, "Return Report", self.boss.user_id, note="Lengkapi keluaran")
		self.decide(second, "Verify Report", self.boss.user_id, note="Sesuai")
		self.report(late, at_time=(FRIDAY, 9))
		for employee in (still_open, missing):
			self.check_in(employee)
		frappe.db.set_value(DAY, {"employee": still_open.name}, "mkd_date", "2026-11-24")
		self.end_of(missing)
		return self.people

	def end_of(self, employee):
		"""Only his day ends."""
		others = [other.name for other in self.people if other.name != employee.name]
		held = {"employee": ("in", others), "status": "Approved"}
		names = frappe.get_all(DAY, held, pluck="name")
		frappe.db.set_value(DAY, {"name": ("in", names)}, "status", "Suspended")
		self.end(AFTER_GRACE)
		frappe.db.set_value(DAY, {"name": ("in", names)}, "status", "Approved")

	def counted(self, user=None, **filters):
		with at(FRIDAY, 12):
			found = rows_of(
				COMPLIANCE, user or self.hr, **{**NOVEMBER, "department": self.section, **filters}
			)
		return {
			(row["employee"] or row["department"], row["month"]): tuple(row[name] for name in COUNTS)
			for row in found
		}

	def test_of_a_unit(self):
		self.reported()
		self.assertEqual(self.counted(), {(self.section, "2026-11"): (5, 2, 1, 1, 1, 1, 1, 0)})
		self.assertEqual(self.counted(from_date="2026-12-01", to_date="2026-12-31"), {})

	def test_of_each_person(self):
		returned, late, missing, still_open, verified = self.reported()
		self.assertEqual(
			self.counted(by="Person"),
			{
				(returned.name, "2026-11"): (1, 1, 0, 0, 0, 1, 0, 0),
				(late.name, "2026-11"): (1, 0, 1, 0, 0, 0, 0, 0),
				(missing.name, "2026-11"): (1, 0, 0, 1, 0, 0, 0, 0),
				(still_open.name, "2026-11"): (1, 0, 0, 0, 1, 0, 0, 0),
				(verified.name, "2026-11"): (1, 1, 0, 0, 0, 0, 1, 0),
			},
		)
		names = {row["employee_name"] for row in self.rows_by_person()}
		self.assertEqual(names, {employee.employee_name for employee in self.people})

	def rows_by_person(self):
		return rows_of(COMPLIANCE, self.hr, by="Person", department=self.section, **NOVEMBER)

	def test_a_report_is_not_due_before_its_day_is_over(self):
		self.approved(department=self.section)
		with at(THURSDAY, 23):
			found = rows_of(COMPLIANCE, self.hr, department=self.section, **NOVEMBER)
		self.assertEqual(found, [])
		self.assertEqual(self.counted()[self.section, "2026-11"][:5], (1, 0, 0, 0, 1))

	def test_hours_beside_those_of_a_week(self):
		self.report(self.approved(department=self.section))
		(row,) = rows_of(COMPLIANCE, self.hr, department=self.section, **NOVEMBER)
		# 420 of 450 minutes: at this pace 35 hours in a week of 37.5.
		self.assertEqual((row["hours"], row["target_hours"], row["week_hours"]), (7, 7.5, 37.5))
		self.assertAlmostEqual(row["hours_a_week"], 35)

	def test_a_cancelled_report_is_none(self):
		worker = self.approved(department=self.section)
		frappe.db.set_value(DAILY_REPORT, self.report(worker).name, {"docstatus": 2, "status": "Cancelled"})
		self.assertEqual(self.counted()[self.section, "2026-11"][:5], (1, 0, 0, 0, 1))

	def test_a_superior_sees_his_people_and_hr_what_is_left_to_it(self):
		worker = self.approved(department=self.section)
		self.report(worker)
		other = self.person(reports_to=None)
		frappe.get_doc("User", other.user_id).add_roles("MKD Approver")
		for user, sees in (
			(self.boss.user_id, True),
			(make_user("HR User"), True),
			(hr_of(self.section), True),
			(hr_of(unit(OFFICE)), False),
			(other.user_id, False),
		):
			self.assertEqual(bool(self.counted(user, by="Person")), sees)
		with self.assertRaises(frappe.PermissionError):
			self.counted(worker.user_id)

	def test_of_a_unit_nobody_is_named(self):
		self.report(self.approved(department=self.section))
		answer = shown(COMPLIANCE, self.hr, department=self.section, **NOVEMBER)
		self.assertNotIn("employee", fields_of(answer))
		self.assertEqual(
			[series["values"] for series in answer["chart"]["data"]["datasets"]], [[1], [0], [0], [0]]
		)
		self.assertEqual([card["value"] for card in answer["report_summary"]][1:4], [1, 0, 0])

	def test_more_reports_take_no_more_statements(self):
		asked = {"user": self.hr, "department": self.section, "by": "Person", **NOVEMBER}
		self.report(self.approved(department=self.section))
		before = asked_of_the_database(COMPLIANCE, **asked)
		for _number in range(2):
			self.report(self.approved(department=self.section))
		self.assertLessEqual(asked_of_the_database(COMPLIANCE, **asked), before)
