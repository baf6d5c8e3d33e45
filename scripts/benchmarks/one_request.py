"""One request from the draft to the approval: ours beside an Attendance Request, by the same people."""

import statistics
from datetime import timedelta

import frappe
from frappe.model.workflow import apply_workflow

from benchmarks import peer_workflow
from benchmarks.measuring import Measure, measured, summary
from benchmarks.peer_workflow import PEER
from mkd_hrms.constants import APPLY, APPROVE, APPROVED, REQUEST
from mkd_hrms.setup import server_scripts
from mkd_hrms.tests.factories import asked, eligible, superior
from mkd_hrms.tests.people import acting_as
from mkd_hrms.tests.world import coming_week

WARM_UP, REPETITIONS = 5, 40
ONE_DAY, FOUR_DAYS = 1, 4
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
COMMON_TRACES = (
	("Workflow Action", "reference_name"),
	("Comment", "reference_name"),
	("Version", "docname"),
	("Notification Log", "document_name"),
)


def measure():
	"""By setting of the Server Scripts, by number of days, by document: milliseconds and statements."""
	peer_workflow.make()
	boss = superior()
	employee = eligible(reports_to=boss)
	frappe.db.commit()
	found = {}
	for setting, disabled in (("scripts_off", 1), ("scripts_on", 0)):
		switch_scripts(disabled)
		found[setting] = {str(days): compare(employee, boss, days) for days in (ONE_DAY, FOUR_DAYS)}
	switch_scripts(disabled=1)
	return found


def switch_scripts(disabled):
	server_scripts.restore()
	server_scripts.switch(disabled=disabled)
	frappe.db.commit()
	server_scripts.forget_script_map()
	if bool(server_scripts.enabled_scripts()) is bool(disabled):
		raise RuntimeError("The Server Scripts are not as this measurement wants them.")


def compare(employee, boss, days):
	"""The two documents by turns, so that a busy moment of the machine meets both."""
	measures = {REQUEST: [], PEER: []}
	steps = {REQUEST: [], PEER: []}
	for number in range(WARM_UP + REPETITIONS):
		for doctype in (REQUEST, PEER):
			by_step = whole_way(wanted(doctype, employee, days), employee.user_id, boss.user_id)
			if number >= WARM_UP:
				parts = by_step.values()
				total = Measure(sum(part.seconds for part in parts), sum(part.statements for part in parts))
				measures[doctype].append(total)
				steps[doctype].append(by_step)
	return {doctype: summary(measures[doctype]) | {"steps": by_steps(steps[doctype])} for doctype in measures}


def by_steps(repetitions):
	"""The medians of inserting, applying and approving."""
	return {
		step: {
			"ms_median": statistics.median(each[step].seconds * 1000 for each in repetitions),
			"sql_median": statistics.median(each[step].statements for each in repetitions),
		}
		for step in repetitions[0]
	}


def wanted(doctype, employee, days):
	"""The document as the form sends it."""
	dates = coming_week()[:days]
	if doctype == REQUEST:
		return asked(employee, dates)
	return {
		"doctype": PEER,
		"employee": employee.name,
		"company": employee.company,
		"from_date": str(dates[0]),
		"to_date": str(dates[0] + timedelta(days=days - 1)),
		"reason": "Work From Home",
	}


def whole_way(values, employee, boss):
	"""Insert, apply, approve; each commits, as an HTTP request of its own does."""
	frappe.clear_messages()
	steps = {}
	with acting_as(employee), measured() as steps["insert"]:
		doc = frappe.get_doc(values).insert()
		frappe.db.commit()
	for action, user in ((APPLY, employee), (APPROVE, boss)):
		# Loading it for the form is no part of the action.
		reference = frappe.as_json({"doctype": doc.doctype, "name": doc.name})
		with acting_as(user), measured() as steps[action.lower()]:
			doc = apply_workflow(reference, action)
			frappe.db.commit()
	check_and_forget(doc)
	return steps


def check_and_forget(doc):
	"""A request that did not arrive proves nothing. Then make room for the next one on the same dates."""
	state = frappe.db.get_value(doc.doctype, doc.name, ["docstatus", "workflow_state"])
	effect = "MKD Day" if doc.doctype == REQUEST else "Attendance"
	field = dict(TRACES[doc.doctype])[effect]
	if state != (1, APPROVED) or not frappe.db.exists(effect, {field: doc.name}):
		raise RuntimeError(f"{doc.doctype} {doc.name} is {state}, not approved with its days.")
	for table, name in (*TRACES[doc.doctype], *COMMON_TRACES, (doc.doctype, "name")):
		frappe.db.delete(table, {name: doc.name})
	frappe.db.commit()
