"""The ledger of MKD days, the only truth about quota. A service writes it; nobody edits it by hand."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from mkd_hrms.controllers.kept_by_services import KeptByServices
from mkd_hrms.controllers.served_document import ServedDocument
from mkd_hrms.services.decisions.reasons import may_know_gates, may_read_findings, stored
from mkd_hrms.services.decisions.records import failed_on
from mkd_hrms.services.ledger import written_reasons
from mkd_hrms.services.people.approvers import is_superior_or_hr
from mkd_hrms.services.people.hr import acts_for_hr
from mkd_hrms.services.people.person import read_person

TABLE = "tabMKD Day"
UNIQUE_KEYS = {
	"mkd_day_person_date": ("person", "mkd_date"),
	"mkd_day_person_week_slot": ("person", "iso_week", "slot"),
}


class MKDDay(ServedDocument, KeptByServices, Document):
	WRITTEN_WITH = "from_ledger"

	def onload(self):
		"""Which buttons the form offers the reader; the server decides again."""
		person, user = read_person(self.employee), frappe.session.user
		self.set_onload("is_own", user == person.user)
		self.set_onload("acts_for_hr", acts_for_hr(user, self.employee, self.doctype))
		self.set_onload("decides", is_superior_or_hr(person, user))

	@property
	def suspended_gates(self):
		"""The conditions for which the day was suspended, for who may know them; no column, so no list names them."""
		if not self.get("suspended_on") or not may_know_gates(self):
			return None
		return ", ".join(self.closing_gates()) or None

	def closing_gates(self):
		"""As they were found when the day was suspended, by what is stored of it. Asks no permission."""
		record, day = (stored(self, fieldname) for fieldname in ("recheck", "mkd_date"))
		return failed_on(record, getdate(day)) if record else []

	@property
	def release_reason(self):
		"""Why the day was given back, for the employee himself and HR (rule P3)."""
		return written_reasons.read(self.name, "release_reason") if may_read_findings(self) else None

	@property
	def confirmation_reason(self):
		"""What was written when an absence was confirmed or excused; whoever sees the day reads it."""
		reason = written_reasons.read(self.name, "confirmation_reason")
		return reason if reason and frappe.has_permission(self.doctype, "read", doc=self.name) else None

	def by_hand(self):
		return _("MKD days are kept by the system. Change the request they come from instead.")


def on_doctype_update():
	for name, columns in UNIQUE_KEYS.items():
		# frappe.db.add_unique looks for the name in every database of the server, and would skip a second site.
		if not frappe.db.has_index(TABLE, name):
			frappe.db.sql_ddl(f"ALTER TABLE `{TABLE}` ADD UNIQUE `{name}` ({', '.join(columns)})")
