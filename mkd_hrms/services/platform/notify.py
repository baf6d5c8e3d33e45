"""Tells users of something, each in his language: in his list of notices and, where mail goes out, by mail.

Part of the caller's transaction: what is undone was told to nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial

import frappe
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.query_builder.functions import Coalesce
from frappe.translate import get_user_lang, print_language
from frappe.utils import now

from mkd_hrms.services.platform.listeners import INSERTED, is_heard
from mkd_hrms.services.platform.names import row_name
from mkd_hrms.services.platform.transactions import or_without
from mkd_hrms.services.platform.work_queue import TIMEOUT

LOG = "Notification Log"
# To which address, about what, what it says, and of which document: its DocType and name, if it is of one.
Mail = tuple[str, str, str, str | None, str | None]
STAMPS = ("name", "creation", "modified", "owner", "modified_by")


@dataclass(frozen=True, slots=True)
class Notice:
	"""What some users are told about one document; `say` gives subject and text in the language of the moment.

	`mail` gives those of a mail, where it says less. Without a name the notice opens itself.
	"""

	users: tuple[str | None, ...]
	doctype: str
	name: str | None
	say: Callable[[], tuple[str, str]]
	mail: Callable[[], tuple[str, str]] | None = None


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
	inform_of(Notice(tuple(users), doctype, name, say), by_mail)


def inform_of(notice: Notice, by_mail: bool | None = None, in_desk: bool = True) -> None:
	"""The same of a notice, at once; in the list of the desk too, unless it only goes out by mail."""
	by_mail = sends_mail() if by_mail is None else by_mail
	for wish in _wishes(notice.users):
		_tell(wish, notice, by_mail, in_desk)


def inform_of_many(notices: Iterable[Notice], by_mail: bool | None = None, in_desk: bool = True) -> int:
	"""As `inform` for many documents: who is told what is asked once, and all notices are written at once.

	Returns how many there were.

	The platform writes each mail by itself, which takes longer than all else: a worker does so.
	"""
	notices = list(notices)
	if not notices:
		return 0
	by_mail = sends_mail() if by_mail is None else by_mail
	wishes = {wish.name: wish for wish in _wishes(user for notice in notices for user in notice.users)}
	told, mails = [], []
	for notice in notices:
		for user in sorted({user for user in notice.users if user in wishes and wishes[user].shown}):
			shown, mailed = _written(wishes[user], notice, by_mail)
			told.append(shown)
			mails += mailed
	if in_desk:
		_show_all(told)
	_mail_all(mails)
	return len(told)


def _tell(wish: frappe._dict, notice: Notice, by_mail: bool, in_desk: bool = True) -> bool:
	if not wish.shown:
		return False
	shown, mails = _written(wish, notice, by_mail)
	if in_desk:
		_show(shown)
	for mail in mails:
		_send(*mail)
	return True


def _written(wish: frappe._dict, notice: Notice, by_mail: bool) -> tuple[dict, list[Mail]]:
	"""What the desk shows somebody, and at most one mail, where he wants one and has an address."""
	with in_language(wish.language):
		subject, text = notice.say()
		shown = _as_shown(wish.name, notice.doctype, notice.name, subject, text)
		if not (by_mail and wish.mailed and wish.email):
			return shown, []
		subject, text = notice.mail() if notice.mail else (subject, text)
	return shown, [(wish.email, subject, text, notice.doctype if notice.name else None, notice.name)]


def _mail_all(mails: list[Mail]) -> None:
	"""By a worker, once what they tell of is stored."""
	if mails:
		frappe.enqueue(
			"mkd_hrms.tasks.send_mails",
			queue="long",
			timeout=TIMEOUT,
			enqueue_after_commit=True,
			now=frappe.flags.in_test,
			mails=mails,
		)


def send_mails(mails: Iterable[Mail]) -> None:
	"""What cannot be sent to one is sent to the others all the same."""
	for address, *words in mails:
		or_without(partial(_send, address, *words), f"MKD: no mail to {address}", "User", address)


def _send(address: str, subject: str, text: str, doctype: str | None = None, name: str | None = None) -> None:
	frappe.sendmail(
		recipients=[address],
		subject=subject,
		message=text,
		reference_doctype=doctype,
		reference_name=name,
		add_unsubscribe_link=0,
	)


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
		.select(user.name, user.email, user.language)
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


def in_language(chosen: str | None) -> AbstractContextManager:
	"""The same by the language that a user has chosen, if he has, for whoever writes to many."""
	return print_language(chosen or frappe.db.get_default("lang") or frappe.local.lang or "en")


def languages_of(users: Iterable[str | None]) -> dict[str | None, str | None]:
	"""By user the language that he has chosen."""
	wanted = {"name": ("in", sorted({user for user in users if user}) or [""])}
	return dict(frappe.get_all("User", wanted, ["name", "language"], as_list=True))


def _as_shown(user: str, doctype: str, name: str | None, subject: str, text: str) -> dict:
	"""A row in the list of notices of the desk, where a click opens the document, or else the whole message."""
	# The list shows a subject as HTML; that of a mail is plain text.
	escaped = frappe.utils.escape_html(subject)
	notice = {"document_type": doctype, "document_name": name, "subject": escaped, "email_content": text}
	notice |= {"type": "Alert", "for_user": user, "from_user": frappe.session.user, "name": row_name()}
	return notice if name else {**notice, "link": f"/app/notification-log/{notice['name']}"}


def _show(notice: dict) -> None:
	# Whoever is told was just found among the users, and the document is the caller's.
	frappe.get_doc({"doctype": LOG, **notice, "name": None}).insert(
		ignore_permissions=True, ignore_links=True, set_name=notice["name"]
	)


def _show_all(notices: Collection[dict]) -> None:
	"""What `_show` leaves behind, for many: the rows, a mark for who has something new, and a sign to his browser."""
	if not notices:
		return
	if is_heard(LOG, INSERTED):
		for notice in notices:
			_show(notice)
		return
	stamp, me, columns = now(), frappe.session.user, [name for name in next(iter(notices)) if name != "name"]
	rows = [(notice["name"], stamp, stamp, me, me, *(notice[name] for name in columns)) for notice in notices]
	frappe.db.bulk_insert(LOG, [*STAMPS, *columns], rows)
	users = sorted({notice["for_user"] for notice in notices})
	settings = frappe.qb.DocType("Notification Settings")
	frappe.qb.update(settings).set(settings.seen, 0).where(settings.name.isin(users)).run()
	for user in users:
		frappe.publish_realtime("notification", after_commit=True, user=user)
