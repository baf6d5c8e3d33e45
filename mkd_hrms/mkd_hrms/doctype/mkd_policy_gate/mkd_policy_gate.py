"""A row of a policy: one gate, and whether it is asked."""

from frappe.model.document import Document


class MKDPolicyGate(Document):
	pass
