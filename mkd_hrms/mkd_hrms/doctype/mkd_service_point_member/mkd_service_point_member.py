"""Somebody on the roster of a service point."""

from frappe.model.document import Document


class MKDServicePointMember(Document):
	pass
