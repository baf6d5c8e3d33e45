"""What tests of the re-check share: approved days, a change, the evaluation that follows it, and what people read."""

import frappe
from frappe.utils import strip_html

from mkd_hrms.constants import DAY
from mkd_hrms.services.evaluation import after_changes
from mkd_hrms.tests.support.evaluation_case import ChangeCase
from mkd_hrms.tests.support.factories import act, applied
from mkd_hrms.tests.support.frozen import WEEK

LOG = "Notification Log"


class RecheckCase(ChangeCase):
	def approved(self, days=WEEK[:2], **values):
		employee = self.person(**values)
		employee.request = self.approve(employee, days)
		self.settle()
		return employee

	def approve(self, employee, days, **values):
		request = applied(employee, days, **values)
		return act(request, "Approve", frappe.db.get_value("MKD Request", request.name, "approver")).name

	def settle(self):
		"""Commit, and let the worker do what follows."""
		frappe.db.commit()
		after_changes.evaluate_again()
		frappe.db.rollback()

	def days(self, employee, **filters):
		filters = {"employee": employee.name, **filters}
		names = frappe.get_all(DAY, filters, pluck="name", order_by="mkd_date")
		return [frappe.get_doc(DAY, name) for name in names]

	def states(self, employee):
		return [day.status for day in self.days(employee)]

	def change(self, employee, **values):
		employee.reload()
		employee.update(values)
		employee.save()
		self.settle()

	def sanction(self, employee, from_date="2026-11-01", to_date="2026-12-01"):
		values = {"level": "Light", "stage": "In Force", "decree_no": "SK 9"}
		doc = self.document("MKD Discipline Record", employee, from_date=from_date, to_date=to_date, **values)
		doc.insert()
		doc.submit()
		self.settle()
		return doc

	def suspend(self, employee, from_date="2026-12-01", to_date="2026-12-31"):
		doc = self.document(
			"MKD Suspension", employee, from_date=from_date, to_date=to_date, ground="Laporan tidak masuk"
		)
		doc.insert()
		doc.submit()
		self.settle()
		return doc

	def told(self, user):
		"""The text of every notice about days to somebody, oldest first."""
		logs = frappe.get_all(
			LOG, {"for_user": user, "document_type": DAY}, ["subject", "email_content"], order_by="creation"
		)
		return [f"{log.subject}: {strip_html(log.email_content)}" for log in logs]
