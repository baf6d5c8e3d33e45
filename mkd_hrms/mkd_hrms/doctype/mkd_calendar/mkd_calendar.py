from frappe.model.document import Document


class MKDCalendar(Document):
	pass
