"""A row of a policy: an employment type that may work away (rule E2)."""

from frappe.model.document import Document


class MKDPolicyEmploymentType(Document):
	pass
