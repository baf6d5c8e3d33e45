from frappe.model.document import Document


class MKDPolicyTier(Document):
	pass
