from frappe.model.document import Document


class MKDRequestDate(Document):
	pass
