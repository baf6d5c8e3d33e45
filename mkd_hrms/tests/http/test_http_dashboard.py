"""The dashboard of MKD over HTTP, as the platform's page asks for it: which charts and cards, for whom, and what is in them."""

import json
import time

import frappe

from mkd_hrms.constants import DAY
from mkd_hrms.tests.support.http_day_case import ApprovedDayCase
from mkd_hrms.tests.support.http_world import browser, head, officer, open_house, subordinate, user_with
from mkd_hrms.tests.support.world import COMPANY

setUpModule = open_house

DASHBOARD = "MKD"
OF_HR_ALONE = "MKD Denials by Gate"
CHARTS = {
	"MKD Days per Month",
	"MKD Quota Use per Month",
	"MKD Daily Reports per Month",
	"MKD Savings per Month",
	OF_HR_ALONE,
}
# Seconds; a reader waits for each.
PATIENCE = 2


class TestDashboard(ApprovedDayCase):
	def setUp(self):
		# Whoever has nobody below him is no superior.
		subordinate()

	def permitted(self, user, kind):
		function = f"frappe.desk.doctype.dashboard.dashboard.get_permitted_{kind}s"
		return {row[kind] for row in self.ok(browser(user).call(function, dashboard_name=DASHBOARD))}

	def asked(self, user, doctype, name):
		"""A chart or card with its answer, as the browser asks for it: the company stands in an expression."""
		doc = self.ok(browser(user).call("frappe.client.get", doctype=doctype, name=name))
		filters = json.loads(doc["filters_json"])
		self.assertEqual(list(json.loads(doc["dynamic_filters_json"])), ["company"])
		asked = {"report_name": doc["report_name"], "filters": json.dumps({**filters, "company": COMPANY})}
		begun = time.monotonic()
		answer = self.ok(
			browser(user).call("frappe.desk.query_report.run", ignore_prepared_report=1, **asked)
		)
		self.assertLess(time.monotonic() - begun, PATIENCE, name)
		return doc, answer

	def test_hr_sees_every_chart_and_a_superior_all_but_the_denials(self):
		self.assertEqual(self.permitted(officer(), "chart"), CHARTS)
		self.assertEqual(self.permitted(user_with("HR Manager"), "chart"), CHARTS)
		self.assertEqual(self.permitted(head().user_id, "chart"), CHARTS - {OF_HR_ALONE})

	def test_an_employee_is_shown_none_and_asks_in_vain(self):
		employee = subordinate()
		self.assertEqual(self.permitted(employee.user_id, "chart"), set())
		for report in ("MKD Monthly Recap", "MKD Denials"):
			filters = json.dumps({"company": COMPANY, "months": 6})
			asked = {"report_name": report, "filters": filters, "ignore_prepared_report": 1}
			self.refused(browser(employee.user_id).call("frappe.desk.query_report.run", **asked))
		# What is denied at which gate is told to no superior either (rule P3).
		asked = {"report_name": "MKD Denials", "filters": json.dumps({"company": COMPANY, "months": 6})}
		self.refused(browser(head().user_id).call("frappe.desk.query_report.run", **asked))

	def test_every_chart_and_card_is_answered_in_time(self):
		self.approved_today(subordinate(), status="Worked")
		for user in (officer(), head().user_id):
			for kind, doctype in (("chart", "Dashboard Chart"), ("card", "Number Card")):
				for name in self.names_of(user, kind):
					with self.subTest(user, name=name):
						self.asked(user, doctype, name)

	def names_of(self, user, kind):
		"""Cards that count what waits have tests of their own."""
		if kind == "chart":
			return self.permitted(user, kind)
		function = "frappe.desk.doctype.dashboard.dashboard.get_permitted_cards"
		cards = [row["card"] for row in self.ok(browser(user).call(function, dashboard_name=DASHBOARD))]
		self.assertGreaterEqual(len(cards), 5)
		return frappe.get_all("Number Card", {"name": ("in", cards), "type": "Report"}, pluck="name")

	def test_a_head_counts_his_people_and_hr_all(self):
		before = self.worked(head().user_id), self.worked(officer())
		self.approved_today(subordinate(), status="Worked")
		self.assertEqual(self.worked(head().user_id), before[0] + 1)
		self.assertEqual(self.worked(officer()), before[1] + 1)
		stranger = user_with("MKD Approver")
		self.assertEqual(self.worked(stranger), 0)

	def worked(self, user):
		doc, answer = self.asked(user, "Number Card", "MKD Days Worked This Month")
		return sum(row[doc["report_field"]] for row in answer["result"])

	def test_the_chart_of_several_months_has_a_bar_for_each(self):
		for number, month in enumerate((-1, 0)):
			employee = subordinate()
			_request, day = self.approved_today(employee, status="Worked")
			first = frappe.utils.get_first_day(frappe.utils.getdate(), d_months=month)
			frappe.db.set_value(DAY, day, "mkd_date", frappe.utils.add_days(first, number))
			frappe.db.commit()
		_doc, answer = self.asked(officer(), "Dashboard Chart", "MKD Days per Month")
		labels = answer["chart"]["data"]["labels"]
		self.assertEqual(labels, sorted(set(labels)))
		self.assertGreaterEqual(len(labels), 2)
		self.assertTrue(all(len(row["values"]) == len(labels) for row in answer["chart"]["data"]["datasets"]))
