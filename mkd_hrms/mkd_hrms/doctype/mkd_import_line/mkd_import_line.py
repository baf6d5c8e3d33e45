"""One record that an import has written: which row of the file it came from, and what was there before."""

from frappe.model.document import Document

from mkd_hrms.controllers.served_document import ServedDocument


class MKDImportLine(ServedDocument, Document):
	pass
