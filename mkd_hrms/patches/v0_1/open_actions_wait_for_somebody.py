"""Open actions of the Workflow are those for which somebody waits; the others stayed open for every document ever decided."""

import frappe

from mkd_hrms.constants import DAILY_REPORT, OBJECTION, REQUEST
from mkd_hrms.services.workflow.open_actions import states_without_question


def execute():
	for doctype in (REQUEST, DAILY_REPORT, OBJECTION):
		values = {"doctype": doctype, "settled": tuple(states_without_question(doctype))}
		frappe.db.sql(
			f"""update `tabWorkflow Action` action
			left join `tab{doctype}` document on document.name = action.reference_name
			set action.status = 'Completed'
			where action.reference_doctype = %(doctype)s and action.status = 'Open' and (
				document.name is null or action.workflow_state in %(settled)s
				or not (document.workflow_state <=> action.workflow_state)
			)""",  # noqa: S608 -- the DocTypes are ours
			values,
		)
