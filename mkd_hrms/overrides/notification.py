"""Notices of the platform about our documents, our own and those that an agency adds: to a role, or to an approver."""

from __future__ import annotations

from functools import partial

import frappe
from frappe.email.doctype.notification.notification import Notification

from mkd_hrms.constants import MODULE, REQUEST
from mkd_hrms.services.platform import announcements, listeners
from mkd_hrms.services.platform.transactions import or_without
from mkd_hrms.services.requests import actors

APPROVER_FIELD = "approver"


class MKDNotification(Notification):
	"""Told to nobody who may not open the document: a role names also who is limited to another company.

	What the approver of a request is told, who acts for him is told, too. Everybody reads it in his language, in the desk
	and by mail as his own settings say; the platform writes it in the language of whoever acted, and mails it in any case.
	"""

	def on_change(self):
		listeners.forget()

	def send_notification_by_channel(self, doc, context):
		if doc.meta.module != MODULE or not announcements.is_told_by_us(self):
			super().send_notification_by_channel(doc, context)
			return
		# As with the platform, what was done stands, whether or not it could be told.
		tell = partial(self.tell_each_reader, doc, context)
		or_without(tell, "Failed to send Notification", self.doctype, self.name)

	def tell_each_reader(self, doc, context):
		recipients, _cc, _bcc = self.get_list_of_recipients(doc, context)
		announcements.deliver(self, doc, context, announcements.users_at(recipients))

	def get_list_of_recipients(self, doc, context):
		recipients, cc, bcc = super().get_list_of_recipients(doc, context)
		if doc.meta.module != MODULE:
			return recipients, cc, bcc
		if doc.doctype == REQUEST and doc.get(APPROVER_FIELD) in recipients and self.tells_the_approver():
			recipients = list(dict.fromkeys([*recipients, *actors.delegates(doc)]))
		if not any(row.receiver_by_role for row in self.recipients):
			return recipients, cc, bcc
		return tuple([each for each in group if may_open(doc, each)] for group in (recipients, cc, bcc))

	def tells_the_approver(self):
		return any(row.receiver_by_document_field == APPROVER_FIELD for row in self.recipients)


def may_open(doc, address: str) -> bool:
	"""Whether the user of an address may read a document; an address without one was written by an administrator."""
	user = frappe.db.get_value("User", {"email": address})
	return not user or frappe.has_permission(doc.doctype, doc=doc, user=user)
