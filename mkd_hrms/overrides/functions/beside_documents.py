"""What the platform tells of a document whose name somebody knows, or writes beside it, and asks nobody who may read it."""

from __future__ import annotations

import frappe
from frappe import client, email
from frappe.core.doctype.prepared_report import prepared_report
from frappe.core.doctype.submission_queue import submission_queue
from frappe.desk import like, query_report, search
from frappe.desk.form import assign_to, document_follow
from frappe.desk.form import utils as form
from frappe.social.doctype.energy_point_log import energy_point_log
from frappe.templates.includes.comments import comments
from frappe.website.doctype.web_form import web_form

from erpnext.crm import utils as crm

from mkd_hrms.overrides.functions.asking import ask, concerns_ours, is_ours, may_read


@frappe.whitelist()
def is_document_amended(doctype: str, docname: str):
	ask(doctype, docname)
	return client.is_document_amended(doctype, docname)


@frappe.whitelist()
def validate_link(doctype: str, docname: str, fields: str | list | None = None):
	"""What may not be read is answered like what is not there."""
	if is_ours(doctype) and not may_read(doctype, docname):
		return {"name": None}
	return client.validate_link(doctype, docname, fields)


@frappe.whitelist()
def get_link_title(doctype: str, docname: str):
	if is_ours(doctype) and not may_read(doctype, docname):
		return docname
	return search.get_link_title(doctype, docname)


@frappe.whitelist()
def get_next(
	doctype: str,
	value: str,
	prev: str | int,
	filters: str | list | dict | None = None,
	sort_order: str = "desc",
	sort_field: str = "modified",
):
	"""The neighbour in a list: of a document in it, because its place tells what it holds."""
	if concerns_ours(doctype, sort_field, filters):
		frappe.has_permission(doctype, doc=value, throw=True)
	return form.get_next(doctype, value, prev, filters, sort_order, sort_field)


@frappe.whitelist()
def get_follow_users(doctype: str, doc_name: str):
	ask(doctype, doc_name)
	return document_follow.get_follow_users(doctype, doc_name)


@frappe.whitelist()
def get_reviews(doctype: str, docname: str):
	ask(doctype, docname)
	return energy_point_log.get_reviews(doctype, docname)


@frappe.whitelist()
def review(doc: str | dict, points: str | int, to_user: str, reason: str, review_type: str = "Appreciation"):
	about = frappe.parse_json(doc)
	ask(about.get("doctype"), about.get("name"))
	return energy_point_log.review(frappe._dict(about), points, to_user, reason, review_type)


@frappe.whitelist()
def get_latest_submissions(doctype: str, docname: str):
	ask(doctype, docname)
	return submission_queue.get_latest_submissions(doctype, docname)


@frappe.whitelist()
def get_open_activities(ref_doctype: str, ref_docname: str):
	ask(ref_doctype, ref_docname)
	return crm.get_open_activities(ref_doctype, ref_docname)


@frappe.whitelist()
def add(args: str | dict | None = None):
	"""Assigning somebody; the platform answers with who is assigned, also where nobody was to be."""
	args = frappe.parse_json(args) or frappe.local.form_dict
	ask(args.get("doctype"), args.get("name"))
	return assign_to.add(args)


@frappe.whitelist()
def toggle_like(doctype: str, name: str, add: bool | str = False):
	ask(doctype, name)
	return like.toggle_like(doctype, name, add)


@frappe.whitelist(allow_guest=True)
def add_comment(
	comment: str,
	comment_email: str,
	comment_by: str,
	reference_doctype: str,
	reference_name: str,
	route: str,
):
	ask(reference_doctype, reference_name)
	return comments.add_comment(comment, comment_email, comment_by, reference_doctype, reference_name, route)


@frappe.whitelist()
def relink(name: str, reference_doctype: str | None = None, reference_name: str | None = None):
	"""A message is moved to another document: away from one of ours, or to one, only by who may read it."""
	ask(
		*(frappe.db.get_value("Communication", name, ["reference_doctype", "reference_name"]) or (None, None))
	)
	ask(reference_doctype, reference_name)
	return email.relink(name, reference_doctype, reference_name)


@frappe.whitelist(allow_guest=True)
def get_form_data(doctype: str, docname: str | None = None, web_form_name: str | None = None):
	"""The document behind a web form. The platform gives it, whole, to whoever happened to act when it was written."""
	found = web_form.get_form_data(doctype, docname, web_form_name)
	if is_ours(doctype) and (doc := found.get("doc")):
		doc.check_permission("read")
		doc.apply_fieldlevel_read_permissions()
	return found


@frappe.whitelist()
def make_prepared_report(report_name: str, filters: str | dict | None = None):
	"""A report that a worker makes: for whom the report itself would be shown."""
	if is_ours(frappe.db.get_value("Report", report_name, "ref_doctype")):
		query_report.get_report_doc(report_name)
	return prepared_report.make_prepared_report(report_name, filters)


@frappe.whitelist()
def enqueue_json_to_csv_conversion(prepared_report_name: str):
	"""What a worker makes of it belongs to whoever asked, so he asks for what he may see."""
	frappe.has_permission("Prepared Report", doc=prepared_report_name, throw=True)
	return prepared_report.enqueue_json_to_csv_conversion(prepared_report_name)
