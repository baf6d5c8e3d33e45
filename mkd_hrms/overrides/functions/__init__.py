"""Functions of the platform that ours take the place of; each calls the platform's and leaves out what is not the user's.

open_counts.py       the connections of an employee, and how many of our records a reader is told of
search.py            the search behind a link field
search_by_index.py   what it reads of our tables that grow
workflow.py          the actions of a Workflow, for one document and for many
bulk_update.py       many documents changed at once
mail_links.py        the links in a mail of a Workflow
counts.py            what is counted, summed up and drawn from all rows there are
beside_documents.py  what is told of, or written beside, a document whose name somebody knows
asking.py            what they ask first
other_names.py       what ours takes the place of, asked for by another name

boot.py and answers_to_programs.py take the place of nothing: one adds to what the desk is told when it starts, the other
to what a program is answered.
"""

# The platform's own do not ask who may see or do what, decide many at once, or obey whoever fetches an address.
REPLACED = {
	"frappe.desk.notifications.get_open_count": "mkd_hrms.overrides.functions.open_counts.get_open_count",
	"hrms.overrides.employee_master.get_timeline_data": "mkd_hrms.overrides.functions.open_counts.get_timeline_data",
	"frappe.desk.search.search_link": "mkd_hrms.overrides.functions.search.search_link",
	"frappe.desk.search.search_widget": "mkd_hrms.overrides.functions.search.search_widget",
	"frappe.model.workflow.get_transitions": "mkd_hrms.overrides.functions.workflow.get_transitions",
	"frappe.model.workflow.apply_workflow": "mkd_hrms.overrides.functions.workflow.apply_workflow",
	"frappe.model.workflow.get_common_transition_actions": "mkd_hrms.overrides.functions.workflow.get_common_transition_actions",
	"frappe.model.workflow.bulk_workflow_approval": "mkd_hrms.overrides.functions.workflow.bulk_workflow_approval",
	"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs": "mkd_hrms.overrides.functions.bulk_update.submit_cancel_or_update_docs",
	"frappe.workflow.doctype.workflow_action.workflow_action.apply_action": "mkd_hrms.overrides.functions.mail_links.apply_action",
	"frappe.workflow.doctype.workflow_action.workflow_action.confirm_action": "mkd_hrms.overrides.functions.mail_links.confirm_action",
	"frappe.desk.listview.get_group_by_count": "mkd_hrms.overrides.functions.counts.get_group_by_count",
	"frappe.desk.doctype.tag.tag.get_tagged_docs": "mkd_hrms.overrides.functions.counts.get_tagged_docs",
	"frappe.desk.doctype.dashboard_chart.dashboard_chart.get": "mkd_hrms.overrides.functions.counts.get",
	"frappe.geo.utils.get_coords": "mkd_hrms.overrides.functions.counts.get_coords",
	"frappe.utils.goal.get_monthly_goal_graph_data": "mkd_hrms.overrides.functions.counts.get_monthly_goal_graph_data",
	"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count": "mkd_hrms.overrides.functions.counts.get_workflow_state_count",
	"erpnext.crm.utils.get_open_activities": "mkd_hrms.overrides.functions.beside_documents.get_open_activities",
	"frappe.client.is_document_amended": "mkd_hrms.overrides.functions.beside_documents.is_document_amended",
	"frappe.client.validate_link": "mkd_hrms.overrides.functions.beside_documents.validate_link",
	"frappe.core.doctype.prepared_report.prepared_report.enqueue_json_to_csv_conversion": "mkd_hrms.overrides.functions.beside_documents.enqueue_json_to_csv_conversion",
	"frappe.core.doctype.prepared_report.prepared_report.make_prepared_report": "mkd_hrms.overrides.functions.beside_documents.make_prepared_report",
	"frappe.core.doctype.submission_queue.submission_queue.get_latest_submissions": "mkd_hrms.overrides.functions.beside_documents.get_latest_submissions",
	"frappe.desk.form.assign_to.add": "mkd_hrms.overrides.functions.beside_documents.add",
	"frappe.desk.form.document_follow.get_follow_users": "mkd_hrms.overrides.functions.beside_documents.get_follow_users",
	"frappe.desk.form.utils.get_next": "mkd_hrms.overrides.functions.beside_documents.get_next",
	"frappe.desk.like.toggle_like": "mkd_hrms.overrides.functions.beside_documents.toggle_like",
	"frappe.desk.search.get_link_title": "mkd_hrms.overrides.functions.beside_documents.get_link_title",
	"frappe.email.relink": "mkd_hrms.overrides.functions.beside_documents.relink",
	"frappe.social.doctype.energy_point_log.energy_point_log.get_reviews": "mkd_hrms.overrides.functions.beside_documents.get_reviews",
	"frappe.social.doctype.energy_point_log.energy_point_log.review": "mkd_hrms.overrides.functions.beside_documents.review",
	"frappe.templates.includes.comments.comments.add_comment": "mkd_hrms.overrides.functions.beside_documents.add_comment",
	"frappe.website.doctype.web_form.web_form.get_form_data": "mkd_hrms.overrides.functions.beside_documents.get_form_data",
}

# What the Desk loads of ours for every page.
SCRIPTS = [
	f"/assets/mkd_hrms/js/{name}.js"
	for name in "choices dialogs gantt lists menus phone reports weekdays words".split()
]
