"""An open swap ends with its days: when one of them begins, is withdrawn or recalled (rule W14)."""

from freezegun import freeze_time

import frappe
from frappe.model.workflow import apply_workflow

from mkd_hrms import api
from mkd_hrms.constants import DAY, DAY_SWAP
from mkd_hrms.services.swaps import actors, procedure
from mkd_hrms.services.swaps.procedure import InvalidSwap
from mkd_hrms.tests.support.factories import act, applied, superior
from mkd_hrms.tests.support.frozen import WEEK, RequestCase
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.world import TODAY


class TestOpenSwaps(RequestCase):
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
