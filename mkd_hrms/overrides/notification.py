"""Notices of the platform about our documents, our own and those that an agency adds: to a role, or to an approver."""

from __future__ import annotations

import frappe
from frappe.email.doctype.notification.notification import Notification

from mkd_hrms.constants import MODULE, REQUEST
from mkd_hrms.services.requests import actors

APPROVER_FIELD = "approver"


class MKDNotification(Notification):
	"""Told to nobody who may not open the document: a role names also who is limited to another company.

	What the approver of a request is told, who acts for him is told, too.
	"""

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
