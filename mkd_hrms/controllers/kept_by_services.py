"""A record that a service writes: by hand nobody changes or deletes it, and is told what to do instead."""

from __future__ import annotations

import frappe
from frappe import _


class KeptByServices:
	"""For a DocType, before Document: `by_hand` says in the reader's language what to do instead."""

	# The flag that a service sets before it stores or deletes a record as a document; none where it never does.
	WRITTEN_WITH = ""

	def validate(self):
		self.refuse_by_hand()

	def on_trash(self):
		self.refuse_by_hand()

	def refuse_by_hand(self):
		"""Raises PermissionError."""
		if not (self.WRITTEN_WITH and self.flags.get(self.WRITTEN_WITH)):
			frappe.throw(self.by_hand(), frappe.PermissionError, title=_("Not Editable"))
