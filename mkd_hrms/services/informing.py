"""Tells one person at once what somebody decided about him: in the desk and by mail, in his own language."""

from __future__ import annotations

from collections.abc import Callable

import frappe
from frappe.desk.doctype.notification_settings.notification_settings import (
	is_email_notifications_enabled,
	is_notifications_enabled,
)
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.translate import get_user_lang, print_language


def inform(user: str | None, compose: Callable[[], tuple[str, str]], doctype: str, name: str) -> None:
	"""Show the subject beside a document, and mail the whole text, unless the person wants neither.

	`compose` gives both and is called in the person's language. Everything is part of the caller's transaction.
	"""
	if not user or not is_notifications_enabled(user):
		return
	with print_language(get_user_lang(user)):
		subject, text = compose()
	frappe.get_doc(
		{
			"doctype": "Notification Log",
			"type": "Alert",
			"document_type": doctype,
			"document_name": name,
			"subject": subject,
			"email_content": text,
			"for_user": user,
			"from_user": frappe.session.user,
		}
	).insert(ignore_permissions=True)
	if is_email_notifications_enabled(user) and _has_mail():
		address = frappe.db.get_value("User", user, "email")
		frappe.sendmail(recipients=[address], subject=subject, message=text, add_unsubscribe_link=0)


def _has_mail() -> bool:
	"""On a site whose mail is muted Frappe answers with an account that has no address."""
	account = EmailAccount.find_default_outgoing()
	return bool(account and account.get("email_id"))
