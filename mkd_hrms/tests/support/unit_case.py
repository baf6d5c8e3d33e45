"""What tests of a unit share: a unit of four people who have a superior elsewhere, and rules of its own."""

from contextlib import contextmanager

import frappe

from mkd_hrms.constants import REQUEST
from mkd_hrms.services.policies.in_force import clear_cache
from mkd_hrms.tests.support.factories import act, applied, eligible, superior
from mkd_hrms.tests.support.world import COMPANY, coming_week, unit

BASIS = "SE 7/2026"


def make_unit(name, parent=None, is_group=0):
	"""A unit of the test's own below the root or another one."""
	top = frappe.db.get_value("Department", {"is_group": 1, "parent_department": ("in", ("", None))}, "name")
	if not frappe.db.exists("Department", unit(name)):
		values = {"parent_department": parent or top, "company": COMPANY, "is_group": is_group}
		frappe.get_doc({"doctype": "Department", "department_name": name, **values}).insert(
			ignore_permissions=True
		)
	return unit(name)


def make_rule(department, **values):
	"""A rule that leaves everybody room, but for the values."""
	rule = {
		"doctype": "MKD Coverage Rule",
		"department": department,
		"valid_from": "2023-06-19",
		"cap_percent": 100,
		"min_on_site": 0,
		"min_on_site_percent": 0,
		"legal_basis": BASIS,
		**values,
	}
	return frappe.get_doc(rule).insert(ignore_permissions=True)


class UnitCase:
	"""Mixed into a FrappeTestCase; the days are those of a week ahead, and each test begins with none used."""

	UNIT = "Bidang Cakupan"

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.unit, cls.week = make_unit(cls.UNIT), coming_week()
		cls.boss = superior()
		cls.people = [eligible(reports_to=cls.boss, department=cls.unit) for _number in range(4)]

	def setUp(self):
		frappe.db.savepoint("unit_case")
		self.addCleanup(self.undo)

	def undo(self):
		frappe.db.rollback(save_point="unit_case")
		frappe.clear_messages()
		frappe.cache.delete_value("mkd_coverage_registers")
		clear_cache()

	def applied(self, number, days=None, **values):
		return applied(self.people[number], days or self.week[:1], **values)

	def approved(self, number, days=None):
		return self.approve(self.applied(number, days))

	def approve(self, request, user=None):
		return act(request, "Approve", user or self.boss.user_id)

	@contextmanager
	def assert_no_room(self, request):
		"""Nothing is approved in the block, and what is said holds everything that is given to `said`."""
		frappe.db.savepoint("no_room")
		with self.assertRaises(frappe.ValidationError) as caught:
			yield caught
		frappe.db.rollback(save_point="no_room")
		self.assertEqual(type(caught.exception).__name__, "NoRoom", caught.exception)
		self.assertEqual(frappe.db.get_value(REQUEST, request.name, "status"), "Pending Approval")

	def told(self):
		"""What the browser would show besides the answer, and what it showed is forgotten."""
		told = " ".join(str(entry.get("message")) for entry in frappe.get_message_log())
		frappe.clear_messages()
		return told
