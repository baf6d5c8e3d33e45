from frappe.model.document import Document


class MKDPolicyEmploymentType(Document):
	pass
