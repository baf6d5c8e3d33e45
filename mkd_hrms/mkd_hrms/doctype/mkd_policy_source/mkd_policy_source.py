"""A row of a policy: the unit of one of its numbers, and the clause that it rests on."""

from frappe.model.document import Document


class MKDPolicySource(Document):
	pass
