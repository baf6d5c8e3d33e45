"""Applications that nobody decided in time are passed on: to the next above, to the one above him, then to HR (rule W4).

Time alone approves none; and whoever was asked before may still decide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
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
from mkd_hrms.services.people.approvers import who_act_for_each
from mkd_hrms.services.people.escalated import asked, next_above, note_who_is_above
from mkd_hrms.services.people.hr import About, deciders_of_many
from mkd_hrms.services.people.person import read_persons
from mkd_hrms.services.people.time_to_decide import last_day_from_today, policy_of
from mkd_hrms.services.platform import timeline
from mkd_hrms.services.platform.announcements import Announcement, announce_many
from mkd_hrms.services.platform.listeners import CHANGED, is_heard, value_notices
from mkd_hrms.services.platform.transactions import in_sets

# So many applications are passed on together.
AT_ONCE = 100
PASSED_ON = "escalated_on escalated_to_hr decide_by escalated_to escalated_to_name".split()


def escalate() -> int:
	"""Pass on what is late, a hundred applications in one transaction. Returns of how many that was done."""
	late, done = read_late_requests(SiteDatabase(), clock.today()), 0
	# Who is above whom is asked once for all of them.
	pass_on = partial(_escalate, known={})
	for start in range(0, len(late), AT_ONCE):
		# What is read of the applications is no older than their locks.
		frappe.db.commit()
		done += sum(in_sets(late[start : start + AT_ONCE], pass_on, _about))
	return done


def _about(name: str) -> tuple[str, str, str]:
	return f"MKD: {name} could not be escalated", REQUEST, name


def skip(user: str) -> None:
	"""What was passed on to somebody who can no longer log in is late at once."""
	waiting = {"escalated_to": user, "status": PENDING_APPROVAL, "escalated_to_hr": 0}
	if names := frappe.get_all(REQUEST, waiting, pluck="name"):
		yesterday = clock.today() - timedelta(days=1)
		frappe.db.set_value(REQUEST, {"name": ("in", names)}, "decide_by", yesterday)


def _escalate(names: Collection[str], known: dict[str, str | None]) -> int:
	requests = _still_late(names)
	people = read_persons([request.employee for request in requests])
	before = {request.name: asked(request, people[request.employee]) for request in requests}
	note_who_is_above({users[-1] for users in before.values() if users}, known)
	above = {
		request.name: next_above(people[request.employee], before[request.name], request.applied_by, known)
		for request in requests
	}
	names_of = _names_of(above.values())
	for request in requests:
		user = above[request.name]
		_pass_on(request, people[request.employee], user, names_of[user])
	_write(requests)
	said = _("Not decided in time; passed on to {0}.")
	timeline.note(REQUEST, [(name, said.format(escape_html(names_of[user]))) for name, user in above.items()])
	announce_many("mkd_passed_on", REQUEST, _notices(requests, people, before, above))
	return len(names)


def _still_late(names: Collection[str]) -> list[Document]:
	"""The applications, locked, that nobody has decided or passed on meanwhile."""
	table = frappe.qb.DocType(REQUEST)
	query = frappe.qb.from_(table).select("*").where(table.name.isin(sorted(names))).orderby(table.name)
	found = query.for_update().run(as_dict=True)
	return [
		frappe.get_doc({**row, "doctype": REQUEST})
		for row in found
		if row.status == PENDING_APPROVAL and row.decide_by and row.decide_by < clock.today()
	]


def _pass_on(request: Document, person: Person, above: str | None, name: str) -> None:
	values = {"escalated_on": clock.now(), "escalated_to_hr": int(not above)}
	values["decide_by"] = last_day_from_today(request, person) if above else None
	if above:
		values |= {"escalated_to": above, "escalated_to_name": name}
	request.update(values)


def _write(requests: Collection[Document]) -> None:
	"""At once, unless somebody listens when an application changes in this way."""
	values = {request.name: {field: request.get(field) for field in PASSED_ON} for request in requests}
	if is_heard(REQUEST, CHANGED) or value_notices(REQUEST, PASSED_ON):
		for name, changed in values.items():
			frappe.get_doc(REQUEST, name).db_set(changed)
	elif values:
		frappe.db.bulk_update(REQUEST, values, chunk_size=len(values))


def _names_of(users: Collection[str | None]) -> dict[str | None, str]:
	wanted = {"name": ("in", sorted({user for user in users if user}) or [""])}
	return {
		None: _("HR", context=REQUEST),
		**dict(frappe.get_all("User", wanted, ["name", "full_name"], as_list=True)),
	}


def _notices(
	requests: Collection[Document],
	people: Mapping[str, Person],
	before: Mapping[str, list[str]],
	above: Mapping[str, str | None],
) -> Iterator[Announcement]:
	"""Whoever is asked now decides, or who acts for him; whoever was asked last learns that others may, too."""
	to_hr = [request for request in requests if not above[request.name]]
	hr = deciders_of_many(
		{r.name: About(r.employee, (people[r.employee].user, r.applied_by)) for r in to_hr}, REQUEST
	)
	delegates = who_act_for_each(
		{r.name: (people[r.employee], (above[r.name],)) for r in requests}, clock.today()
	)
	for request in requests:
		acting = [user for user in delegates[request.name] if user != request.applied_by]
		now_asked = hr.get(request.name) or (above[request.name], *acting)
		yield Announcement(tuple(now_asked), REQUEST, request.name, say=partial(_say, request, _ask_above))
		asked_last = set(before[request.name][-1:]) - {request.applied_by}
		yield Announcement(tuple(asked_last), REQUEST, request.name, say=partial(_say, request, _tell_below))


def _say(request: Document, what_to_do, _in_mail: bool) -> tuple[str, str]:
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
	above = request.escalated_to_name if not request.escalated_to_hr else _("HR", context=REQUEST)
	return _("{0} may decide it now, and so may you: open it and choose Approve or Reject.").format(above)
