"""The calls of the crawl: what can be asked about the records of one person, as (path, arguments, how).

No call holds a secret, so that none is found because the server repeats what it was asked.
"""

import ast
import json
import re
from typing import NamedTuple

import frappe

from mkd_hrms.constants import (
	DAILY_REPORT,
	DAY,
	DISCIPLINE_RECORD,
	PERFORMANCE_RECORD,
	REQUEST,
	TALENT_RECORD,
)
from mkd_hrms.tests.http.test_whitelisted import table
from mkd_hrms.tests.support.planted import CHECKIN, TAG, TOLD
from mkd_hrms.tests.support.whitelisted import is_whitelist, texts

SECRET = {**TOLD, DAY: "release_reason", PERFORMANCE_RECORD: "score", CHECKIN: "latitude"}
SECRET |= {TALENT_RECORD: "x_axis"}
ROWS = {
	"MKD Request Date": (REQUEST, "note"),
	"MKD Work Plan Item": (REQUEST, "activity"),
	"MKD Daily Report Activity": (DAILY_REPORT, "activity"),
}
# Lists of the platform in which something of ours could be shown.
PLATFORM_LISTS = (
	"File, Comment, Version, Communication, ToDo, Tag Link, Document Follow, Energy Point Log, Submission Queue, DocShare,"
	" Access Log, Activity Log, Deleted Document, View Log, Notification Log, Workflow Action, Prepared Report, Report,"
	" Email Queue, Error Log, Event, Kanban Board, Route History, Attendance, Employee, Milestone, Auto Repeat, Appraisal"
).split(", ")
# Ends the session, changes a password, asks another server, or is for the tests of the platform.
LEFT_OUT = re.compile(
	r"logout|sessions\.clear|password|generate_keys|setup_wizard|backup|\.integrations\.|oauth|google|telemetry"
	r"|recorder|\.tests?[._]|erpnext_integrations|exchange_rate|change_log|printer|send_login_link|sign_up|login"
	r"|twofactor|otp|push_notification|delete_doc|impersonate|plaid|video|currency_exchange|run_doc_method|lock_document"
)
# Functions that take one of these can be led to a document.
LEADS = re.compile(
	r"doctype|\bdt\b|\bdoc\b|docs\b|document|kwargs|\bargs\b|docname|\bnames?\b|\buser\b|report|file"
)


class Call(NamedTuple):
	path: str
	arguments: dict
	how: str = "POST"


def method(path, /, **arguments):
	return Call(f"/api/method/{path}", arguments)


def lists(doctype, secret, fields=("*",)):
	"""Every way to a list, as a whole and with the column of the secret."""
	wanted = list(dict.fromkeys([*fields, "name"]))
	every = {"doctype": doctype, "fields": json.dumps(wanted), "limit_page_length": 0}
	grouped = {"fields": json.dumps([secret, "count(name) as number"]), "group_by": secret}
	yield Call(f"/api/resource/{doctype}", {"fields": every["fields"], "limit_page_length": 0}, "GET")
	yield Call(f"/api/v2/document/{doctype}", {"fields": every["fields"], "limit": 200}, "GET")
	for path in ("frappe.client.get_list", "frappe.desk.reportview.get", "frappe.desk.reportview.get_list"):
		yield method(path, **every)
	yield method("frappe.client.get_list", **{**every, **grouped})
	for disguise in (
		secret,
		f"max({secret}) as x",
		f"substring({secret}, 1, 99) as x",
		f"`tab{doctype}`.{secret} as x",
	):
		yield method("frappe.client.get_list", **{**every, "fields": json.dumps([disguise])})
	file = {"file_format_type": "CSV", "title": "x", "fields": json.dumps([f"`tab{doctype}`.`{secret}`"])}
	yield method("frappe.desk.reportview.export_query", doctype=doctype, **file)
	yield method("frappe.desk.reportview.get_stats", doctype=doctype, stats=json.dumps([secret]))
	tag = {"name": secret, "type": "Data"}
	stats = {"stats": json.dumps([tag]), "filters": "[]"}
	yield method("frappe.desk.reportview.get_filter_dashboard_data", doctype=doctype, **stats)
	yield method("frappe.desk.query_report.get_data_for_custom_field", doctype=doctype, field=secret)
	yield method(
		"frappe.desk.listview.get_group_by_count", doctype=doctype, current_filters="[]", field=secret
	)
	states = {"workflow_state_field": secret, "states": "[]"}
	path = "frappe.workflow.doctype.workflow.workflow.get_workflow_state_count"
	yield method(path, doctype=doctype, **states)
	for name in ("link", "widget"):
		asked = {"txt": "", "page_length": 50, "filter_fields": json.dumps([secret]), "searchfield": secret}
		yield method(f"frappe.desk.search.search_{name}", doctype=doctype, **asked, ignore_user_permissions=1)
	yield from drawn(doctype, secret)
	yield from taken_away(doctype, secret)


def taken_away(doctype, secret):
	"""Exports, calendars, trees, maps and pages of a list."""
	template = {"export_records": "all", "file_type": "CSV", "export_fields": json.dumps({doctype: [secret]})}
	path = "frappe.core.doctype.data_import.data_import.download_template"
	yield method(path, doctype=doctype, **template)
	columns = {"select_columns": json.dumps({doctype: ["name", secret]}), "with_data": 1, "all_doctypes": 1}
	yield method("frappe.core.doctype.data_export.exporter.export_data", doctype=doctype, **columns)
	fields_of = {"start": "creation", "end": "modified", "title": secret}
	period = {"start": "2000-01-01", "end": "2100-01-01", "field_map": json.dumps(fields_of)}
	yield method("frappe.desk.calendar.get_events", doctype=doctype, **period)
	yield method("frappe.desk.treeview.get_children", doctype=doctype)
	yield method("frappe.www.list.get", doctype=doctype)
	yield method("frappe.geo.utils.get_coords", doctype=doctype, filters="[]", type="coordinates")


def drawn(doctype, secret):
	for kind in ("Heatmap", "Line"):
		for chart_type in ("Sum", "Group By"):
			chart = {"type": kind, "chart_type": chart_type, "document_type": doctype, "name": "x"}
			chart |= {"value_based_on": secret, "based_on": "creation", "group_by_based_on": secret}
			chart |= {"group_by_type": "Count", "filters_json": "[]", "time_interval": "Yearly"}
			chart |= {"timespan": "Last Year"}
			path = "frappe.desk.doctype.dashboard_chart.dashboard_chart.get"
			yield method(path, chart=json.dumps(chart), no_cache=1)
	card = {"function": "Sum", "aggregate_function_based_on": secret, "document_type": doctype}
	path = "frappe.desk.doctype.number_card.number_card.get_result"
	yield method(path, doc=json.dumps(card), filters="[]")


def about(doctype, name, secret):
	"""Every way to one document."""
	key, named = {"doctype": doctype, "name": name}, {"doctype": doctype, "docname": name}
	for path in (f"/api/resource/{doctype}/{name}", f"/api/resource/{doctype}/{name}?expand_links=1"):
		yield Call(path, {}, "GET")
	for path in ("", "copy"):
		yield Call(f"/api/v2/document/{doctype}/{name}/{path}", {}, "GET")
	yield Call("/printview", key, "GET")
	for path in ("client.get", "desk.form.load.getdoc", "desk.form.load.get_docinfo", "share.get_users"):
		yield method(f"frappe.{path}", **key)
	yield method("frappe.desk.form.load.get_communications", **key)
	fields = json.dumps([secret, "employee_name"])
	yield method("frappe.client.get_value", doctype=doctype, fieldname=fields, filters=name)
	yield method("frappe.client.validate_link", **named, fields=fields)
	yield method("frappe.desk.link_preview.get_preview_data", **named)
	yield method("frappe.desk.form.linked_with.get", **named)
	yield method("frappe.www.printview.get_html_and_style", doc=doctype, name=name)
	yield method("run_doc_method", dt=doctype, dn=name, method="add_comment", args=json.dumps({"text": "x"}))
	diff = {"docname": name, "ref_doctype": doctype}
	version = {"doctype": "Version", "txt": "", "searchfield": "name", "start": 0, "page_len": 20}
	yield method("frappe.utils.diff.version_query", **version, filters=json.dumps(diff))
	form = frappe.db.get_value("Web Form", {"apply_document_permissions": 0})
	path = "frappe.website.doctype.web_form.web_form.get_form_data"
	yield method(path, **named, web_form_name=form)
	yield method("erpnext.crm.utils.get_open_activities", ref_doctype=doctype, ref_docname=name)
	yield method("frappe.social.doctype.energy_point_log.energy_point_log.get_reviews", **named)
	queued = "frappe.core.doctype.submission_queue.submission_queue.get_latest_submissions"
	yield method(queued, **named)


def pretended(doctype, name, visitor):
	"""What is asked about is sent along, and says that it is the visitor's."""
	his = {"employee": visitor.employee, "employee_user": visitor.user, "approver": visitor.user}
	his |= {"owner": visitor.user, "verifier": visitor.user}
	doc = json.dumps({"doctype": doctype, "name": name, **his})
	for path in ("frappe.client.save", "frappe.client.submit"):
		yield method(path, doc=doc)
	yield method("frappe.client.set_value", doctype=doctype, name=name, fieldname=json.dumps(his))
	yield Call(f"/api/resource/{doctype}/{name}", his, "PUT")
	yield method("frappe.desk.form.save.savedocs", doc=doc, action="Save")
	yield method("frappe.model.workflow.get_transitions", doc=doc)
	yield method("frappe.www.printview.get_html_and_style", doc=doc)
	yield method("run_doc_method", docs=doc, method="add_comment", args=json.dumps({"text": "x"}))


def reports():
	"""Every report with its filters, for the asker and for somebody who sees more."""
	filters = {
		"company": frappe.db.get_value("Company", {}),
		"from_date": "2020-01-01",
		"to_date": "2030-01-01",
	}
	for name in frappe.get_all("Report", {"disabled": 0, "module": ("like", "%H%")}, pluck="name"):
		asked = {"report_name": name, "filters": json.dumps(filters), "ignore_prepared_report": 1}
		yield method("frappe.desk.query_report.run", **asked)
		yield method("frappe.desk.query_report.run", **asked, user="Administrator")


def elsewhere(target):
	"""Files, searches, and what is kept beside records."""
	url = target.file.file_url
	yield Call(url, {}, "GET")
	yield Call("/api/method/frappe.handler.download_file", {"file_url": url}, "GET")
	yield method("frappe.utils.global_search.search", text="Rahasia")
	yield method("frappe.desk.doctype.tag.tag.get_documents_for_tag", tag=f"#{TAG}")
	yield method("frappe.core.api.file.get_files_by_search_text", text="Rahasia")
	yield method("frappe.core.api.file.get_files_in_folder", folder="Home/Attachments", page_length=200)
	yield method("mkd_hrms.api.download_personal_data", employee=target.employee.name)
	yield method("mkd_hrms.api.explain", request=target.names[REQUEST])
	yield method("mkd_hrms.api.fair_order", request=target.names[REQUEST])
	yield method("mkd_hrms.api.employee_overview", employee=target.employee.name)
	yield method("mkd_hrms.api.before_applying", employee=target.employee.name)
	unit = {"unit": target.employee.department, "weeks": 4}
	yield Call("/api/method/mkd_hrms.api.coverage_board", unit, "GET")
	day = frappe.db.get_value(DAY, target.names.get(DAY), "mkd_date")
	yield method("mkd_hrms.api.coverage_board_day", employee=target.employee.name, day=str(day))
	yield Call("/api/method/mkd_hrms.api.calendar_feed", {"token": "a" * 43}, "GET")
	asked = {"company": target.employee.company, "from_date": str(day), "to_date": str(day)}
	yield Call("/api/method/mkd_hrms.api.pull_schedule", asked, "GET")
	yield method(
		"frappe.desk.form.linked_with.get_submitted_linked_docs",
		doctype="Employee",
		name=target.employee.name,
	)


def reading(target, visitor):
	"""All of it that only reads."""
	for doctype, secret in SECRET.items():
		yield from lists(doctype, secret)
		yield from about(doctype, target.names[doctype], secret)
		if target is not visitor.own and not visitor.only_reads:
			yield from pretended(doctype, target.names[doctype], visitor)
	for doctype, (parent, secret) in ROWS.items():
		every = {"doctype": doctype, "parent": parent, "fields": json.dumps(["*"])}
		yield method("frappe.client.get_list", **every)
		name = target.beside[doctype][0]
		yield method("frappe.client.get", doctype=doctype, name=name, parent=parent)
		yield Call(f"/api/resource/{doctype}/{name}", {}, "GET")
		yield from lists(doctype, secret)
	for doctype in PLATFORM_LISTS:
		yield Call(f"/api/resource/{doctype}", {"fields": '["*"]', "limit_page_length": 0}, "GET")
		yield method("frappe.desk.reportview.get", doctype=doctype, fields='["*"]', limit_page_length=0)
	for doctype, names in target.beside.items():
		for name in names:
			yield Call(f"/api/resource/{doctype}/{name}", {}, "GET")
			yield method("frappe.desk.form.load.getdoc", doctype=doctype, name=name)
	yield from elsewhere(target)


def functions(target, doctypes, apps):
	"""Every whitelisted function, with arguments that lead to the target; of each DocType where one can be led there."""
	for path, names in parameters().items():
		if not path.startswith(apps):
			continue
		led = LEADS.search(" ".join(names))
		for doctype in doctypes if led and path.startswith("frappe.") else doctypes[:1]:
			yield method(path, **filled(names, doctype, target))


def parameters():
	"""From the dotted path of every function that is no method of a document to the names of its parameters."""
	known, found = table(), {}
	for app in ("frappe", "erpnext", "hrms"):
		for module, text, _is_package in texts(app):
			if "whitelist" not in text:
				continue
			for node in ast.parse(text).body:
				path = f"{module}.{getattr(node, 'name', '')}"
				if path in known and not LEFT_OUT.search(path) and isinstance(node, ast.FunctionDef):
					if any(map(is_whitelist, node.decorator_list)):
						given = node.args
						found[path] = [each.arg for each in (*given.args, *given.kwonlyargs)]
	return found


def filled(names, doctype, target):
	name, secret = target.names[doctype], SECRET[doctype]
	doc = json.dumps({"doctype": doctype, "name": name})
	values = {
		**dict.fromkeys(
			("name", "docname", "dn", "reference_name", "ref_docname", "doc_name", "value"), name
		),
		**dict.fromkeys(("document_name", "reminder_docname", "reference_document", "source_name"), name),
		**dict.fromkeys(("names", "docnames", "source_names"), json.dumps([name])),
		**dict.fromkeys(("doc", "args"), doc),
		"docs": json.dumps([{"doctype": doctype, "name": name}]),
		**dict.fromkeys(("field", "fieldname", "searchfield", "sort_field", "goal_field"), secret),
		**dict.fromkeys(("fields", "columns"), '["*"]'),
		**dict.fromkeys(("filters", "current_filters"), "[]"),
		**dict.fromkeys(("txt", "text", "tag"), "%"),
		**dict.fromkeys(("start", "limit_start", "prev"), 0),
		**dict.fromkeys(("page_len", "page_length", "limit"), 50),
		**dict.fromkeys(("user", "for_user"), target.user),
		"employee": target.employee.name,
		"assign_to": "[]",
		"file_url": target.file.file_url,
		"attachments": json.dumps([target.file.name]),
		"report_name": "MKD Over Limit",
		"type": "coordinates",
		"company": target.employee.company,
	}
	kinds = re.compile(r"doctype$|^dt$|_type$|^document_type|^entity")
	return {
		each: values.get(each, doctype if kinds.search(each) else "1") for each in names if each != "self"
	}


def everything(target, visitor):
	yield from reading(target, visitor)
	yield from reports()
	doctypes = [REQUEST, DISCIPLINE_RECORD, CHECKIN, PERFORMANCE_RECORD, TALENT_RECORD]
	yield from functions(target, doctypes, visitor.apps)
