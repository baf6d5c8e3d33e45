"""Our reports in the browsers of those who may read them, with what ERPNext permits them: who is shown whom, and why (P3)."""

import json

import frappe

from mkd_hrms.services.standing import refresh
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	absences,
	browser,
	head,
	open_house,
	person,
	subordinate,
	user_with,
	week,
)

RUN, EXPORT = "frappe.desk.query_report.run", "frappe.desk.query_report.export_query"
OF_HR = ("MKD Denials", "MKD Objections", "MKD Early Warnings", "MKD Over Limit")
OF_SUPERIORS_TOO = (
	"MKD Eligibility Register",
	"MKD Quota Use",
	"MKD Report Compliance",
	"MKD Monthly Recap",
	"MKD Savings",
)


def setUpModule():
	open_house()


class TestReports(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.worker = subordinate()
		cls.refused_one = subordinate(absent_on=absences(3))
		cls.elsewhere = person(reports_to=person())
		refresh.refresh(cls.worker.company)
		frappe.db.commit()

	def setUp(self):
		self.hr = user_with("HR User", "Employee")
		days = week()
		self.period = {"from_date": str(days[0].replace(day=1)), "to_date": str(days[-1])}

	def asked(self, report, **filters):
		filters = {"company": self.worker.company, **self.period, **filters}
		return {"report_name": report, "filters": json.dumps(filters)}

	def run_by(self, user, report, **filters):
		return browser(user).get(f"/api/method/{RUN}", **self.asked(report, **filters))

	def rows(self, user, report, **filters):
		"""The rows of people, whatever stands below them."""
		found = self.ok(self.run_by(user, report, **filters))["result"]
		return {row["employee"]: row for row in found if isinstance(row, dict) and row.get("employee")}

	def test_who_may_run_which_report(self):
		other = user_with("MKD Approver", "Employee")
		for report in (*OF_HR, *OF_SUPERIORS_TOO):
			with self.subTest(report):
				self.ok(self.run_by(self.hr, report))
				self.refused(self.run_by(self.worker.user_id, report))
				for leader in (head().user_id, other):
					answer = self.run_by(leader, report)
					self.ok(answer) if report in OF_SUPERIORS_TOO else self.refused(answer)

	def test_a_superior_finds_his_people_though_erpnext_limits_him_to_himself(self):
		found = self.rows(head().user_id, "MKD Eligibility Register")
		outcomes = {name: row["outcome"] for name, row in found.items()}
		self.assertEqual(
			(outcomes[self.worker.name], outcomes[self.refused_one.name]), ("Eligible", "Not Eligible")
		)
		self.assertNotIn(self.elsewhere.name, outcomes)
		self.assertNotIn("Absence", json.dumps(found))
		self.assertIn(
			"Absence", self.rows(self.hr, "MKD Eligibility Register")[self.refused_one.name]["failed"]
		)

	def test_days_and_denials_after_they_were_asked_for(self):
		name = self.approved(self.worker, week()[:2])
		denied = self.applied(self.refused_one, week()[:1])
		recap = self.rows(head().user_id, "MKD Monthly Recap", by="Person")
		self.assertEqual((recap[self.worker.name]["days"], recap[self.worker.name]["ahead"]), (2, 2))
		self.assertNotIn(self.refused_one.name, recap)
		today = {"from_date": frappe.utils.today(), "to_date": frappe.utils.today()}
		found = self.rows(self.hr, "MKD Denials", by="Request", **today)
		self.assertEqual(found[self.refused_one.name]["request"], denied)
		self.assertNotIn(name, json.dumps(found))
		self.assertNotIn(self.worker.name, found)

	def test_hr_exports_what_it_reads(self):
		asked = {**self.asked("MKD Eligibility Register"), "file_format_type": "CSV", "visible_idx": "[]"}
		answer = browser(self.hr).post(f"/api/method/{EXPORT}", **asked)
		self.assertEqual(answer.status_code, 200, answer.text[:500])
		self.assertIn(self.worker.name, answer.text)
		for user in (head().user_id, self.worker.user_id):
			self.refused(browser(user).post(f"/api/method/{EXPORT}", **asked))
