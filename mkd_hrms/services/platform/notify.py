"""Tells one user of one thing, in his language: in his list of notices and, where mail goes out, by mail.

Part of the caller's transaction: what is undone was told to nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import frappe
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.query_builder.functions import Coalesce
from frappe.translate import get_user_lang, print_language

from mkd_hrms.services.platform.names import row_name


def inform(
	users: Iterable[str | None],
	doctype: str,
	name: str,
	say: Callable[[], tuple[str, str]],
	by_mail: bool | None = None,
) -> None:
	"""`say` gives subject and text in the language of the moment; the notice leads to the document.

	Who informs about many says whether the site sends mail.
	"""
	by_mail = sends_mail() if by_mail is None else by_mail
	for wish in _wishes(users):
		_tell(wish, doctype, say, by_mail, name)


def tell(
	user: str, doctype: str, say: Callable[[], tuple[str, str]], by_mail: bool, name: str | None = None
) -> bool:
	"""One user, who can log in; without a name the notice opens itself. False where he wants no notices at all."""
	return any(_tell(wish, doctype, say, by_mail, name) for wish in _wishes([user]))


def _tell(
	wish: frappe._dict, doctype: str, say: Callable[[], tuple[str, str]], by_mail: bool, name: str | None
) -> bool:
	if not wish.shown:
		return False
	with in_language_of(wish.name):
		subject, text = say()
	_show(wish.name, doctype, name, subject, text)
	if by_mail and wish.mailed:
		frappe.sendmail(recipients=[wish.email], subject=subject, message=text, add_unsubscribe_link=0)
	return True


def _wishes(users: Iterable[str | None]) -> list[frappe._dict]:
	"""Of some users those who can log in, each with his address and what he wants: one query, however many they are."""
	names = sorted({user for user in users if user})
	if not names:
		return []
	user, settings = frappe.qb.DocType("User"), frappe.qb.DocType("Notification Settings")
	return (
		frappe.qb.from_(user)
		.left_join(settings)
		.on(settings.name == user.name)
		.select(user.name, user.email)
		.select(Coalesce(settings.enabled, 1).as_("shown"))
		.select(Coalesce(settings.enable_email_notifications, 1).as_("mailed"))
		.where(user.name.isin(names) & (user.enabled == 1))
		.orderby(user.name)
		.run(as_dict=True)
	)


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
	own_name = row_name()
	if not name:
		notice["link"] = f"/app/notification-log/{own_name}"
	# Whoever is told was just found among the users, and the document is the caller's.
	frappe.get_doc({"doctype": "Notification Log", **notice}).insert(
		ignore_permissions=True, ignore_links=True, set_name=own_name
	)
