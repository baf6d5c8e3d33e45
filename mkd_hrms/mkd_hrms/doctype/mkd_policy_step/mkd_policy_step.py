"""A row of a policy: one step of the ladder, so many events and the measure that answers them (rule D8)."""

from frappe.model.document import Document


class MKDPolicyStep(Document):
	pass
