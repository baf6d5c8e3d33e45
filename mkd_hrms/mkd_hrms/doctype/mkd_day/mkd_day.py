"""The ledger of MKD days, the only truth about quota. A service writes it; nobody edits it by hand."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from mkd_hrms.services.decisions.reasons import may_know_gates, may_read_findings
from mkd_hrms.services.decisions.records import failed_on

TABLE = "tabMKD Day"
UNIQUE_KEYS = {
	"mkd_day_person_date": ("person", "mkd_date"),
	"mkd_day_person_week_slot": ("person", "iso_week", "slot"),
}


class MKDDay(Document):
	def validate(self):
		self.refuse_by_hand()

	def on_trash(self):
		self.refuse_by_hand()

	@property
	def suspended_gates(self):
		"""The conditions for which the day was suspended, for who may know them; no column, so no list names them."""
		if not self.get("suspended_on") or not may_know_gates(self):
			return None
		return ", ".join(self.closing_gates()) or None

	def closing_gates(self):
		"""As they were found when the day was suspended. Asks no permission."""
		return failed_on(self.recheck, getdate(self.mkd_date)) if self.recheck else []

	def apply_fieldlevel_read_permissions(self):
		"""Why a day was released is for the employee himself too; permission levels know only roles (rule P3)."""
		reason = self.release_reason
		super().apply_fieldlevel_read_permissions()
		if reason and may_read_findings(self):
			self.release_reason = reason

	def refuse_by_hand(self):
		if not self.flags.from_ledger:
			frappe.throw(
				_("MKD days are kept by the system. Change the request they come from instead."),
				frappe.PermissionError,
				title=_("Not Editable"),
			)


def on_doctype_update():
	for name, columns in UNIQUE_KEYS.items():
		# frappe.db.add_unique looks for the name in every database of the server, and would skip a second site.
		if not frappe.db.has_index(TABLE, name):
			frappe.db.sql_ddl(f"ALTER TABLE `{TABLE}` ADD UNIQUE `{name}` ({', '.join(columns)})")
	frappe.db.add_index("MKD Day", ["status", "mkd_date"], "mkd_day_status_date")
	# Every attendance row that is saved asks for the MKD day of its employee and date.
	frappe.db.add_index("MKD Day", ["employee", "mkd_date"], "mkd_day_employee_date")
