"""Tells one user of one thing, in his language: in his list of notices and, where mail goes out, by mail.

Part of the caller's transaction: what is undone was told to nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import frappe
from frappe.desk.doctype.notification_settings.notification_settings import (
	is_email_notifications_enabled,
	is_notifications_enabled,
)
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.translate import get_user_lang, print_language


def inform(users: Iterable[str | None], doctype: str, name: str, say: Callable[[], tuple[str, str]]) -> None:
	"""`say` gives subject and text in the language of the moment; the notice leads to the document."""
	by_mail = sends_mail()
	for user in sorted({user for user in users if user and frappe.db.get_value("User", user, "enabled")}):
		tell(user, doctype, say, by_mail, name)


def tell(
	user: str, doctype: str, say: Callable[[], tuple[str, str]], by_mail: bool, name: str | None = None
) -> bool:
	"""One user, who can log in; without a name the notice opens itself. False where he wants no notices at all."""
	if not is_notifications_enabled(user):
		return False
	with in_language_of(user):
		subject, text = say()
	_show(user, doctype, name, subject, text)
	if by_mail and is_email_notifications_enabled(user):
		address = frappe.db.get_value("User", user, "email")
		frappe.sendmail(recipients=[address], subject=subject, message=text, add_unsubscribe_link=0)
	return True


def sends_mail() -> bool:
	"""Whether the site has an account to send from. Where mail is muted, Frappe answers with one without an address."""
	account = EmailAccount.find_default_outgoing()
	return bool(account and account.get("email_id"))


@contextmanager
def in_language_of(user: str | None) -> Iterator[None]:
	"""What is written for somebody is written in his language; without a user, in the site's."""
	with print_language(get_user_lang(user) if user else frappe.db.get_default("lang") or "en"):
		yield


def _show(user: str, doctype: str, name: str | None, subject: str, text: str) -> None:
	"""In the list of notices of the desk, where a click opens the document, or else the whole message."""
	# The list shows a subject as HTML; that of a mail is plain text.
	escaped = frappe.utils.escape_html(subject)
	notice = {"document_type": doctype, "document_name": name, "subject": escaped, "email_content": text}
	notice |= {"type": "Alert", "for_user": user, "from_user": frappe.session.user}
	own_name = frappe.generate_hash(length=10)
	if not name:
		notice["link"] = f"/app/notification-log/{own_name}"
	frappe.get_doc({"doctype": "Notification Log", **notice}).insert(
		ignore_permissions=True, set_name=own_name
	)
