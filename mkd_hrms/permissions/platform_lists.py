"""Lists of the platform that show something of ours: open actions, files, prepared reports, attendance, and what is logged."""

import frappe

from mkd_hrms.constants import (
	AGREEMENT,
	DAILY_REPORT,
	DAY,
	DECISION_RECORD,
	DISCIPLINE_RECORD,
	EARLY_WARNING,
	ELIGIBILITY,
	GATE_DECISION,
	IMPACT,
	OBJECTION,
	PERFORMANCE_RECORD,
	PLACE_HINT,
	REQUEST,
	RETENTION_RUN,
	SUSPENSION,
	WARNING,
)
from mkd_hrms.permissions.daily_reports import visible_reports
from mkd_hrms.permissions.employee_records import (
	COORDINATES,
	refuse_disguised,
	visible_kept,
	visible_rows,
	visible_standings,
)
from mkd_hrms.permissions.measures_and_objections import visible
from mkd_hrms.permissions.requests import condition_of_requests
from mkd_hrms.permissions.who import sees_all
from mkd_hrms.services.privacy import access_log

# What narrows the list of ours behind something; that it was looked at from there is no reading of ours.
BEHIND = {
	REQUEST: condition_of_requests,
	DAILY_REPORT: visible_reports,
	OBJECTION: visible,
	**dict.fromkeys((DAY, PLACE_HINT), visible_rows),
	**dict.fromkeys((ELIGIBILITY, EARLY_WARNING, AGREEMENT, SUSPENSION, WARNING), visible_standings),
	**dict.fromkeys(
		(GATE_DECISION, PERFORMANCE_RECORD, DECISION_RECORD, RETENTION_RUN, DISCIPLINE_RECORD), visible_kept
	),
}
# What hangs on a document: the columns of its DocType and of its name, and of the user to whom the row is shown anyway.
HANGS_ON = {
	"File": ("attached_to_doctype", "attached_to_name", "owner"),
	"Tag Link": ("document_type", "document_name", "owner"),
	"Document Follow": ("ref_doctype", "ref_docname", "user"),
	"Energy Point Log": ("reference_doctype", "reference_name", "user"),
}


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


def visible_beside(user, doctype):
	"""What hangs on documents of ours that the user may see, and his own; the platform looks at roles alone."""
	kind, name, whose = (f"`tab{doctype}`.`{column}`" for column in HANGS_ON[doctype])
	conditions = []
	for ours, narrows in BEHIND.items():
		if condition := narrows(user, ours):
			seen = f"{name} in (select `name` from `tab{ours}` where {condition})"
			conditions.append(f"(not ({kind} <=> '{ours}') or {seen})")
	if not conditions:
		return ""
	return f"({whose} = {frappe.db.escape(user, percent=False)} or ({' and '.join(conditions)}))"


def may_see_beside(doc, ptype, user):
	"""As visible_beside, for one of them."""
	kind, name, whose = (doc.get(column) for column in HANGS_ON[doc.doctype])
	if whose == user or kind not in BEHIND or not frappe.db.exists(kind, name):
		return None
	return None if frappe.has_permission(kind, doc=name, user=user) else False


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
	ours = ", ".join(frappe.db.escape(name) for name in impact_reports())
	return f"({table}.`report_name` not in ({ours}) or {table}.`owner` = {asker})"


def may_see_prepared(doc, ptype, user):
	"""As visible_prepared, for one result."""
	foreign = doc.report_name in impact_reports() and doc.owner != user
	return False if foreign else None


def impact_reports():
	"""The report about a draft policy, and what people saved from it under names of their own."""
	return [IMPACT, *frappe.get_all("Report", filters={"reference_report": IMPACT}, pluck="name")]
