"""What Log Settings clear of ours: what has ended and is old, in chunks, and never what may still be contested."""

from datetime import timedelta
from unittest.mock import patch

import frappe
from frappe.core.doctype.log_settings.log_settings import run_log_clean_up
from frappe.model.base_document import get_controller
from frappe.tests.utils import FrappeTestCase

from mkd_hrms.constants import EARLY_WARNING, REQUEST
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.policies.deadlines import days_to_contest
from mkd_hrms.services.privacy import old_logs
from mkd_hrms.tests.support.people import make_employee, store_row

ACTION, ROLE_ROW = "Workflow Action", "Workflow Action Permitted Role"


class TestOldLogs(FrappeTestCase):
	def setUp(self):
		self.employee = make_employee().name
		chunks = patch.object(old_logs, "AT_ONCE", 1)
		chunks.start()
		self.addCleanup(self.clear)
		self.addCleanup(chunks.stop)

	def clear(self):
		"""What is cleared is committed."""
		frappe.db.rollback()
		frappe.db.delete(EARLY_WARNING, {"employee": self.employee})
		actions = frappe.get_all(ACTION, {"reference_name": self.employee}, pluck="name")
		frappe.db.delete(ROLE_ROW, {"parent": ("in", actions)})
		frappe.db.delete(ACTION, {"name": ("in", actions)})
		frappe.delete_doc("Employee", self.employee, force=True)
		frappe.db.commit()

	def warning(self, status, days):
		ended = clock.now() - timedelta(days=days) if status == "Ended" else None
		values = {"status": status, "ended_on": ended, "open_threshold": None if ended else f"{days}"}
		name = store_row(EARLY_WARNING, self.employee, **values).name
		return self.aged(EARLY_WARNING, name, days)

	def action(self, status, days, doctype=REQUEST):
		action = {"doctype": ACTION, "reference_doctype": doctype, "reference_name": self.employee}
		action |= {"workflow_state": "Draft", "status": status, "permitted_roles": [{"role": "HR User"}]}
		return self.aged(ACTION, frappe.get_doc(action).insert(ignore_links=True).name, days)

	def aged(self, doctype, name, days):
		"""Written, and last changed, so many days ago."""
		stamp = clock.now() - timedelta(days=days)
		values = {"creation": stamp, "modified": stamp}
		frappe.db.set_value(doctype, name, values, update_modified=False)
		return name

	def left(self, doctype, names, days):
		get_controller(doctype).clear_old_logs(days=days)
		return [name for name in names if frappe.db.exists(doctype, name)]

	def test_of_early_warnings_only_those_go_that_ended_long_ago(self):
		old = [self.warning("Ended", 401), self.warning("Ended", 2000)]
		stay = [self.warning("Ended", 399), self.warning("Open", 2000)]
		self.assertEqual(self.left(EARLY_WARNING, [*old, *stay], 400), stay)

	def test_of_actions_only_the_closed_ones_of_our_documents_go_with_their_roles(self):
		old = [self.action("Completed", 401), self.action("Completed", 2000, "MKD Daily Report")]
		stay = [
			self.action("Completed", 399),
			self.action("Open", 2000),
			self.action("Completed", 2000, "ToDo"),
		]
		self.assertEqual(self.left(ACTION, [*old, *stay], 400), stay)
		roles = frappe.get_all(ROLE_ROW, {"parent": ("in", [*old, *stay])}, pluck="parent")
		self.assertEqual(sorted(roles), sorted(stay))

	def test_nothing_goes_while_somebody_may_still_object(self):
		longest = days_to_contest()
		self.assertGreater(longest, 14)
		for make, doctype in ((self.warning, EARLY_WARNING), (self.action, ACTION)):
			status = "Ended" if doctype == EARLY_WARNING else "Completed"
			over, within = make(status, longest + 1), make(status, longest - 1)
			self.assertEqual(self.left(doctype, [over, within], 0), [within])

	def test_log_settings_clear_them_every_day_and_as_long_as_the_app_is_there(self):
		old, young = self.action("Completed", 401), self.warning("Ended", 1)
		run_log_clean_up()
		found = frappe.get_all("Logs To Clear", fields=["ref_doctype", "days"], as_list=True)
		expected = {("MKD Evaluation Run", 90), (EARLY_WARNING, 400), (ACTION, 400)}
		expected.add(("MKD Waiting Place", 400))
		self.assertLessEqual(expected, set(found))
		self.assertFalse(frappe.db.exists(ACTION, old))
		self.assertTrue(frappe.db.exists(EARLY_WARNING, young))
