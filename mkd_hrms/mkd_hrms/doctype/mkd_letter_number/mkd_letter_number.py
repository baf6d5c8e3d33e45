"""A row of MKD Settings: how the register of letters numbers a kind of letter, in a company or a unit of it."""

from frappe.model.document import Document


class MKDLetterNumber(Document):
	pass
