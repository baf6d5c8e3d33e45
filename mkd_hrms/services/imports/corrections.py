"""Check-ins of days that the ledger has ended: HR confirms or refuses each, and what is confirmed counts on the day.

No file changes a day that is over, and no machine decides about a person (invariant 4).
"""

from __future__ import annotations

import json

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.constants import CHECKIN, CONFIRMED, DAY, IMPORT_LINE, NO_SHOW, OPEN, REFUSED, WORKED
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.day import no_shows
from mkd_hrms.services.discipline import ladder
from mkd_hrms.services.imports.remembering import without_places
from mkd_hrms.services.ledger import booking, transitions
from mkd_hrms.services.people.hr import acts_for_hr
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.platform.opened import opened
from mkd_hrms.services.workflow.states import MoveNotAllowed, refuse


def refusal(line: Document, user: str) -> str | None:
	"""Why a user may not decide about a check-in; None where he may."""
	person = read_person(line.employee)
	if user == person.user or not acts_for_hr(user, line.employee, DAY):
		return _("HR decides about this check-in, and nobody about his own.")
	if line.decision != OPEN or line.undone:
		return _("About this check-in nothing is to be decided.")
	return None


def decide(name: str, confirmed: bool) -> str:
	"""Let a check-in count or not. Returns the decision. Raises PermissionError, MoveNotAllowed."""
	line = opened(IMPORT_LINE, name)
	booking.lock_person(line.employee)
	# Nothing read so far may be older than what the lock has waited for.
	line = frappe.get_doc(IMPORT_LINE, name, for_update=True)
	refuse(refusal(line, frappe.session.user), MoveNotAllowed)
	values = {"decision": CONFIRMED if confirmed else REFUSED}
	if confirmed:
		values["document_name"] = _store(line)
		_settle(line.mkd_day)
	values["after"] = json.dumps(without_places(json.loads(line.after)))
	values |= {"decided_by": frappe.session.user, "decided_on": clock.now()}
	line.db_set(values)
	return values["decision"]


def _store(line: Document) -> str:
	"""The check-in, as if it had come in time; when it came stands on it."""
	checkin = frappe.new_doc(CHECKIN)
	checkin.update({"employee": line.employee, "device_id": line.mkd_import, **json.loads(line.after)})
	checkin.flags.ignore_permissions = checkin.flags.from_import = True
	return checkin.insert().name


def _settle(name: str) -> None:
	"""Whoever was there was not absent. A day that was revoked was so for another reason, and stays it."""
	status = frappe.db.get_value(DAY, name, "status", for_update=True)
	if status == NO_SHOW:
		no_shows.take_back(name)
	if status in (NO_SHOW, WORKED):
		transitions.remark(name, no_presence=0)
		day = frappe.get_doc(DAY, name)
		day.add_comment("Info", _("HR has confirmed a check-in that an import brought."))
		ladder.settle(day.employee)
