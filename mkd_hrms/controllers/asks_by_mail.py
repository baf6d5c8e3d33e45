"""A document in a Workflow that says itself whom it asks to decide, when mail goes out."""

from __future__ import annotations

from frappe.model.document import Document

from mkd_hrms.services.platform import action_mail


class AsksByMail(Document):
	# The `actors` of the room: whom it asks, who may do which action, and which of them a link in a mail offers.
	ACTORS = None

	def on_action_opened(self):
		"""Somebody is asked to act on the document in its new state."""
		action_mail.queue(self)
