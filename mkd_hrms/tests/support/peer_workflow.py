"""Our Workflow on HRMS's Attendance Request, for the same people: what differs is only what the documents do."""

from contextlib import contextmanager

import frappe
from frappe.permissions import add_permission, reset_perms, update_permission_property

from mkd_hrms.constants import (
	APPROVED,
	APPROVER,
	CANCELLED,
	DRAFT,
	PENDING_APPROVAL,
	REJECTED,
	WITHDRAWN,
)
from mkd_hrms.services.requests.states import STATES, TRANSITIONS
from mkd_hrms.setup.workflows import state_row, transition_rows

PEER = "Attendance Request"
NAME = "Attendance Request like MKD Request"
# The other states of ours stand for what an Attendance Request does not know: gates, HR review, reports.
SHARED = frozenset((DRAFT, PENDING_APPROVAL, WITHDRAWN, REJECTED, APPROVED, CANCELLED))


def make():
	"""Create the Workflow and let superiors decide, as ours do."""
	add_permission(PEER, APPROVER)
	for right in ("read", "write", "submit"):
		update_permission_property(PEER, APPROVER, 0, right, 1)
	if not frappe.db.exists("Workflow", NAME):
		frappe.get_doc(definition()).insert()
	frappe.clear_cache(doctype=PEER)


@contextmanager
def as_hrms_ships_it():
	"""Attendance and its requests without our own events, which send everybody to MKD and would make them dearer."""
	events = frappe.get_doc_hooks()
	ours = {doctype: events[doctype] for doctype in (PEER, "Attendance") if doctype in events}
	for doctype, handlers in ours.items():
		events[doctype] = {
			event: [path for path in paths if not path.startswith("mkd_hrms.")]
			for event, paths in handlers.items()
		}
	try:
		yield
	finally:
		events.update(ours)


def remove():
	"""Leave Attendance Requests as they were, for whoever uses the site next."""
	frappe.delete_doc("Workflow", NAME, force=True)
	frappe.delete_doc("Custom Field", f"{PEER}-workflow_state", force=True)
	reset_perms(PEER)
	frappe.clear_cache(doctype=PEER)


def definition():
	return {
		"doctype": "Workflow",
		"workflow_name": NAME,
		"document_type": PEER,
		"workflow_state_field": "workflow_state",
		"is_active": 1,
		"send_email_alert": 0,
		"states": [_without_status(state_row(*state)) for state in STATES if state[0] in SHARED],
		"transitions": [row for transition in TRANSITIONS for row in _rows(*transition)],
	}


def _without_status(row):
	"""Ours writes the state into the field Status as well, which an Attendance Request does not have."""
	return {**row, "update_field": None, "update_value": None}


def _rows(state, action, next_state, roles, _condition, by_creator):
	"""The transitions between shared states; the conditions of ours ask fields that the peer does not have."""
	if {state, next_state} <= SHARED:
		yield from transition_rows(state, action, next_state, roles, None, by_creator)
