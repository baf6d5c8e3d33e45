"""An entry of the register of letters. A service writes it; by hand come only a missing number and the signed file."""

import frappe
from frappe import _

from mkd_hrms.controllers.attached_files import AttachedFiles
from mkd_hrms.controllers.served_document import ServedDocument
from mkd_hrms.services.letters import of_entry, register


class MKDLetter(ServedDocument, AttachedFiles):
	def validate(self):
		if not self.flags.from_service:
			register.write_by_hand(self)

	def letter(self):
		"""For a Print Format; the reader's permission is asked anew."""
		return of_entry.letter_of(self.name)

	def on_trash(self):
		frappe.throw(
			_("Letters stay in the register, also those that were revoked: no number is given twice."),
			frappe.PermissionError,
			title=_("Not Editable"),
		)


def on_doctype_update():
	frappe.db.add_index("MKD Letter", ["reference_name", "reference_doctype"], "mkd_letter_reference")
