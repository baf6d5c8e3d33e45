"""The standing of an employee, kept by the nightly evaluation. Nobody edits it by hand."""

from frappe import _
from frappe.model.document import Document

from mkd_hrms.controllers.kept_by_services import KeptByServices
from mkd_hrms.controllers.served_document import ServedDocument
from mkd_hrms.services.decisions.reasons import may_read_findings
from mkd_hrms.services.standing import findings_shown


class MKDEligibility(ServedDocument, KeptByServices, Document):
	WRITTEN_WITH = "from_standing"

	def onload(self):
		"""What was found, for the employee himself and HR (rule P3); the form draws a table of it."""
		if may_read_findings(self):
			self.set_onload("findings", findings_shown.of(self))

	def by_hand(self):
		return _("The standing is kept by the system. Correct the records it is judged by instead.")
