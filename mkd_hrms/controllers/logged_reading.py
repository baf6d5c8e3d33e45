"""A document of which every reading by somebody else is logged (rule P4)."""

from __future__ import annotations

from mkd_hrms.services.privacy import access_log


class LoggedReading:
	"""For a DocType: logs whoever is about to be given a document.

	Frappe cuts a document to the reader's permission levels in every door through which it leaves: form, REST and
	RPC. That is after the permission was checked, so a refusal is not logged as a reading.
	"""

	# The fields that make a document sensitive, if not all of it is.
	SENSITIVE: tuple[str, ...] = ()

	def apply_fieldlevel_read_permissions(self):
		super().apply_fieldlevel_read_permissions()
		if self.is_sensitive() and not access_log.is_about_himself(self.employee):
			access_log.note(self.doctype, access_log.READ, self.name)

	def is_sensitive(self) -> bool:
		return not self.SENSITIVE or any(self.get(name) for name in self.SENSITIVE)
