"""One person keeps one quota, whatever his records are called; one broken request keeps no other waiting."""

import frappe

from mkd_hrms.services.booked_days import withdrawal
from mkd_hrms.services.ledger.booking import DayTaken
from mkd_hrms.services.requests.asked_dates import InvalidDays
from mkd_hrms.tests.support.factories import act, applied, days_of, draft, officer, superior
from mkd_hrms.tests.support.frozen import WEEK, RequestCase
from mkd_hrms.tests.support.world import TODAY

NIP = "199001012015031001"


class TestOnePerson(RequestCase):
	def give_nip(self, employee, nip):
		employee.reload()
		employee.mkd_nip = nip
		employee.save()

	def test_a_nip_entered_later_carries_the_used_days_along(self):
		employee = self.person()
		request = applied(employee, WEEK[:4])
		self.give_nip(employee, NIP)
		self.assertEqual({day.person for day in days_of(request)}, {NIP})
		with self.assertRaises(InvalidDays):
			draft(employee, WEEK[:1])
		self.assertEqual(act(request, "Approve", self.boss.user_id).status, "Approved")

	def test_a_renamed_employee_keeps_his_used_days(self):
		employee = self.person()
		request = applied(employee, WEEK[:2])
		new = frappe.rename_doc("Employee", employee.name, f"{employee.name}-X", force=True)
		self.assertEqual({day.person for day in days_of(request)}, {new})

	def test_a_nip_that_would_give_two_days_on_one_date_is_refused(self):
		first, second = self.person(), self.person()
		applied(first, WEEK[:1])
		applied(second, WEEK[:1])
		self.give_nip(first, NIP)
		first.reload()
		first.update({"status": "Left", "relieving_date": "2026-12-31"})
		first.save()
		self.assertRaises(DayTaken, self.give_nip, second, NIP)


class TestWhoeverCannotDecide(RequestCase):
	def test_a_superior_who_is_disabled_leaves_his_requests_to_hr(self):
		boss = superior(today=TODAY)
		request = applied(self.person(reports_to=boss), WEEK[:1])
		user = frappe.get_doc("User", boss.user_id)
		user.enabled = 0
		user.save()
		self.assertIsNone(frappe.db.get_value("MKD Request", request.name, "approver"))

	def test_without_anybody_to_decide_hr_is_told(self):
		officer()
		request = applied(self.person(reports_to=None), WEEK[:1])
		self.assertTrue(frappe.db.exists("Notification Log", {"document_name": request.name}))


class TestExpiry(RequestCase):
	def test_one_request_that_cannot_be_judged_keeps_no_other_waiting(self):
		broken, healthy = applied(self.person(), WEEK[:1]), applied(self.person(), WEEK[:1])
		frappe.db.set_value(
			"MKD Day", {"source_name": ("in", [broken.name, healthy.name])}, "mkd_date", TODAY
		)
		frappe.db.set_value("MKD Request", broken.name, "employee", "TIDAK-ADA")
		frappe.db.commit()
		withdrawal.expire_undecided()
		self.assertEqual(frappe.db.get_value("MKD Request", healthy.name, "status"), "Expired")
		self.assertTrue(frappe.db.exists("Error Log", {"reference_name": broken.name}))
		open_actions = {"reference_name": healthy.name, "status": "Open"}
		self.assertFalse(frappe.db.exists("Workflow Action", open_actions))
		for doctype, column in (("MKD Day", "source_name"), ("MKD Request", "name")):
			frappe.db.delete(doctype, {column: broken.name})
		frappe.db.commit()
