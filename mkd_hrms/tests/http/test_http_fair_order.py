"""The fair order and the waiting list in the browsers of those whom they concern, whatever ERPNext permits them to see (W6, P3)."""

import json
import unittest

import frappe

from mkd_hrms.constants import WAITING_PLACE
from mkd_hrms.services.units import waiting_list
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	act,
	browser,
	open_house,
	person,
	stored,
	user_with,
	week,
)
from mkd_hrms.tests.support.unit_case import make_rule, make_unit

ORDER, DECLINE = "mkd_hrms.api.fair_order", "mkd_hrms.api.decline_place"
REPORT = "frappe.desk.query_report.run"


def setUpModule():
	open_house()
	rule = make_rule(make_unit("Bidang Antrean"), cap_percent=34)
	frappe.db.commit()
	unittest.addModuleCleanup(forget, rule.name)


def forget(rule):
	frappe.db.rollback()
	frappe.delete_doc("MKD Coverage Rule", rule, force=True)
	frappe.db.delete("Notification Log", {"document_type": WAITING_PLACE})
	frappe.db.commit()


class TestWhoComesFirst(HTTPCase):
	def setUp(self):
		"""Of three there is room for one; nobody has a superior but the head of their unit, who is restricted to himself."""
		self.unit = make_unit("Bidang Antrean")
		self.head = person()
		doc = frappe.get_doc("Department", self.unit)
		doc.set("leave_approvers", [{"approver": self.head.user_id}])
		doc.save(ignore_permissions=True)
		self.people = [person(department=self.unit) for _each in range(3)]
		frappe.db.commit()
		self.addCleanup(self.leave)

	def leave(self):
		frappe.db.rollback()
		frappe.db.set_value("Employee", {"department": self.unit}, {"department": None})
		frappe.db.commit()

	def order(self, user, request):
		return self.ok(browser(user).call(ORDER, request=request))["dates"]

	def place_of(self, employee):
		frappe.db.rollback()
		return frappe.db.get_value(
			WAITING_PLACE, {"employee": employee.name}, ["name", "status"], as_dict=True
		)

	def listed(self, user):
		return {row["name"] for row in self.ok(browser(user).get(f"/api/resource/{WAITING_PLACE}"))}

	def test_from_the_order_to_the_waiting_list_and_the_free_place(self):
		first, second, third = (self.applied(employee, week()[:1]) for employee in self.people)
		(found,) = self.order(self.head.user_id, second)
		self.assertEqual((found["rank"], found["asked"], found["room"], len(found["order"])), (2, 3, 1, 3))
		(own,) = self.order(self.people[2].user_id, third)
		said = json.dumps(own)
		self.assertEqual((own["rank"], own["asked"]), (3, 3))
		for employee in self.people:
			self.assertNotIn(employee.employee_name, said)
		self.refused(browser(self.people[0].user_id).call(ORDER, request=third), "not open to you")
		self.refused(act(self.head.user_id, second, "Approve"), "1 stand before", "decision note")
		self.assertEqual(stored(second).status, "Pending Approval")
		self.ok(act(self.head.user_id, first, "Approve"))
		for request in (second, third):
			self.ok(act(self.head.user_id, request, "Reject"))
		self.free_place(first)

	def free_place(self, request):
		holder, told, waits = self.people
		self.ok(
			browser(holder.user_id).call(
				"mkd_hrms.api.withdraw_days", request=request, dates=[str(week()[0])]
			)
		)
		waiting_list.offer()
		place, next_one = self.place_of(told), self.place_of(waits)
		self.assertEqual((place.status, next_one.status), ("Told", "Waiting"))
		self.assertEqual(self.listed(told.user_id), {place.name})
		self.assertEqual(self.listed(holder.user_id), set())
		self.assertEqual(self.listed(self.head.user_id), {place.name, next_one.name})
		for user in (waits.user_id, self.head.user_id, user_with("HR Manager")):
			self.refused(browser(user).call(DECLINE, place=place.name))
		self.assertFalse(browser(told.user_id).get(f"/api/method/{DECLINE}", place=place.name).ok)
		self.refused(browser(told.user_id).set_value(WAITING_PLACE, place.name, status="Ended"))
		self.ok(browser(told.user_id).call(DECLINE, place=place.name))
		waiting_list.offer()
		self.assertEqual(self.place_of(waits).status, "Told")
		# He applies, as anybody does.
		request = self.applied(waits, week()[:1])
		self.assertEqual(self.order(waits.user_id, request), [])
		self.ok(act(self.head.user_id, request, "Approve"))
		self.report()

	def report(self):
		month = str(week()[0])
		asked = {
			"report_name": "MKD Fairness",
			"filters": json.dumps({"company": self.head.company, "month": month}),
		}
		other = person()
		frappe.get_doc("User", other.user_id).add_roles("MKD Approver")
		frappe.db.commit()
		for user, sees in ((self.head.user_id, True), (user_with("HR User"), True), (other.user_id, False)):
			found = self.ok(browser(user).get(f"/api/method/{REPORT}", **asked))["result"]
			rows = [row for row in found if row["department"] == self.unit]
			self.assertEqual(bool(rows), sees)
			if rows:
				self.assertEqual((rows[0]["days"], rows[0]["refused"], rows[0]["told"]), (1, 2, 2))
		self.refused(browser(self.people[0].user_id).get(f"/api/method/{REPORT}", **asked))
