"""What may be done about a day on which somebody looks at the coverage board: asked of those who decide it, never anew.

The application and the day refuse what is not offered here, whoever asks.
"""

from __future__ import annotations

from datetime import date

import frappe
from frappe.model.workflow import get_transitions

from mkd_hrms.constants import APPROVE, APPROVED, DAY, PENDING_APPROVAL, REJECT, REQUEST, USED_DAY_STATES
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.days import read_day_of_person, read_days_of
from mkd_hrms.services.booked_days import recall
from mkd_hrms.services.requests import actors


def of_day(employee: str, day: date, user: str) -> dict:
	"""The day of somebody and its document, the actions of the Workflow that are this user's, and the way to take it back.

	The caller has found that everything about the employee is shown to the user. Empty where he has no MKD day.
	"""
	name = read_day_of_person(SiteDatabase(), employee, day, USED_DAY_STATES)
	if not name:
		return {}
	row = frappe.db.get_value(DAY, name, ["status", "source_doctype", "source_name"], as_dict=True)
	found = {"day": name, "status": row.status, "actions": [], "dates": [day]}
	if row.status == APPROVED:
		found["way"] = recall.ways_back([name]).get(name)
	if row.source_doctype == REQUEST:
		found |= _of_request(row.source_name, user)
	return found


def _of_request(name: str, user: str) -> dict:
	"""An application is decided as a whole, so its other days are told, too; only where he may read it."""
	request = frappe.get_doc(REQUEST, name)
	if not frappe.has_permission(REQUEST, "read", doc=request, user=user):
		return {}
	found = {"request": name, "dates": [day.mkd_date for day in read_days_of(SiteDatabase(), REQUEST, name)]}
	if request.status == PENDING_APPROVAL:
		open_to_role = {row.action for row in get_transitions(request)}
		found["actions"] = [
			action
			for action in (APPROVE, REJECT)
			if action in open_to_role and not actors.refusal(request, action, user)
		]
	return found
