"""What a request costs the one who waits for it: never more statements than an Attendance Request of HRMS."""

import frappe
from frappe.tests.utils import FrappeTestCase

from mkd_hrms.constants import REQUEST
from mkd_hrms.tests.support import peer_workflow
from mkd_hrms.tests.support.factories import eligible, superior
from mkd_hrms.tests.support.peer_workflow import PEER
from mkd_hrms.tests.support.whole_way import as_outside_a_test, wanted, whole_way
from mkd_hrms.tests.support.world import coming_week

# Of the statements that an Attendance Request for the same days takes through the same Workflow.
ONE_DAY, FOUR_DAYS = 1.0, 0.6


class TestStatements(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		peer_workflow.make()
		cls.addClassCleanup(frappe.db.commit)
		cls.addClassCleanup(peer_workflow.remove)
		cls.boss = superior()
		cls.employee = eligible(reports_to=cls.boss)
		frappe.db.commit()

	def statements(self, doctype, days):
		"""The second time: the first fills the caches."""
		for _time in range(2):
			values = wanted(doctype, self.employee, coming_week()[:days])
			with as_outside_a_test():
				steps = whole_way(values, self.employee.user_id, self.boss.user_id)
		return sum(step.statements for step in steps.values())

	def assert_at_most(self, share, days):
		ours, theirs = self.statements(REQUEST, days), self.statements(PEER, days)
		self.assertLessEqual(ours, share * theirs, f"{ours} statements, and {theirs} of the {PEER}")

	def test_one_day_takes_no_more_than_an_attendance_request(self):
		self.assert_at_most(ONE_DAY, days=1)

	def test_four_days_take_far_less(self):
		self.assert_at_most(FOUR_DAYS, days=4)
