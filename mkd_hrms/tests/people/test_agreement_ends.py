"""An agreement runs out (rule D10): the employee is told in time and once, also where no gate asks for one."""

from datetime import timedelta

import frappe
from frappe.utils import format_date

from mkd_hrms.constants import AGREEMENT
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.registers import read_agreements
from mkd_hrms.policy.model import Gate
from mkd_hrms.services.policies.in_force import policy_on
from mkd_hrms.tests.support.factories import officer, uploaded
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.warning_case import WarningCase
from mkd_hrms.tests.support.world import COMPANY, TODAY

LAST = TODAY + timedelta(days=24)
SIGNED = {"signed_on": "2026-11-20"}


class TestItsEnd(WarningCase):
	def setUp(self):
		super().setUp()
		self.assertNotIn(Gate.AGREEMENT, policy_on(COMPANY, TODAY).gates)
		self.employee = self.report(absences=0)

	def agreed(self, since=TODAY - timedelta(days=300), until=LAST, **signed):
		"""As HR records a paper."""
		user = officer()
		scan = {"attachment": uploaded(user, "pakta.png")} if signed else {}
		with acting_as(user):
			values = {"employee": self.employee.name, "valid_from": since, "valid_to": until}
			return frappe.get_doc({"doctype": AGREEMENT, **values, **signed, **scan}).insert()

	def test_he_is_told_once_though_no_gate_asks_for_one(self):
		doc = self.agreed(**SIGNED)
		self.night(self.employee)
		self.night(self.employee)
		(own,) = self.told(self.employee)
		self.assertIn(f"The agreement {doc.name} ends on {format_date(LAST)}, and none follows it.", own)
		self.assertIn("Sign a new agreement before that day.", own)
		self.assertEqual(self.thresholds(self.employee), [f"Agreement:agreement_ends:{LAST}"])
		with acting_as(self.employee.user_id):
			(row,) = frappe.get_list("MKD Early Warning", ["gate", "record"])
		self.assertEqual((row.gate, row.record), ("Agreement", doc.name))

	def test_his_standing_says_nothing_of_a_gate_that_is_off(self):
		self.agreed(**SIGNED)
		self.night(self.employee)
		standing = frappe.get_doc("MKD Eligibility", {"employee": self.employee.name})
		self.assertEqual(standing.outcome, "Eligible")
		self.assertNotIn("Agreement", standing.findings)

	def test_of_what_was_never_signed_nobody_is_told(self):
		self.agreed()
		self.night(self.employee)
		self.assertEqual(self.warnings(self.employee), [])

	def test_a_new_one_ends_the_warning(self):
		self.agreed(**SIGNED)
		self.night(self.employee)
		self.agreed(LAST + timedelta(days=1), LAST + timedelta(days=200), **SIGNED)
		self.night(self.employee)
		self.assertEqual([row.status for row in self.warnings(self.employee)], ["Ended"])
		self.assertEqual(len(self.told(self.employee)), 1)

	def test_only_of_whom_one_ends_soon_all_are_read(self):
		"""An evaluation that asks for no agreement need not read everybody's."""
		other = self.report(absences=0)
		names = [
			self.agreed(**SIGNED).name,
			self.agreed(LAST + timedelta(days=1), LAST + timedelta(days=200), **SIGNED).name,
		]
		self.agreed(LAST + timedelta(days=300), LAST + timedelta(days=400))
		self.employee, him = other, self.employee
		self.agreed(until=TODAY + timedelta(days=60), **SIGNED)
		scope = Scope(employees=(him.name, other.name))
		found = read_agreements(SiteDatabase(), scope, TODAY, TODAY + timedelta(days=30))
		self.assertEqual({name: [entry.record for entry in found[name]] for name in found}, {him.name: names})
		self.assertEqual(set(read_agreements(SiteDatabase(), scope, TODAY)), {him.name, other.name})

	def test_one_that_lasts_is_not_near(self):
		self.agreed(until=TODAY + timedelta(days=60), **SIGNED)
		self.night(self.employee)
		self.assertEqual(self.warnings(self.employee), [])
