"""Notices of the platform to a role, about our documents: our own, and those that an agency adds."""

from __future__ import annotations

import frappe
from frappe.email.doctype.notification.notification import Notification

from mkd_hrms.constants import MODULE


class MKDNotification(Notification):
	"""Told to nobody who may not open the document: a role names also who is limited to another company."""

	def get_list_of_recipients(self, doc, context):
		recipients = super().get_list_of_recipients(doc, context)
		by_role = any(row.receiver_by_role for row in self.recipients)
		if not by_role or doc.meta.module != MODULE:
			return recipients
		return tuple([address for address in group if may_open(doc, address)] for group in recipients)


def may_open(doc, address: str) -> bool:
	"""Whether the user of an address may read a document; an address without one was written by an administrator."""
	user = frappe.db.get_value("User", {"email": address})
	return not user or frappe.has_permission(doc.doctype, doc=doc, user=user)
