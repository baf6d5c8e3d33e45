"""Lists of the platform that show something of ours: open actions, prepared reports, attendance, and what is logged."""

import frappe

from mkd_hrms.constants import DAILY_REPORT, MODULE, OBJECTION, REQUEST
from mkd_hrms.permissions.daily_reports import visible_reports
from mkd_hrms.permissions.employee_records import COORDINATES, refuse_disguised, visible_kept
from mkd_hrms.permissions.measures_and_objections import visible
from mkd_hrms.permissions.requests import condition_of_requests
from mkd_hrms.permissions.who import sees_all
from mkd_hrms.services.privacy import access_log


def visible_actions(user, doctype):
	"""Open actions of what the user may see of ours; those of other DocTypes are not ours to judge."""
	action = "`tabWorkflow Action`"
	conditions = []
	for ours, condition in (
		(REQUEST, condition_of_requests(user, REQUEST)),
		(DAILY_REPORT, visible_reports(user, DAILY_REPORT)),
		(OBJECTION, visible(user, OBJECTION)),
	):
		if not condition:
			continue
		seen = f"(select `name` from `tab{ours}` where {condition})"
		conditions.append(
			f"(not ({action}.`reference_doctype` <=> '{ours}') or {action}.`reference_name` in {seen})"
		)
	return f"({' and '.join(conditions)})" if conditions else ""


def note_discipline_list(user, doctype):
	"""As what HR keeps; that discipline records were listed is logged (rule P4)."""
	access_log.note_list(doctype)
	return visible_kept(user, doctype)


def note_checkin_list(user, doctype):
	"""Narrows nothing; that coordinates were listed is logged (rule P4)."""
	access_log.note_list(doctype, COORDINATES)
	return ""


def keep_days_from_attendance(user, doctype):
	"""Frappe lets a list ask for columns of what its rows link to, and asks nobody who may see that MKD day."""
	if not sees_all(user):
		refuse_disguised("mkd_day.")
	return ""


def visible_prepared(user, doctype):
	"""A result of ours that the platform prepared is only for who asked for it: it is cut to what he may see."""
	if user == "Administrator":
		return ""
	table, asker = "`tabPrepared Report`", frappe.db.escape(user)
	ours = ", ".join(frappe.db.escape(name) for name in our_reports())
	return f"({table}.`report_name` not in ({ours}) or {table}.`owner` = {asker})"


def may_see_prepared(doc, ptype, user):
	"""As visible_prepared, for one result."""
	return doc.owner == user or doc.report_name not in our_reports()


def our_reports():
	"""The reports of this app, those that somebody wrote over its DocTypes, and what people saved from any of them."""
	doctypes = frappe.get_all("DocType", {"module": MODULE}, pluck="name")
	ours = frappe.get_all(
		"Report", or_filters={"module": MODULE, "ref_doctype": ("in", doctypes)}, pluck="name"
	)
	return [*ours, *frappe.get_all("Report", {"reference_report": ("in", ours)}, pluck="name")]
