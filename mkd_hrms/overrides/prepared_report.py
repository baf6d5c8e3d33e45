"""Prepared results: what one of our reports found for somebody is given to nobody else, by whatever door it is asked for."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.core.doctype.prepared_report.prepared_report import PreparedReport

from mkd_hrms.permissions.platform_lists import may_see_prepared


class MKDPreparedReport(PreparedReport):
	"""Frappe opens a result by its name for whoever runs a prepared report, or has one written as CSV."""

	def get_prepared_data(self, with_file_name: bool = False):
		"""Raises PermissionError."""
		user = frappe.session.user
		if user != "Administrator" and not may_see_prepared(self, "read", user):
			frappe.throw(
				_("This result was prepared for somebody else. Run the report yourself."),
				frappe.PermissionError,
			)
		return super().get_prepared_data(with_file_name)
