"""A row of a policy: the predicate that a score of one source means (rule E6)."""

from frappe.model.document import Document


class MKDPolicyPredicate(Document):
	pass
