"""Who sees a daily report: the employee, his superiors, whoever verifies it, and HR."""

import frappe

from mkd_hrms.constants import DAILY_REPORT
from mkd_hrms.permissions.employee_records import employee_condition
from mkd_hrms.permissions.requests import OF_A_DELEGATE, delegated_conditions
from mkd_hrms.permissions.who import TOUCHES, is_own, is_superior, sees_all
from mkd_hrms.services.daily_reports import actors


def visible_reports(user, doctype):
	"""His own, those of the people below him, and those that he verifies for a superior or after an escalation."""
	if sees_all(user):
		return ""
	conditions = [employee_condition(user, doctype), *verified_conditions(user, doctype)]
	return f"({' or '.join(conditions)})"


def verified_conditions(user, doctype):
	"""What he verifies himself, what was escalated to him, and what waits for whom he acts for."""
	table, escape = f"`tab{doctype}`", frappe.db.escape
	for field in ("approver", "escalated_to"):
		yield f"{table}.`{field}` = {escape(user)}"
	yield from delegated_conditions(user, doctype)


def visible_report_rows(user, doctype):
	"""The rows of the reports that he sees."""
	condition = visible_reports(user, DAILY_REPORT)
	if not condition:
		return ""
	return f"`tab{doctype}`.`parent` in (select `name` from `tab{DAILY_REPORT}` where {condition})"


def may_use_report(doc, ptype, user):
	"""As may_see; besides the employee and HR only whoever verifies it writes in it, and he no more than his decision."""
	if ptype == "create" or sees_all(user) or is_own(doc, user):
		return None
	if ptype not in TOUCHES and is_superior(doc, user):
		return None
	verifies = doc.employee and doc.docstatus and actors.may_verify(doc, user)
	return None if verifies and ptype in OF_A_DELEGATE else False
