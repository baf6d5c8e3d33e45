"""A row of a record: whoever may not read the record may not read the row by its name either."""

from __future__ import annotations

import frappe
from frappe.model.document import Document


class Row(Document):
	def has_permission(self, permtype="read", *, debug=False, user=None) -> bool:
		"""The platform asks whether a role may read such records, and not whether the user may read this one."""
		if not super().has_permission(permtype, debug=debug, user=user):
			return False
		if self.flags.ignore_permissions or not self.parent:
			return True
		return bool(frappe.has_permission(self.parenttype, permtype, doc=self.parent, user=user))
