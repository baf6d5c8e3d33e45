"""What tests of the evaluation share: clean boxes and tables, what a run stores, and what a change sets going."""

import frappe

from mkd_hrms.constants import ELIGIBILITY, EVALUATION_RUN
from mkd_hrms.services.evaluation import after_changes
from mkd_hrms.services.evaluation import runs as evaluation_runs
from mkd_hrms.services.platform import work_queue
from mkd_hrms.services.standing import changes_noted, refresh
from mkd_hrms.tests.support.frozen import RequestCase
from mkd_hrms.tests.support.other_process import forget_what_waits
from mkd_hrms.tests.support.world import COMPANY

# What a run says about a person; when it said so differs between two runs.
SAYS = "name employee_name department company outcome tier_limit evaluated_for policy failed_gates unknown_gates findings content_hash changes_on"


class RunCase(RequestCase):
	def setUp(self):
		super().setUp()
		forget_what_waits()
		frappe.db.delete(EVALUATION_RUN)
		frappe.db.delete(ELIGIBILITY)
		frappe.db.delete("Email Queue")
		frappe.db.commit()

	def tearDown(self):
		super().tearDown()
		forget_what_waits()

	def runs(self, **filters):
		frappe.db.rollback()
		return frappe.get_all(EVALUATION_RUN, filters=filters, fields=["*"], order_by="name")

	def table(self):
		frappe.db.rollback()
		return frappe.get_all(ELIGIBILITY, fields=SAYS.split(), order_by="name", as_list=True)

	def with_listener(self, listener, chunk=2):
		self.addCleanup(setattr, refresh, "CHUNK", refresh.CHUNK)
		self.addCleanup(setattr, evaluation_runs, "LISTENERS", evaluation_runs.LISTENERS)
		refresh.CHUNK, evaluation_runs.LISTENERS = chunk, (listener,)

	def mails(self):
		frappe.db.rollback()
		names = frappe.get_all("Email Queue", {"reference_doctype": EVALUATION_RUN}, pluck="name")
		return [frappe.get_doc("Email Queue", name) for name in names]


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
		entries = work_queue.take(changes_noted.INBOX)
		forget_what_waits()
		return {tuple(frappe.parse_json(entry)) for entry in entries}

	def evaluated(self):
		"""Commit, let the job do its work, and say whose standing was written anew."""
		frappe.db.commit()
		before = self.stamps()
		after_changes.evaluate_again()
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
