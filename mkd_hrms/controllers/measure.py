"""What a warning and a suspension have in common: given, told, annulled by `services/discipline/measures.py`, never edited."""

from mkd_hrms.controllers.judged_record import JudgedRecord
from mkd_hrms.services.discipline import measures
from mkd_hrms.services.letters import register


class Measure(JudgedRecord):
	def before_validate(self):
		measures.restore_computed(self)
		measures.name_user(self)

	def validate(self):
		self.validate_from_to_dates("from_date", "to_date")
		super().validate()

	def before_submit(self):
		measures.give(self)

	def on_submit(self):
		measures.told(self)

	def before_cancel(self):
		measures.note_annulment(self)
		super().before_cancel()

	def on_cancel(self):
		register.revoke_of(self.doctype, self.name, self.annul_reason)
		measures.tell_annulment(self)
