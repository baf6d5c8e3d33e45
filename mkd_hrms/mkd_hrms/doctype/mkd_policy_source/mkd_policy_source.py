from frappe.model.document import Document


class MKDPolicySource(Document):
	pass
