"""What a warning and a suspension have in common: given, told, annulled by `services/measures.py`, never edited."""

from frappe.model.document import Document

from mkd_hrms.services import measures


class Measure(Document):
	def before_validate(self):
		measures.restore_computed(self)

	def validate(self):
		self.validate_from_to_dates("from_date", "to_date")

	def before_submit(self):
		measures.give(self)

	def on_submit(self):
		measures.told(self)

	def before_cancel(self):
		measures.note_annulment(self)

	def on_cancel(self):
		measures.tell_annulment(self)
