from frappe.model.document import Document


class MKDPolicyGate(Document):
	pass
