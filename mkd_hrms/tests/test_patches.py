"""Patches change what older versions left behind, once and again with the same end."""

from datetime import timedelta

import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import getdate

from mkd_hrms.constants import SUSPENSION
from mkd_hrms.patches.v0_1 import suspensions_have_a_state
from mkd_hrms.tests.people import make_employee, store_row


class TestSuspensionsHaveAState(FrappeTestCase):
	def suspension(self, status, docstatus, ends_in):
		values = {"from_date": getdate() - timedelta(days=30), "docstatus": docstatus, "status": status}
		if ends_in is not None:
			values["to_date"] = getdate() + timedelta(days=ends_in)
		return store_row(SUSPENSION, self.employee, **values).name

	def test_those_in_force_can_be_lifted_and_those_over_are_over(self):
		self.employee = make_employee().name
		expected = {
			self.suspension("Draft", 1, 10): "In Force",
			self.suspension("", 1, None): "In Force",
			self.suspension("Draft", 1, -1): "Ended",
			self.suspension("Lifted", 1, 10): "Lifted",
			self.suspension("Draft", 0, 10): "Draft",
		}
		for _time in range(2):
			suspensions_have_a_state.execute()
			found = {name: frappe.db.get_value(SUSPENSION, name, "status") for name in expected}
			self.assertEqual(found, expected)
