"""A request from the draft to the approval, step by step as the form does it: ours, or an Attendance Request beside it."""

import time
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta

import frappe
from frappe.model.workflow import apply_workflow

from mkd_hrms.constants import APPLY, APPROVE, APPROVED, DRAFT, PENDING_APPROVAL, REQUEST
from mkd_hrms.tests.support.factories import asked
from mkd_hrms.tests.support.peer_workflow import PEER, as_hrms_ships_it
from mkd_hrms.tests.support.people import acting_as

# The button of our form sends a new request in the state to which applying leads.
APPLIED = {"status": PENDING_APPROVAL, "workflow_state": PENDING_APPROVAL}
# What a request leaves behind beside itself: the table, and the field that names the request.
TRACES = {
	REQUEST: (
		("MKD Request Date", "parent"),
		("MKD Work Plan Item", "parent"),
		("MKD Day", "source_name"),
		("MKD Decision Record", "reference_name"),
	),
	PEER: (("Attendance", "attendance_request"),),
}
# With the field that names its DocType: only both together are found by an index.
COMMON_TRACES = (
	("Workflow Action", "reference_name", "reference_doctype"),
	("Comment", "reference_name", "reference_doctype"),
	("Version", "docname", "ref_doctype"),
	("Notification Log", "document_name", "document_type"),
)


@dataclass
class Measure:
	seconds: float = 0.0
	statements: int = 0
	rows_written: int = 0


@contextmanager
def measured(into=None):
	"""Add what the block takes to a Measure. Statements are counted where Frappe hands them to the database."""
	measure = into or Measure()
	original = frappe.db.__class__.sql

	def sql(database, *args, **kwargs):
		measure.statements += 1
		answer = original(database, *args, **kwargs)
		measure.rows_written += rows_written(database, *args, **kwargs)
		return answer

	frappe.db.__class__.sql = sql
	started = time.perf_counter()
	try:
		yield measure
	finally:
		measure.seconds += time.perf_counter() - started
		frappe.db.__class__.sql = original


def rows_written(database, query, *_args, **_kwargs):
	"""How many rows the statement that just ran has written. The server counts a row twice that it finds and changes."""
	text = str(query).lstrip().lower()
	if not text.startswith(("insert", "update", "delete", "replace")):
		return 0
	affected = max(0, database._cursor.rowcount)
	return -(-affected // 2) if "on duplicate key" in text else affected


def wanted(doctype, employee, dates):
	"""The document as the form sends it, for days in a row."""
	if doctype == REQUEST:
		return asked(employee, dates, **APPLIED)
	return {
		"doctype": PEER,
		"employee": employee.name,
		"company": employee.company,
		"from_date": str(dates[0]),
		"to_date": str(dates[0] + timedelta(days=len(dates) - 1)),
		"reason": "Work From Home",
	}


def whole_way(values, employee, boss):
	"""Insert, apply, approve, a Measure for each request that the forms send; each commits, as over HTTP.

	Ours is applied for as it is inserted.
	"""
	with as_hrms_ships_it() if values["doctype"] == PEER else nullcontext():
		return _whole_way(values, employee, boss)


def _whole_way(values, employee, boss):
	frappe.clear_messages()
	steps = {}
	with at_the_desk_of(employee), measured() as steps["insert"]:
		doc = frappe.get_doc(values).insert()
		frappe.db.commit()
	applies = ((APPLY, employee),) if doc.workflow_state == DRAFT else ()
	for action, user in (*applies, (APPROVE, boss)):
		# Loading it for the form is no part of the action.
		reference = frappe.as_json({"doctype": doc.doctype, "name": doc.name})
		with at_the_desk_of(user), measured() as steps[action.lower()]:
			doc = apply_workflow(reference, action)
			frappe.db.commit()
	check_and_forget(doc)
	return steps


@contextmanager
def at_the_desk_of(user):
	"""As this user, knowing nothing of the request before: `set_user` forgets what Frappe itself remembers."""
	frappe.local.mkd_employees_of = {}
	with acting_as(user):
		yield


@contextmanager
def as_outside_a_test():
	"""In a test Frappe keeps no versions and runs what it would hand to a worker."""
	frappe.flags.in_test = False
	try:
		yield
	finally:
		frappe.flags.in_test = True


def check_and_forget(doc):
	"""A request that did not arrive proves nothing. Then make room for the next one on the same dates."""
	state = frappe.db.get_value(doc.doctype, doc.name, ["docstatus", "workflow_state"])
	effect = "MKD Day" if doc.doctype == REQUEST else "Attendance"
	field = dict(TRACES[doc.doctype])[effect]
	if state != (1, APPROVED) or not frappe.db.exists(effect, {field: doc.name}):
		raise RuntimeError(f"{doc.doctype} {doc.name} is {state}, not approved with its days.")
	for table, name in (*TRACES[doc.doctype], (doc.doctype, "name")):
		frappe.db.delete(table, {name: doc.name})
	for table, name, its_doctype in COMMON_TRACES:
		frappe.db.delete(table, {name: doc.name, its_doctype: doc.doctype})
	frappe.db.commit()
