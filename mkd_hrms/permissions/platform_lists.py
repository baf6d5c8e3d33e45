"""Lists of the platform that show something of ours: open actions, prepared reports, and what is logged."""

import frappe

from mkd_hrms.constants import DAILY_REPORT, IMPACT, OBJECTION, REQUEST
from mkd_hrms.permissions.daily_reports import visible_reports
from mkd_hrms.permissions.employee_records import COORDINATES, visible_kept
from mkd_hrms.permissions.measures_and_objections import visible
from mkd_hrms.permissions.requests import condition_of_requests
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


def visible_prepared(user, doctype):
	"""A result of ours that the platform prepared is only for who asked for it: it is cut to what he may see."""
	if user == "Administrator":
		return ""
	table, asker = "`tabPrepared Report`", frappe.db.escape(user)
	ours = ", ".join(frappe.db.escape(name) for name in impact_reports())
	return f"({table}.`report_name` not in ({ours}) or {table}.`owner` = {asker})"


def may_see_prepared(doc, ptype, user):
	"""As visible_prepared, for one result."""
	foreign = doc.report_name in impact_reports() and doc.owner != user
	return False if foreign else None


def impact_reports():
	"""The report about a draft policy, and what people saved from it under names of their own."""
	return [IMPACT, *frappe.get_all("Report", filters={"reference_report": IMPACT}, pluck="name")]
