"""One message to one user: among the notices of the desk, and by mail where the site sends mail and he wants it."""

from __future__ import annotations

import frappe
from frappe.desk.doctype.notification_settings.notification_settings import (
	is_email_notifications_enabled,
	is_notifications_enabled,
)
from frappe.email.doctype.email_account.email_account import EmailAccount


def sends_mail() -> bool:
	"""Whether the site has an account to send from. Where mail is muted, Frappe answers with one without an address."""
	account = EmailAccount.find_default_outgoing()
	return bool(account and account.get("email_id"))


def deliver(user: str, subject: str, text: str, about: str, by_mail: bool) -> bool:
	"""Tell a user of something about a DocType, in the caller's transaction. False where he wants no notices at all."""
	if not is_notifications_enabled(user):
		return False
	_show(user, subject, text, about)
	if by_mail and is_email_notifications_enabled(user):
		address = frappe.db.get_value("User", user, "email")
		frappe.sendmail(recipients=[address], subject=subject, message=text, add_unsubscribe_link=0)
	return True


def _show(user: str, subject: str, text: str, about: str) -> None:
	"""In the list of notices of the desk, where a click opens the whole message."""
	name = frappe.generate_hash(length=10)
	frappe.get_doc(
		{
			"doctype": "Notification Log",
			"type": "Alert",
			"document_type": about,
			"subject": subject,
			"email_content": text,
			"for_user": user,
			"from_user": frappe.session.user,
			"link": f"/app/notification-log/{name}",
		}
	).insert(ignore_permissions=True, set_name=name)
