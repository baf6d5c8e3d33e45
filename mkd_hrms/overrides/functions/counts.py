"""What the platform counts, sums up and draws from all rows there are, whoever asks.

Where a list can answer it is asked instead; where none can, only whoever sees all of it gets an answer.
"""

from __future__ import annotations

import frappe
from frappe.desk import listview
from frappe.desk.doctype.dashboard_chart import dashboard_chart
from frappe.desk.doctype.tag import tag as tags
from frappe.geo import utils as geo
from frappe.utils import goal
from frappe.workflow.doctype.workflow import workflow

from mkd_hrms.overrides.functions.asking import ask_for_all, concerns_ours, is_ours
from mkd_hrms.services.platform.filters import as_list
from mkd_hrms.services.privacy import access_log

CHECKIN = "Employee Checkin"


@frappe.whitelist()
def get_group_by_count(doctype: str, current_filters: str, field: str) -> list[dict]:
	"""Who is assigned to how many documents: to those in the user's list."""
	if field == "assigned_to" and is_ours(doctype):
		# Few are assigned to anybody; a list has every document of all the years.
		assigned = frappe.get_all(
			"ToDo",
			{"reference_type": doctype, "status": ("!=", "Cancelled")},
			pluck="reference_name",
			distinct=True,
		)
		chosen = [doctype, "name", "in", assigned or [""]]
		filters = [*as_list(doctype, current_filters), chosen]
		names = frappe.get_list(doctype, filters=filters, pluck="name", limit_page_length=0)
		current_filters = frappe.as_json([[doctype, "name", "in", names or [""]]])
	return listview.get_group_by_count(doctype, current_filters, field)


@frappe.whitelist()
def get_workflow_state_count(doctype: str, workflow_state_field: str, states: str | list) -> list[dict]:
	"""How many documents of the user's list are in a state that a Workflow no longer knows."""
	if not concerns_ours(doctype, workflow_state_field):
		return workflow.get_workflow_state_count(doctype, workflow_state_field, states)
	found = frappe.get_list(
		doctype,
		fields=[workflow_state_field, "count(*) as count"],
		filters={workflow_state_field: ["not in", frappe.parse_json(states) or [""]]},
		group_by=workflow_state_field,
		limit_page_length=0,
	)
	return [row for row in found if row.get(workflow_state_field)]


@frappe.whitelist()
def get_tagged_docs(doctype: str, tag: str):
	"""The names in the user's list that carry a tag."""
	if not is_ours(doctype):
		return tags.get_tagged_docs(doctype, tag)
	carries = {"_user_tags": ["like", tag]}
	return frappe.get_list(doctype, filters=carries, as_list=True, limit_page_length=0)


@frappe.whitelist()
def get_coords(doctype: str, filters: str | list | dict | None, type: str):
	"""A map of the user's list; the platform draws all rows. Who is shown positions is logged (rule P4)."""
	if not (doctype == CHECKIN or is_ours(doctype)):
		return geo.get_coords(doctype, filters, type)
	access_log.note(doctype, access_log.LISTED)
	columns = ["location"] if type == "location_field" else ["latitude", "longitude"]
	filters = frappe.parse_json(filters)
	found = frappe.get_list(doctype, filters=filters, fields=["name", *columns], limit_page_length=0)
	return geo.convert_to_geojson(type, found)


@frappe.whitelist()
def get_monthly_goal_graph_data(
	title: str,
	doctype: str,
	docname: str,
	goal_value_field: str,
	goal_total_field: str,
	goal_history_field: str,
	goal_doctype: str,
	goal_doctype_link: str,
	goal_field: str,
	date_field: str,
	aggregation: str = "sum",
	filters: str | dict | None = None,
):
	ask_for_all(goal_doctype, goal_field, date_field, goal_doctype_link, filters)
	return goal.get_monthly_goal_graph_data(
		title,
		doctype,
		docname,
		goal_value_field,
		goal_total_field,
		goal_history_field,
		goal_doctype,
		goal_doctype_link,
		goal_field,
		date_field,
		aggregation,
		filters,
	)


@frappe.whitelist()
def get(
	chart_name: str | None = None,
	chart: str | dict | None = None,
	no_cache: bool | int | str | None = None,
	filters: str | list | None = None,
	from_date: str | None = None,
	to_date: str | None = None,
	timespan: str | None = None,
	time_interval: str | None = None,
	heatmap_year: str | int | None = None,
	refresh: bool | int | str | None = None,
):
	"""A chart. The platform draws a heatmap from all rows, any other from the user's list."""
	drawn = frappe.get_doc("Dashboard Chart", chart_name) if chart_name else frappe.parse_json(chart) or {}
	if drawn.get("type") == "Heatmap":
		ask_for_all(drawn.get("document_type"), drawn, filters)
	return dashboard_chart.get(
		chart_name=chart_name,
		chart=chart,
		no_cache=no_cache,
		filters=filters,
		from_date=from_date,
		to_date=to_date,
		timespan=timespan,
		time_interval=time_interval,
		heatmap_year=heatmap_year,
		refresh=refresh,
	)
