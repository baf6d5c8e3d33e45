"""The standing of an employee, kept by the nightly evaluation. Nobody edits it by hand."""

from frappe import _
from frappe.model.document import Document

from mkd_hrms.controllers.kept_by_services import KeptByServices
from mkd_hrms.controllers.served_document import ServedDocument


class MKDEligibility(ServedDocument, KeptByServices, Document):
	WRITTEN_WITH = "from_standing"

	def by_hand(self):
		return _("The standing is kept by the system. Correct the records it is judged by instead.")
