"""One night of the retention period (rule P4): what was rounded and deleted. Written by a service, edited by nobody."""

from frappe import _
from frappe.model.document import Document

from mkd_hrms.controllers.kept_by_services import KeptByServices
from mkd_hrms.controllers.served_document import ServedDocument


class MKDRetentionRun(ServedDocument, KeptByServices, Document):
	WRITTEN_WITH = "from_service"

	def by_hand(self):
		return _("This record proves what was deleted; it is kept by the system.")
