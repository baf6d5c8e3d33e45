"""A row of a policy: the hours to be worked in a week, from one date to another (rule D7)."""

from frappe.model.document import Document


class MKDPolicyHours(Document):
	pass
