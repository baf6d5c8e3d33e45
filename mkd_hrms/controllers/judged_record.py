"""A record by which somebody is judged: nobody keeps his own, and every change of it reaches the evaluation."""

from __future__ import annotations

from frappe.model.document import Document

from mkd_hrms.services.people import person
from mkd_hrms.services.standing.changes_noted import concerns_employee


class JudgedRecord(Document):
	"""For a DocType of ours; a class that checks more in one of these events does so first."""

	def validate(self):
		person.refuse(self)

	def before_update_after_submit(self):
		person.refuse(self)

	def before_cancel(self):
		person.refuse(self)

	def on_trash(self):
		person.refuse(self)
		self.note_whom_it_concerns()

	def on_change(self):
		"""Also after a single field was written, by which a measure ends."""
		self.note_whom_it_concerns()

	def note_whom_it_concerns(self):
		concerns_employee(self)
