"""Applications that nobody decided in time are passed on: to the next above, to the one above him, then to HR (rule W4).

Time alone approves none; and whoever was asked before may still decide.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html, format_date, get_link_to_form

from mkd_hrms.constants import PENDING_APPROVAL, REQUEST
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.waiting_requests import read_late_requests
from mkd_hrms.facts.people import Person
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.people.escalated import asked, next_above
from mkd_hrms.services.people.hr import deciders_of_hr
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.people.time_to_decide import last_day_from_today, policy_of
from mkd_hrms.services.platform.notify import inform
from mkd_hrms.services.platform.transactions import on_its_own


def escalate() -> int:
	"""Pass on what is late, each application in a transaction of its own. Returns of how many that was done."""
	return sum(
		on_its_own(partial(_escalate, name), f"MKD: {name} could not be escalated", REQUEST, name)
		for name in read_late_requests(SiteDatabase(), clock.today())
	)


def skip(user: str) -> None:
	"""What was passed on to somebody who can no longer log in is late at once."""
	waiting = {"escalated_to": user, "status": PENDING_APPROVAL, "escalated_to_hr": 0}
	if names := frappe.get_all(REQUEST, waiting, pluck="name"):
		yesterday = clock.today() - timedelta(days=1)
		frappe.db.set_value(REQUEST, {"name": ("in", names)}, "decide_by", yesterday)


def _escalate(name: str) -> None:
	request = frappe.get_doc(REQUEST, name, for_update=True)
	late = request.decide_by and request.decide_by < clock.today()
	if request.status != PENDING_APPROVAL or not late:
		return
	person = read_person(request.employee)
	before = asked(request, person)
	above = next_above(person, before, request.applied_by)
	values = {"escalated_on": clock.now(), "escalated_to_hr": int(not above)}
	values["decide_by"] = last_day_from_today(request, person) if above else None
	if above:
		values |= {"escalated_to": above, "escalated_to_name": _name_of(above)}
	request.db_set(values)
	request.add_comment(
		"Info", _("Not decided in time; passed on to {0}.").format(escape_html(_name_of(above)))
	)
	_tell(request, person, before, above)


def _name_of(user: str | None) -> str:
	return frappe.db.get_value("User", user, "full_name") if user else _("HR")


def _tell(request: Document, person: Person, before: list[str], above: str | None) -> None:
	"""Whoever is asked now decides; whoever was asked last learns that others may, too."""
	now_asked = (
		[above] if above else deciders_of_hr(person.employee, REQUEST, but=[person.user, request.applied_by])
	)
	inform(now_asked, REQUEST, request.name, partial(_say, request, _ask_above))
	asked_last = set(before[-1:]) - {request.applied_by}
	inform(asked_last, REQUEST, request.name, partial(_say, request, _tell_below))


def _say(request: Document, what_to_do) -> tuple[str, str]:
	subject = _("MKD request {0} of {1} was not decided in time").format(request.name, request.employee_name)
	policy = policy_of(request)
	waits = _("It waits since {0}; {1} working days are allowed ({2}).").format(
		format_date(request.waits_since or request.creation),
		policy.approval_sla_days,
		policy.clause("approval_sla_days"),
	)
	lines = [subject + ".", waits, what_to_do(request)]
	text = "<br>".join(escape_html(line) for line in lines)
	return subject, f"{text}<br>{get_link_to_form(REQUEST, request.name)}"


def _ask_above(request: Document) -> str:
	return _("You may decide it now: open it and choose Approve or Reject.")


def _tell_below(request: Document) -> str:
	above = request.escalated_to_name if not request.escalated_to_hr else _("HR")
	return _("{0} may decide it now, and so may you: open it and choose Approve or Reject.").format(above)
