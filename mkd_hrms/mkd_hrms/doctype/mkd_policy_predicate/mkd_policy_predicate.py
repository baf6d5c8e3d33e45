from frappe.model.document import Document


class MKDPolicyPredicate(Document):
	pass
