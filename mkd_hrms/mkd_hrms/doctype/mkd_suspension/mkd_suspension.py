"""A period without MKD. It counts from its submission on and always has an end."""

from frappe.model.document import Document


class MKDSuspension(Document):
	def validate(self):
		self.validate_from_to_dates("from_date", "to_date")
