from frappe.model.document import Document


class MKDPolicyStep(Document):
	pass
