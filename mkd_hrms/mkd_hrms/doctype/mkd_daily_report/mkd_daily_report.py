"""The report of one MKD day. The controller only says in which order the service speaks."""

import frappe
from frappe.model.document import Document

from mkd_hrms.services import clock, daily_reports


class MKDDailyReport(Document):
	def autoname(self):
		number = frappe.db.get_next_sequence_val("MKD Daily Report")
		self.name = f"MKD-RPT-{clock.today().year}-{number:06d}"

	def before_validate(self):
		daily_reports.restore_computed(self)

	def validate(self):
		daily_reports.check(self)

	def before_submit(self):
		daily_reports.hand_in(self)

	def on_submit(self):
		daily_reports.attach(self)

	def before_cancel(self):
		daily_reports.check_withdrawal(self)

	def on_cancel(self):
		daily_reports.detach(self)


def on_doctype_update():
	frappe.db.create_sequence("MKD Daily Report", check_not_exists=True)
