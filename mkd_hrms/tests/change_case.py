"""What tests of re-evaluation share: what a change notes, and whom the job that follows evaluates."""

import frappe

from mkd_hrms.constants import ELIGIBILITY
from mkd_hrms.services import pending, reevaluation
from mkd_hrms.tests.frozen import RequestCase
from mkd_hrms.tests.other_process import forget_what_waits
from mkd_hrms.tests.world import COMPANY


class ChangeCase(RequestCase):
	def setUp(self):
		super().setUp()
		frappe.db.commit()
		forget_what_waits()

	def tearDown(self):
		super().tearDown()
		forget_what_waits()

	def noted(self):
		"""What the change that was just made hands over, as (kind, name)."""
		frappe.db.commit()
		entries = pending.take(reevaluation.INBOX)
		forget_what_waits()
		return {tuple(frappe.parse_json(entry)) for entry in entries}

	def evaluated(self):
		"""Commit, let the job do its work, and say whose standing was written anew."""
		frappe.db.commit()
		before = self.stamps()
		reevaluation.evaluate_again()
		after = self.stamps()
		return {name for name in {*before, *after} if before.get(name) != after.get(name)}

	def stamps(self):
		frappe.db.rollback()
		return dict(frappe.get_all(ELIGIBILITY, fields=["name", "modified"], as_list=True))

	def document(self, doctype, employee, **values):
		return frappe.get_doc({"doctype": doctype, "employee": employee.name, **values})

	def row(self, employee, day="2026-11-20", **values):
		"""An attendance row of a day on which there is none yet."""
		frappe.db.delete("Attendance", {"employee": employee.name, "attendance_date": day})
		frappe.db.commit()
		return self.document("Attendance", employee, company=COMPANY, attendance_date=day, **values)
