from frappe.model.document import Document


class MKDPolicyHours(Document):
	pass
