"""Who learns of a swap: whoever is asked next, and both of the two when it is answered, decided or over (rule W14)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html, format_date

from mkd_hrms.constants import (
	APPROVED,
	DAY_SWAP,
	DECLINED,
	PENDING_APPROVAL,
	PENDING_CONSENT,
	REJECTED,
	WITHDRAWN,
)
from mkd_hrms.services.platform.announcements import Announcement, announce
from mkd_hrms.services.swaps import actors


def tell(swap: Document) -> None:
	"""In the caller's transaction; nobody is told of what he did himself."""
	both = [swap.employee_user, swap.colleague_user]
	told = {
		PENDING_CONSENT: [swap.colleague_user],
		PENDING_APPROVAL: [swap.employee_user, *_deciders(swap)],
		DECLINED: [swap.employee_user],
		WITHDRAWN: [*both, *(_deciders(swap) if swap.consented_on else ())],
	}.get(swap.status, both)
	users = {user for user in told if user} - {frappe.session.user}

	def say(in_mail: bool) -> tuple[str, str]:
		return _subject(swap), f"<p>{escape_html(_text(swap, in_mail))}</p>"

	announce("mkd_swap_changed", DAY_SWAP, Announcement(tuple(users), DAY_SWAP, swap.name, say=say))


def _deciders(swap: Document) -> list[str]:
	# The mail of the Workflow asks the same people.
	return [] if swap.flags.asked_by_mail else actors.deciders(swap)


def _subject(swap: Document) -> str:
	own, colleague = swap.employee_name, swap.colleague_name
	sentence = {
		PENDING_CONSENT: _("{0} asks you to swap an MKD day"),
		PENDING_APPROVAL: _("Swap of {0} and {1} waits for approval"),
		DECLINED: _("{1} declined the swap"),
		WITHDRAWN: _("Swap of {0} and {1} was withdrawn"),
		APPROVED: _("Swap of {0} and {1} is approved"),
		REJECTED: _("Swap of {0} and {1} is rejected"),
	}.get(swap.status, _("Swap of {0} and {1} has expired, because a day began or was given back"))
	return sentence.format(own, colleague)


def _text(swap: Document, in_mail: bool) -> str:
	first = format_date(swap.mkd_date)
	if swap.colleague_date:
		days = _("{0} gives {1} and takes {2} of {3}.").format(
			swap.employee_name, first, format_date(swap.colleague_date), swap.colleague_name
		)
	else:
		days = _("{0} hands {1} over to {2}.").format(swap.employee_name, first, swap.colleague_name)
	note = swap.decision_note if swap.status == REJECTED and not in_mail else None
	return " ".join(filter(None, (days, note)))
