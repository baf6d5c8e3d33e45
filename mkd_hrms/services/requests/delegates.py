"""Whoever begins to act for a superior is told of what waits for that one already (rule W3); of what comes later he is asked
like the superior himself."""

from __future__ import annotations

from functools import partial

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html, format_date, get_link_to_form

from mkd_hrms.constants import DELEGATION, PENDING_APPROVAL, REQUEST
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.people.approvers import who_act_for_each
from mkd_hrms.services.people.person import read_persons
from mkd_hrms.services.platform.announcements import Announcement, announce
from mkd_hrms.services.platform.transactions import on_its_own

# More than these a superior does not leave behind; the notice counts no further.
MOST = 1000
ABOUT = ("name", "approver", "delegate", "from_date", "to_date", "department")


def tell_of_what_waits() -> int:
	"""Tell the delegates whose time has begun and who were not told yet, each in a transaction of his own.

	Returns of how many that was done.
	"""
	frappe.db.commit()
	return sum(
		on_its_own(partial(_tell, entry), "MKD: a delegate could not be told", DELEGATION, entry.name)
		for entry in _untold()
	)


def tell_at_once(name: str) -> None:
	"""Tell the delegate of one delegation in the transaction that stores it, where his time has begun."""
	for entry in _untold(name):
		_tell(entry)


def _untold(name: str | None = None) -> list[frappe._dict]:
	today = clock.today()
	filters = {"told_on": ("is", "not set"), "from_date": ("<=", today), "to_date": (">=", today)}
	if name:
		filters["name"] = name
	return frappe.get_all(DELEGATION, filters, ABOUT, order_by="name")


def forget_if_changed(delegation: Document) -> None:
	"""Whoever acts for another superior, or anew, or for more people than before is told again."""
	if any(delegation.has_value_changed(field) for field in ABOUT[1:]):
		delegation.told_on = None


def _tell(entry: frappe._dict) -> None:
	frappe.db.set_value(DELEGATION, entry.name, "told_on", clock.now(), update_modified=False)
	waiting = _waiting(entry)
	if waiting:
		say = partial(_say, entry, waiting)
		announce("mkd_delegated", REQUEST, Announcement((entry.delegate,), REQUEST, waiting[0], say=say))


def _waiting(entry: frappe._dict) -> list[str]:
	"""The requests about which the delegate may decide now, the oldest first."""
	requests = frappe.get_all(
		REQUEST,
		filters={"status": PENDING_APPROVAL},
		or_filters={"approver": entry.approver, "escalated_to": entry.approver},
		fields=["name", "employee", "applied_by"],
		order_by="creation, name",
		limit=MOST,
	)
	people = read_persons([request.employee for request in requests])
	asked = {request.name: (people[request.employee], (entry.approver,)) for request in requests}
	acting = who_act_for_each(asked, clock.today()) if asked else {}
	return [
		request.name
		for request in requests
		if entry.delegate in acting[request.name] and entry.delegate != request.applied_by
	]


def _say(entry: frappe._dict, waiting: list[str], _in_mail: bool) -> tuple[str, str]:
	superior = frappe.db.get_value("User", entry.approver, "full_name")
	subject = _("MKD requests that wait for {0}, for whom you act: {1}").format(superior, len(waiting))
	lines = [
		_("You act for {0} until {1}.").format(superior, format_date(entry.to_date)),
		_("Requests that wait for a decision: {0}. Open each and choose Approve or Reject.").format(
			len(waiting)
		),
	]
	text = "<br>".join(escape_html(line) for line in lines)
	return subject, f"{text}<br>{get_link_to_form(REQUEST, waiting[0])}"
