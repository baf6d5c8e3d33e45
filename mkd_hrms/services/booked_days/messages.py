"""Tells of booked days that were suspended, approved again or given back (rule W12): the employee and his superior.

The employee reads the gate with numbers, clause and what he can do, and until when he may object; the superior reads
the days and the names of the gates (rule P3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import format_date, get_url_to_form

from mkd_hrms.constants import DAY, REQUEST
from mkd_hrms.policy import sentences
from mkd_hrms.policy.model import Finding, Verdict
from mkd_hrms.services.people.approvers import approver_of
from mkd_hrms.services.platform.announcements import Announcement, announce
from mkd_hrms.services.platform.wording import day_list, number

if TYPE_CHECKING:
	from mkd_hrms.services.booked_days.day_changes import Change

OWN = "mkd_hrms/templates/emails/mkd_days_rechecked.html"
TEAM = "mkd_hrms/templates/emails/mkd_days_rechecked_team.html"


def tell(change: Change) -> None:
	"""In the caller's transaction: what is told is what is stored."""
	user, approver = change.person.user, approver_of(change.person)
	if user:
		_tell("mkd_days_changed", user, OWN, change)
	if approver:
		_tell("mkd_days_of_team_changed", approver, TEAM, change)


def _tell(happened: str, user: str, template: str, change: Change) -> None:
	def say(in_mail: bool) -> tuple[str, str]:
		context = _own(change) if template == OWN else _team(change)
		return _subject(change), frappe.render_template(template, {**context, "in_mail": in_mail})

	# Days of several requests may be concerned: the notice opens itself.
	announce(happened, DAY, Announcement((user,), DAY, None, say=say))


def _subject(change: Change) -> str:
	name = change.person.employee_name
	if change.suspend:
		return _("MKD days of {0} are suspended").format(name)
	if change.resume:
		return _("MKD days of {0} are approved again").format(name)
	return _("MKD days of {0} were given back").format(name)


def _own(change: Change) -> dict:
	days = (*change.suspend, *change.resume, *change.release)
	names = sorted({day.source_name for day in days if day.source_doctype == REQUEST})
	return {
		"suspended": _reasons(change),
		"resumed": _dates(change.resume),
		"released": _dates(change.release),
		"suspended_days": _dates(change.suspend),
		"objection_until": format_date(change.objection_until()) if change.suspend else None,
		"requests": [{"name": name, "address": get_url_to_form(REQUEST, name)} for name in names],
	}


def _reasons(change: Change) -> list[dict]:
	"""Each failing gate with the days that it closes."""
	found: dict[Finding, list[date]] = defaultdict(list)
	for day in change.suspend:
		for finding in change.decisions[day.mkd_date].findings:
			if finding.verdict is Verdict.FAIL:
				found[finding].append(day.mkd_date)
	return [
		{
			"gate": _(finding.gate, context="MKD Policy Gate"),
			"dates": day_list(days),
			"sentence": sentences.sentence(finding, _, format_date, number),
			"next_step": sentences.advice(finding, _, format_date, number),
		}
		for finding, days in found.items()
	]


def _team(change: Change) -> dict:
	"""Neither a number nor a reason leaves this function."""
	gates = list(dict.fromkeys(gate for day in change.suspend for gate in change.failed(day)))
	return {
		"person": change.person.employee_name,
		"suspended": _dates(change.suspend),
		"gates": ", ".join(_(gate, context="MKD Policy Gate") for gate in gates),
		"resumed": _dates(change.resume),
		"released": _dates(change.release),
	}


def _dates(days: Iterable) -> str:
	return day_list(day.mkd_date for day in days)
