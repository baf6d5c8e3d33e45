"""What services tell as Notifications of the platform: each is switched on or off, worded and copied in its own record.

A service says what happened, about which document and to whom. The Notifications of that DocType with the event *Method*
and the name of what happened say the rest: ours, and those that an agency made of them. Nothing of what only a reader of
the document may know leaves by mail: a mail says what, when and where to look (rule P3).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from html import unescape
from typing import Any

import frappe
from frappe.email.doctype.notification.notification import get_context
from frappe.model.document import Document
from frappe.utils import format_date, get_link_to_form, strip_html

from mkd_hrms.services.platform.listeners import METHOD
from mkd_hrms.services.platform.notify import Notice, inform_of, inform_of_many, sends_mail
from mkd_hrms.services.platform.transactions import or_without
from mkd_hrms.services.platform.wording import day_list

EMAIL, DESK = "Email", "System Notification"
# What only the platform does: then it does all of it.
OTHER_WORK = ("attach_print", "attach_files", "sender")
# What the words of a Notification may call, beside what the platform lets any template call.
HELPERS = {"date": format_date, "days": day_list}


@dataclass(frozen=True, slots=True)
class Announcement:
	"""What some users are told about one document, with the values that the words of its Notification need.

	`doc` among them is the document that it is about, where the notice leads to another. Without a name it opens itself.
	"""

	users: tuple[str | None, ...]
	doctype: str
	name: str | None
	values: Mapping[str, Any] = field(default_factory=dict)
	# Subject and text where no template is enough, in the language of the moment; asked whether it is for a mail.
	say: Callable[[bool], tuple[str, str]] | None = None


def announce(happened: str, about: str, announcement: Announcement) -> None:
	"""Tell it at once, by each Notification of the DocType `about` that is on for what happened."""
	for alert in _switched_on(about, happened):
		_send(alert, [announcement], _inform_of_each)


def announce_many(happened: str, about: str, announcements: Iterable[Announcement]) -> int:
	"""The same of many documents; a worker writes the mails. Returns how many notices there were."""
	announcements = list(announcements)
	alerts = _switched_on(about, happened) if announcements else ()
	return sum(_send(alert, announcements, inform_of_many) for alert in alerts)


def _send(alert: Document, announcements: Collection[Announcement], inform: Callable[..., int]) -> int:
	"""What an agency has written may fail; what happened stands all the same."""
	told: list[int] = []

	def work() -> None:
		told.append(inform(_notices(alert, announcements), _by_mail(alert), in_desk=_in_desk(alert)))

	if alert.is_standard:
		work()
		return sum(told)
	messages = len(frappe.local.message_log)
	if not or_without(work, f"MKD: {alert.name} could not be sent"[:140], "Notification", alert.name):
		# Whoever acts need not read what is wrong with a template.
		del frappe.local.message_log[messages:]
	return sum(told)


def _inform_of_each(notices: Iterable[Notice], by_mail: bool, in_desk: bool) -> int:
	for notice in notices:
		inform_of(notice, by_mail, in_desk)
	return 0


def is_on(happened: str, about: str) -> bool:
	"""Whether anybody is told of it at all."""
	return bool(_switched_on(about, happened))


def deliver(alert: Document, doc: Document, context: Mapping[str, Any], users: Iterable[str]) -> None:
	"""A Notification that the platform has evaluated on a document, to each of its readers in his language."""
	told = Announcement(tuple(users), doc.doctype, doc.name, context)
	inform_of(_notice(alert, told, told.users), _by_mail(alert), _in_desk(alert))


def is_told_by_us(alert: Document) -> bool:
	"""Whether a Notification is nothing but words for users, in the list of the desk or by mail."""
	copies = any(row.cc or row.bcc for row in alert.recipients)
	return alert.channel in (EMAIL, DESK) and not copies and not any(map(alert.get, OTHER_WORK))


def _switched_on(about: str, happened: str) -> list[Document]:
	"""The platform keeps the names of what is on, by DocType."""
	fields, on = ["name", "event", "method"], {"enabled": 1, "document_type": about}
	found = frappe.cache.hget(
		"notifications", about, partial(frappe.get_all, "Notification", fields=fields, filters=on)
	)
	names = [row.name for row in found or () if (row.event, row.method) == (METHOD, happened)]
	return [frappe.get_doc("Notification", name) for name in names]


def _notices(alert: Document, announcements: Collection[Announcement]) -> list[Notice]:
	"""What a Notification makes of what happened; one that does more than telling users is left to the platform."""
	if alert.is_standard:
		alert.load_standard_properties({})
		return [_notice(alert, told, told.users) for told in announcements]
	notices = []
	for told in announcements:
		doc = told.values.get("doc") or (frappe.get_doc(told.doctype, told.name) if told.name else None)
		if doc and not _is_wanted(alert, doc):
			continue
		if is_told_by_us(alert):
			users = (*told.users, *(_named_by(alert, doc) if doc else ()))
			notices.append(_notice(alert, replace(told, values={**told.values, "doc": doc or {}}), users))
		elif doc:
			alert.send(doc)
	return notices


def _is_wanted(alert: Document, doc: Document) -> bool:
	return not alert.condition or bool(frappe.safe_eval(alert.condition, None, get_context(doc)))


def _named_by(alert: Document, doc: Document) -> list[str]:
	"""Whom an agency tells besides, in its own Notification."""
	recipients, _cc, _bcc = alert.get_list_of_recipients(doc, {"doc": doc})
	return users_at(recipients)


def users_at(addresses: Collection[str]) -> list[str]:
	"""The users with some addresses; a field of a document holds the name of a user, which need not be his address."""
	wanted = ("in", sorted(addresses) or [""])
	return frappe.get_all("User", or_filters={"email": wanted, "name": wanted}, pluck="name", order_by="name")


def _notice(alert: Document, told: Announcement, users: tuple[str | None, ...]) -> Notice:
	say, mail = partial(_words, alert, told, in_mail=False), partial(_words, alert, told, in_mail=True)
	return Notice(users, told.doctype, told.name, say, mail)


def _words(alert: Document, told: Announcement, in_mail: bool) -> tuple[str, str]:
	"""In the language of the moment. A subject is text, whatever its template made of it; a mail leads to the document."""
	context = {**HELPERS, "alert": alert, "doc": {}, **told.values, "in_mail": in_mail}
	if told.say:
		context["subject"], context["text"] = told.say(in_mail)
	subject = unescape(strip_html(frappe.render_template(alert.subject, context)))
	text = frappe.render_template(alert.message, context)
	link = get_link_to_form(told.doctype, told.name) if in_mail and told.name else ""
	return subject, text if link in text else f"{text}<p>{link}</p>"


def _by_mail(alert: Document) -> bool:
	return alert.channel == EMAIL and sends_mail()


def _in_desk(alert: Document) -> bool:
	return alert.channel == DESK or bool(alert.send_system_notification)
