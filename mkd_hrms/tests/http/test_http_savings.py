"""What MKD saved in the browsers of HR, of a superior and of an employee: who is told of bills, and who enters them."""

import json

import frappe

from mkd_hrms.constants import SAVINGS_FACTOR, UTILITY_BILL
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	browser,
	head,
	open_house,
	person,
	subordinate,
	user_with,
)
from mkd_hrms.tests.support.unit_case import make_unit
from mkd_hrms.tests.support.world import COMPANY

setUpModule = open_house

RUN, EXPORT = "frappe.desk.query_report.run", "frappe.desk.query_report.export_query"


class TestSavings(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.unit = make_unit("Bidang Tagihan")
		cls.worker = subordinate(department=cls.unit)
		person(reports_to=person())
		frappe.db.commit()

	def setUp(self):
		self.hr = user_with("HR Manager", "Employee")
		self.bills = [
			self.bill(month, amount) for month, amount in (("2025-10-01", 900), ("2026-10-01", 700))
		]

	def bill(self, month, amount):
		values = {
			"company": COMPANY,
			"department": self.unit,
			"kind": "Electricity",
			"building": "Gedung Uji",
		}
		made = browser(self.hr).insert({"doctype": UTILITY_BILL, "month": month, "amount": amount, **values})
		name = self.ok(made)["name"]
		self.addCleanup(self.delete, name)
		return name

	def delete(self, name):
		frappe.db.rollback()
		frappe.delete_doc(UTILITY_BILL, name, force=True)
		frappe.db.commit()

	def asked(self, **filters):
		period = {"from_date": "2026-10-01", "to_date": "2026-12-31", "by": "Quarter"}
		filters = {"company": COMPANY, "department": self.unit, **period, **filters}
		return {"report_name": "MKD Savings", "filters": json.dumps(filters)}

	def told(self, user, **filters):
		answer = self.ok(browser(user).get(f"/api/method/{RUN}", **self.asked(**filters)))
		rows = [row for row in answer["result"] if row["basis"] == "Measured"]
		return [(row["period"], row["middle"]) for row in rows]

	def test_who_is_told_of_bills(self):
		self.assertEqual(self.told(self.hr), [("2026-Q4", 200)])
		self.assertEqual(self.told(head().user_id), [("2026-Q4", 200)])
		self.assertEqual(self.told(head().user_id, department=None), [])
		self.assertEqual(self.told(user_with("MKD Approver", "Employee")), [])
		self.refused(browser(self.worker.user_id).get(f"/api/method/{RUN}", **self.asked()))

	def test_only_hr_exports(self):
		asked = {**self.asked(), "file_format_type": "CSV", "visible_idx": "[]"}
		answer = browser(self.hr).post(f"/api/method/{EXPORT}", **asked)
		self.assertEqual(answer.status_code, 200, answer.text[:500])
		self.assertIn("2026-Q4", answer.text)
		self.refused(browser(head().user_id).post(f"/api/method/{EXPORT}", **asked))

	def test_who_enters_and_reads(self):
		(factor,) = frappe.get_all(SAVINGS_FACTOR, {"factor": "Fuel Price"}, pluck="name")
		for user in (self.worker.user_id, head().user_id):
			client = browser(user)
			for doctype, name in ((UTILITY_BILL, self.bills[0]), (SAVINGS_FACTOR, factor)):
				with self.subTest(user=user, doctype=doctype):
					self.refused(client.get(f"/api/resource/{doctype}/{name}"))
					self.refused(client.put(f"/api/resource/{doctype}/{name}", remarks="x"))
		reader = browser(user_with("HR User", "Employee"))
		self.assertEqual(self.ok(reader.get(f"/api/resource/{UTILITY_BILL}/{self.bills[0]}"))["amount"], 900)
		self.refused(reader.put(f"/api/resource/{UTILITY_BILL}/{self.bills[0]}", amount=1))
		again = {"company": COMPANY, "department": self.unit, "kind": "Electricity", "building": "Gedung Uji"}
		again |= {"doctype": UTILITY_BILL, "month": "2026-10-09", "amount": 700}
		self.refused(browser(self.hr).insert(again))
