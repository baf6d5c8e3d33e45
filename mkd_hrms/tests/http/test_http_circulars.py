"""A circular in the browser: who writes it, whose day it becomes, who sees it, and that nobody takes it back himself."""

import json
import unittest
from datetime import timedelta

import frappe
from frappe.utils import getdate

from mkd_hrms.audit.asking import violations
from mkd_hrms.constants import COLLECTIVE_DAY, DAILY_REPORT, DAY
from mkd_hrms.services.collective_days import processing
from mkd_hrms.tests.http.test_http_deciders import limit
from mkd_hrms.tests.support.circulars import new_unit, written
from mkd_hrms.tests.support.http_day_case import ReportingCase
from mkd_hrms.tests.support.http_world import (
	browser,
	head,
	open_house,
	person,
	stored,
	subordinate,
	user_with,
	week,
)
from mkd_hrms.tests.support.world import other_company

CALL_BACK, WITHDRAW = "mkd_hrms.api.recall_days", "mkd_hrms.api.withdraw_days"
PREVIEW = "mkd_hrms.api.collective_preview"


def setUpModule():
	open_house()
	unittest.addModuleCleanup(forget_circulars)


def forget_circulars():
	frappe.db.rollback()
	units = set(frappe.get_all(COLLECTIVE_DAY, pluck="department"))
	for doctype in (COLLECTIVE_DAY, "MKD Collective Date"):
		frappe.db.delete(doctype)
	frappe.db.delete("Department", {"name": ("in", units or [""])})
	frappe.db.commit()


class TestACircular(ReportingCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.unit = new_unit()
		cls.employee, cls.stranger = subordinate(department=cls.unit), person()
		cls.officer = user_with("MKD Officer", "Employee")
		frappe.db.commit()

	def content_of_circular(self, **values):
		"""The first two days of a week ahead."""
		dates = [{"mkd_date": str(day)} for day in week()[:2]]
		return written(self.unit, **{"dates_by": "Dates", "dates": dates, **values})

	def submitted(self):
		name = self.ok(browser(self.officer).insert(self.content_of_circular()))["name"]
		preview = self.ok(browser(self.officer).get(f"/api/method/{PREVIEW}", circular=name))
		self.assertEqual([(row["unit"], row["people"]) for row in preview["units"]], [(self.unit, 1)])
		self.assertEqual(self.days(self.officer), [])
		self.ok(browser(self.officer).set_value(COLLECTIVE_DAY, name, docstatus=1))
		frappe.db.rollback()
		processing.run(name)
		frappe.db.commit()
		self.addCleanup(self.end, name)
		return name

	def end(self, name):
		frappe.db.delete(DAY, {"source_name": name})
		frappe.db.set_value(COLLECTIVE_DAY, name, "processing", "Ended")
		frappe.db.commit()

	def days(self, user):
		"""The days of the employee that somebody finds in his list."""
		filters = json.dumps({"employee": self.employee.name, "source_doctype": COLLECTIVE_DAY})
		fields = json.dumps(["name", "mkd_date", "status"])
		rows = self.ok(
			browser(user).get(f"/api/resource/{DAY}", filters=filters, fields=fields, order_by="mkd_date asc")
		)
		return [(row["name"], row["status"]) for row in rows]

	def test_hr_writes_it_the_employee_reports_and_his_superior_sees_and_calls_back(self):
		name = self.submitted()
		(first, status), (second, _status) = self.days(self.employee.user_id)
		self.assertEqual(status, "Approved")
		self.assertEqual([day for day, _status in self.days(head().user_id)], [first, second])
		self.assertEqual(self.days(self.stranger.user_id), [])
		self.refused(
			browser(self.employee.user_id).call(WITHDRAW, request=name, dates=json.dumps([str(week()[0])])),
			"by circular",
		)
		self.refused(browser(self.employee.user_id).call(CALL_BACK, mkd_days=json.dumps([first]), reason="x"))
		self.ok(browser(head().user_id).call(CALL_BACK, mkd_days=json.dumps([second]), reason="Rapat"))
		self.assertEqual(self.days(self.employee.user_id), [(first, "Approved"), (second, "Released")])
		frappe.db.set_value(DAY, first, "mkd_date", getdate())
		frappe.db.commit()
		self.addCleanup(self.clear, self.employee)
		report = self.ok(browser(self.employee.user_id).insert(self.content(self.employee)))["name"]
		self.ok(browser(self.employee.user_id).set_value(DAILY_REPORT, report, docstatus=1))
		self.assertEqual(stored(first, DAY).daily_report, report)

	def test_hr_of_another_company_finds_nothing_and_writes_nothing(self):
		name = self.submitted()
		elsewhere = user_with("HR Manager", "MKD Officer")
		limit(elsewhere, "Company", other_company())
		self.assertEqual(self.days(elsewhere), [])
		self.assertEqual(self.ok(browser(elsewhere).get(f"/api/resource/{COLLECTIVE_DAY}")), [])
		self.refused(browser(elsewhere).get(f"/api/resource/{COLLECTIVE_DAY}/{name}"))
		self.refused(browser(elsewhere).get(f"/api/method/{PREVIEW}", circular=name))
		self.refused(browser(elsewhere).set_value(COLLECTIVE_DAY, name, docstatus=2))
		self.refused(browser(elsewhere).insert(self.content_of_circular()))

	def test_nobody_else_writes_or_reads_one(self):
		name = self.submitted()
		for user in (self.employee.user_id, head().user_id, user_with("HR User", "Employee")):
			self.refused(browser(user).insert(self.content_of_circular()))
			self.refused(browser(user).get(f"/api/resource/{COLLECTIVE_DAY}/{name}"))
			self.refused(browser(user).get(f"/api/method/{PREVIEW}", circular=name))
			self.refused(browser(user).set_value(COLLECTIVE_DAY, name, docstatus=2))
			self.assertFalse(browser(user).get(f"/api/resource/{COLLECTIVE_DAY}").ok)
		self.assertEqual([status for _day, status in self.days(self.employee.user_id)], ["Approved"] * 2)

	def test_cancelled_by_hr_the_days_ahead_go_and_the_audit_finds_nothing(self):
		name = self.submitted()
		self.assertEqual(violations([self.employee.name]), {})
		self.ok(browser(self.officer).set_value(COLLECTIVE_DAY, name, docstatus=2))
		frappe.db.rollback()
		processing.run(name)
		frappe.db.commit()
		self.assertEqual([status for _day, status in self.days(self.employee.user_id)], ["Released"] * 2)
		self.assertEqual(violations([self.employee.name]), {})
		self.assertGreater(week()[0], getdate() + timedelta(days=1))
