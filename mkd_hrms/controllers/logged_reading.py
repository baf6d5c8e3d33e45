"""A document of which every reading by somebody else is logged (rule P4)."""

from __future__ import annotations

from mkd_hrms.controllers.served_document import is_served
from mkd_hrms.services.privacy import access_log

# What is left of a document for who may not read it.
NAMES = {"doctype", "name"}


class LoggedReading:
	"""For a DocType: logs whoever is about to be given a document.

	Forms and REST cut it to the reader's permission levels; every answer is made of its dictionary; and a print is not.
	That is after the permission was checked, so a refusal is not logged as a reading.
	"""

	# The fields that make a document sensitive, if not all of it is.
	SENSITIVE: tuple[str, ...] = ()

	def apply_fieldlevel_read_permissions(self):
		super().apply_fieldlevel_read_permissions()
		self.note_reading()

	def as_dict(self, *args, **kwargs):
		answer = super().as_dict(*args, **kwargs)
		if is_served(self) and answer.keys() > NAMES:
			self.note_reading()
		return answer

	def before_print(self, settings=None):
		self.note_reading()

	def note_reading(self):
		if self.is_sensitive() and not access_log.is_about_himself(self.employee):
			access_log.note(self.doctype, access_log.READ, self.name)

	def is_sensitive(self) -> bool:
		return not self.SENSITIVE or any(self.get(name) for name in self.SENSITIVE)
