"""A row of MKD Settings: a holiday list of a company, for the dates that it covers."""

from frappe.model.document import Document


class MKDCalendar(Document):
	pass
