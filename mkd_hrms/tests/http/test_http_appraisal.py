"""Who reads the MKD record of an appraisal's period through the browser: the employee, his superior and HR (rule P3)."""

from datetime import date, timedelta

import frappe
from frappe.utils import getdate

from mkd_hrms.constants import DAILY_REPORT, DAY
from mkd_hrms.tests.support.http_world import HTTPCase, browser, head, officer, open_house, subordinate
from mkd_hrms.tests.support.people import UNLIMITED, store_row
from mkd_hrms.tests.support.world import COMPANY

setUpModule = open_house

METHOD = "mkd_hrms.api.mkd_of_appraisal"


class TestTheRecord(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.employee, cls.colleague = subordinate(), subordinate(**UNLIMITED)
		year = getdate().year
		cls.first = date(year, 1, 5)
		cls.cycle = frappe.get_doc(
			{
				"doctype": "Appraisal Cycle",
				"cycle_name": frappe.generate_hash(length=8),
				"company": COMPANY,
				"start_date": date(year, 1, 1),
				"end_date": date(year, 6, 30),
			}
		).insert(ignore_mandatory=True)
		cls.appraisal = cls.appraisal_of(cls.employee)
		cls.keep_days()
		frappe.db.commit()
		cls.addClassCleanup(cls.clear)

	@classmethod
	def appraisal_of(cls, employee):
		goals = [{"kra": "Naskah", "per_weightage": 100, "score": 4}]
		values = {"doctype": "Appraisal", "employee": employee.name, "company": COMPANY, "goals": goals}
		values |= {"appraisal_cycle": cls.cycle.name, "rate_goals_manually": 1}
		return frappe.get_doc(values).insert().name

	@classmethod
	def keep_days(cls):
		"""Four days worked, one of them without a report, a no-show, a day that was given back, and one of next year."""
		states = ["Worked"] * 4 + ["No Show", "Released"]
		for number, status in enumerate(states):
			day = cls.first + timedelta(days=number)
			missing = int(number in (3, 4))
			store_row(DAY, cls.employee.name, status=status, mkd_date=day, report_missing=missing)
		store_row(DAY, cls.employee.name, status="Worked", mkd_date=date(cls.first.year + 1, 1, 4))
		for number, (status, late) in enumerate((("Verified", 0), ("Verified", 1), ("Submitted", 0))):
			values = {"status": status, "is_late": late, "docstatus": 1}
			day = cls.first + timedelta(days=number)
			report = store_row(DAILY_REPORT, cls.employee.name, mkd_date=day, **values)
			row = frappe.get_doc(
				{
					"doctype": "MKD Daily Report Activity",
					"parent": report.name,
					"parenttype": DAILY_REPORT,
					"parentfield": "activities",
					"activity": "Menyusun",
					"output": f"Naskah <b>{number}</b>",
					"minutes": 200,
				}
			)
			row.name = frappe.generate_hash(length=10)
			row.db_insert()

	@classmethod
	def clear(cls):
		reports = frappe.get_all(DAILY_REPORT, {"employee": cls.employee.name}, pluck="name")
		frappe.db.delete("MKD Daily Report Activity", {"parent": ("in", reports)})
		frappe.db.delete(DAILY_REPORT, {"name": ("in", reports)})
		frappe.delete_doc("Appraisal", cls.appraisal, force=True)
		frappe.delete_doc("Appraisal Cycle", cls.cycle.name, force=True)
		frappe.db.commit()

	def read(self, user):
		return browser(user).call(METHOD, appraisal=self.appraisal)

	def test_the_employee_his_superior_and_hr_read_it(self):
		for user in (self.employee.user_id, head().user_id, officer()):
			with self.subTest(user):
				known = self.ok(self.read(user))
				self.assertEqual((known["worked"], known["no_shows"], known["missing"]), (4, 1, 2))
				self.assertEqual((known["on_time"], known["late"]), (2, 1))
				self.assertEqual((known["verified_minutes"], known["verified_outputs"]), (400, 2))
				self.assertEqual(
					[row["output"] for row in known["outputs"]], ["Naskah <b>0</b>", "Naskah <b>1</b>"]
				)
				self.assertEqual(known["until"], f"{self.first.year}-06-30")

	def test_a_colleague_reads_nothing_of_it(self):
		"""Frappe HR lets every employee read appraisals, unless User Permissions say otherwise."""
		self.assertEqual(self.ok(self.read(self.colleague.user_id)), {})

	def test_a_guest_is_refused(self):
		self.refused(browser("Guest").call(METHOD, appraisal=self.appraisal))

	def test_nothing_of_it_is_stored(self):
		before = frappe.db.get_value("Appraisal", self.appraisal, "modified")
		self.ok(self.read(officer()))
		frappe.db.rollback()
		self.assertEqual(frappe.db.get_value("Appraisal", self.appraisal, "modified"), before)
