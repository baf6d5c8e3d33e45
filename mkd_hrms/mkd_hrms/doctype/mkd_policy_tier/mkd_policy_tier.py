"""A row of a policy: the days a week that a predicate earns with at most so many absences (rule Q8)."""

from frappe.model.document import Document


class MKDPolicyTier(Document):
	pass
