"""More documents than somebody waits for are decided by a worker, and whoever asked is told what became of each.

The platform's worker keeps that to itself. A Notification switches whether he is told (docs/notices.md).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from rq.timeouts import JobTimeoutException

import frappe
from frappe import _
from frappe.model import workflow
from frappe.utils import escape_html, strip_html

from mkd_hrms.constants import REQUEST
from mkd_hrms.services.platform.announcements import Announcement, announce

# Up to so many are decided while he waits; and no more than these at once, as on the platform.
INLINE, MOST = 20, 500


def are_for_a_worker(names: Collection[str]) -> bool:
	"""Whether these are more than somebody waits for; of far too many the platform says so."""
	return INLINE <= len(names) <= MOST


def leave_to_a_worker(doctype: str, names: Collection[str], action: str) -> None:
	"""Queue the action for each of these documents, in the name of the user."""
	frappe.enqueue(
		"mkd_hrms.tasks.decide_many",
		queue="short",
		timeout=1000,
		doctype=doctype,
		names=list(names),
		action=action,
	)


def decide(doctype: str, names: Collection[str], action: str) -> None:
	"""Do the action for each document, each in a transaction of its own, and tell the user what became of each.

	Raises JobTimeoutException.
	"""
	done, failed = [], {}
	for name in names:
		frappe.clear_messages()
		try:
			workflow.apply_workflow(frappe.get_doc(doctype, name), action)
			frappe.db.commit()
			done.append(name)
		except JobTimeoutException:
			frappe.db.rollback()
			raise
		# Whatever keeps one from being decided, the others are.
		except Exception as problem:
			frappe.db.rollback()
			failed[name] = strip_html(str(problem)) or type(problem).__name__
	frappe.clear_messages()
	tell(doctype, partial(_words, doctype, action, done, failed))
	frappe.db.commit()


def tell(doctype: str, say: Callable[[bool], tuple[str, str]]) -> None:
	"""Whoever asked, of documents of whichever kind: the Notification stands at the requests, which are most of them."""
	announce("mkd_many_decided", REQUEST, Announcement((frappe.session.user,), doctype, None, say=say))


def _words(
	doctype: str, action: str, done: Collection[str], failed: dict[str, str], in_mail: bool
) -> tuple[str, str]:
	"""Subject and text in the language of the moment; why one was not decided is no matter of a mail."""
	deed = _(action, context=doctype)
	said = [*(f"{name}: {why}" for name, why in failed.items()), *(f"{name}: {deed}" for name in done)]
	text = "" if in_mail else "<br>".join(map(escape_html, said))
	return _("{0}: done for {1}, not for {2}.").format(deed, len(done), len(failed)), text
