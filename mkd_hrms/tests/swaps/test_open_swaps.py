"""An open swap ends with its days: when one of them begins, is withdrawn or recalled (rule W14)."""

from freezegun import freeze_time

import frappe
from frappe.model.workflow import apply_workflow

from mkd_hrms import api
from mkd_hrms.constants import DAY, DAY_SWAP
from mkd_hrms.services.swaps import actors, procedure
from mkd_hrms.services.swaps.procedure import InvalidSwap
from mkd_hrms.services.units.coverage import NoRoom
from mkd_hrms.tests.support.factories import act, applied, superior
from mkd_hrms.tests.support.frozen import WEEK, RequestCase
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.world import TODAY


class SwapCase(RequestCase):
	def asked(self):
		own, colleague = self.person(), self.person()
		for employee, day in ((own, WEEK[1]), (colleague, WEEK[3])):
			request = applied(employee, [day])
			employee.request = act(request, "Approve", request.approver).name
		with acting_as(own.user_id):
			swap = frappe.get_doc(
				{
					"doctype": DAY_SWAP,
					"employee": own.name,
					"kind": "Exchange",
					"mkd_date": str(WEEK[1]),
					"colleague": colleague.name,
					"colleague_date": str(WEEK[3]),
					"reason": "Rapat",
				}
			).insert()
			swap = apply_workflow(swap.as_json(), "Ask")
		self.own, self.colleague = own, colleague
		frappe.db.commit()
		return swap


class TestOpenSwaps(SwapCase):
	def ends(self, swap, expected):
		procedure.end_open()
		self.assertEqual(frappe.db.get_value(DAY_SWAP, swap.name, "status"), expected)

	def test_when_its_first_day_begins(self):
		swap = self.asked()
		with freeze_time(f"{WEEK[1]}T07:00:00.500001+07:00", tick=True):
			self.ends(swap, "Pending Consent")
		with freeze_time(f"{WEEK[1]}T07:31:00.500001+07:00", tick=True):
			self.ends(swap, "Expired")
		told = {"document_name": swap.name, "subject": ("like", "%expired%")}
		users = frappe.get_all("Notification Log", told, pluck="for_user")
		self.assertEqual(set(users), {self.own.user_id, self.colleague.user_id})
		self.assertFalse(frappe.db.exists("Workflow Action", {"reference_name": swap.name, "status": "Open"}))

	def test_when_a_day_is_recalled(self):
		swap = self.asked()
		self.ends(swap, "Pending Consent")
		day = frappe.db.get_value(DAY, {"source_name": self.colleague.request}, "name")
		with acting_as(self.boss.user_id):
			api.recall_days([day], "Rapat")
		self.ends(swap, "Expired")

	def test_a_day_that_has_begun_is_not_swapped(self):
		swap = self.asked()
		with freeze_time(f"{WEEK[1]}T07:31:00.500001+07:00", tick=True), acting_as(self.colleague.user_id):
			with self.assertRaises(InvalidSwap) as refused:
				apply_workflow(frappe.get_doc(DAY_SWAP, swap.name).as_json(), "Consent")
		self.assertIn("begun", str(refused.exception))

	def test_with_another_superior_of_both_he_decides_and_with_two_nobody(self):
		swap, boss = self.asked(), superior(today=TODAY)
		with acting_as(self.colleague.user_id):
			apply_workflow(swap.as_json(), "Consent")
		for employee, decides in ((self.own, False), (self.colleague, True)):
			employee.reload()
			employee.reports_to = boss.name
			employee.save()
			found = frappe.get_doc(DAY_SWAP, swap.name)
			self.assertEqual(found.approver, boss.user_id)
			self.assertEqual(actors.decides(found, boss.user_id), decides)
			self.assertFalse(actors.decides(found, self.boss.user_id))
		with acting_as(boss.user_id):
			self.assertEqual(apply_workflow(found.as_json(), "Approve").status, "Approved")


class TestRoomAtASwap(SwapCase):
	"""Whoever takes a day may be missed at a counter that did not count on his colleague (W5)."""

	def point(self, *members, **values):
		point = {
			"doctype": "MKD Service Point",
			"service_point_name": "Loket Tukar",
			"department": self.own.department,
			"valid_from": "2023-06-19",
			"min_on_site": 1,
			"members": [{"employee": member.name} for member in members],
			**values,
		}
		return frappe.get_doc(point).insert(ignore_permissions=True)

	def consented(self):
		swap = self.asked()
		with acting_as(self.colleague.user_id):
			return apply_workflow(swap.as_json(), "Consent")

	def approve(self, swap):
		frappe.db.commit()
		self.addCleanup(frappe.db.commit)
		for point in frappe.get_all("MKD Service Point", pluck="name"):
			self.addCleanup(frappe.delete_doc, "MKD Service Point", point, force=True)
		with acting_as(self.boss.user_id):
			return apply_workflow(swap.as_json(), "Approve")

	def test_a_counter_that_would_be_empty_refuses_and_nothing_is_changed(self):
		swap = self.consented()
		self.point(self.colleague)
		with self.assertRaises(NoRoom) as refused:
			self.approve(swap)
		said = str(refused.exception)
		self.assertIn("Service point Loket Tukar", said)
		self.assertIn(f"{WEEK[1]:%d-%m-%Y}", said)
		self.assertIn("Nothing was changed", said)
		frappe.db.rollback()
		states = frappe.get_all(
			DAY, {"employee": ("in", (self.own.name, self.colleague.name))}, ["mkd_date", "status"]
		)
		self.assertEqual(
			{(row.mkd_date, row.status) for row in states}, {(WEEK[1], "Approved"), (WEEK[3], "Approved")}
		)

	def test_at_a_counter_of_both_as_many_are_missed_as_before(self):
		swap = self.consented()
		self.point(self.own, self.colleague, min_on_site=2)
		self.assertEqual(self.approve(swap).status, "Approved")
