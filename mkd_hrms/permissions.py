"""Who sees a request, a day, a standing: the employee, his approver, his superiors and HR. Nobody else.

Frappe's User Permissions may narrow this further; without any, this alone holds.
"""

import frappe
from frappe import _

from mkd_hrms.constants import (
	APPROVER,
	DAILY_REPORT,
	DRAFT,
	HR_MANAGER,
	HR_USER,
	IMPACT,
	OFFICER,
	REQUEST,
	SYSTEM_MANAGER,
)
from mkd_hrms.services import clock, delegations, read_log
from mkd_hrms.services.approvers import is_hr, may_decide
from mkd_hrms.services.daily_reports import actors
from mkd_hrms.services.overview import Sight
from mkd_hrms.services.situation import read_person

PLACE = ("place_latitude", "place_longitude")
COORDINATES = ("latitude", "longitude", "geolocation")
SEES_ALL = frozenset((HR_USER, HR_MANAGER, OFFICER, SYSTEM_MANAGER))
# What who decides in somebody's name needs for that.
OF_A_DELEGATE = ("read", "write", "submit", "print", "email", None)
# A superior who is not the approver looks, but does not touch.
TOUCHES = frozenset(("write", "submit", "cancel", "amend", "delete", "share"))


def visible_rows(user=None, doctype=None):
	"""Condition for the list of a DocType whose rows carry an employee."""
	user = user or frappe.session.user
	if not sees_all(user):
		refuse_disguised("release_reason")
	return "" if sees_all(user) else f"({employee_condition(user, doctype)})"


def visible_requests(user=None, doctype=None):
	user = user or frappe.session.user
	if sees_all(user) or leads(user):
		read_log.note_list(doctype, PLACE)
	return condition_of_requests(user, doctype)


def condition_of_requests(user, doctype):
	if sees_all(user):
		return ""
	conditions = [employee_condition(user, doctype), f"`tab{doctype}`.`approver` = {frappe.db.escape(user)}"]
	return f"({' or '.join([*conditions, *delegated_conditions(user, doctype)])})"


def visible_reports(user=None, doctype=None):
	"""His own, those of the people below him, and those that he verifies for a superior or after an escalation."""
	user = user or frappe.session.user
	if sees_all(user):
		return ""
	conditions = [employee_condition(user, doctype), *verified_conditions(user, doctype)]
	return f"({' or '.join(conditions)})"


def verified_conditions(user, doctype):
	table, escape = f"`tab{doctype}`", frappe.db.escape
	for field in ("approver", "escalated_to"):
		yield f"{table}.`{field}` = {escape(user)}"
	yield from delegated_conditions(user, doctype)


def delegated_conditions(user, doctype):
	"""What waits for, or was decided by, whom the user acts for today; not towards somebody who chose him for that."""
	table, escape = f"`tab{doctype}`", frappe.db.escape
	for entry in delegations.delegated_to(user, clock.today()):
		condition = f"{table}.`approver` = {escape(entry.approver)}"
		if entry.department:
			units = ", ".join(escape(name) for name in delegations.units_below(entry.department)) or "''"
			condition += f" and {table}.`department` in ({units})"
		chosen_by = ", ".join(escape(name) for name in {entry.owner, entry.modified_by})
		yield f"({condition} and coalesce({table}.`employee_user`, '') not in ({chosen_by}))"


def visible_report_rows(user=None, doctype=None):
	condition = visible_reports(user, DAILY_REPORT)
	if not condition:
		return ""
	return f"`tab{doctype}`.`parent` in (select `name` from `tab{DAILY_REPORT}` where {condition})"


def visible_standings(user=None, doctype=None):
	"""His own only: what was found about somebody stands in the same table, and a superior is not to read it."""
	user = user or frappe.session.user
	return "" if sees_all(user) else f"({own_condition(user, doctype)})"


def visible_request_rows(user=None, doctype=None):
	condition = condition_of_requests(user or frappe.session.user, REQUEST)
	if not condition:
		return ""
	return f"`tab{doctype}`.`parent` in (select `name` from `tab{REQUEST}` where {condition})"


def visible_actions(user=None, doctype=None):
	"""Open actions of the requests and reports that the user may see; those of other DocTypes are not ours to judge."""
	user = user or frappe.session.user
	if sees_all(user):
		return ""
	action = "`tabWorkflow Action`"
	conditions = []
	for ours, condition in (
		(REQUEST, condition_of_requests(user, REQUEST)),
		(DAILY_REPORT, visible_reports(user, DAILY_REPORT)),
	):
		seen = f"(select `name` from `tab{ours}` where {condition})"
		conditions.append(
			f"(not ({action}.`reference_doctype` <=> '{ours}') or {action}.`reference_name` in {seen})"
		)
	return f"({' and '.join(conditions)})"


def note_discipline_list(user=None, doctype=None):
	read_log.note_list(doctype)
	return ""


def note_checkin_list(user=None, doctype=None):
	read_log.note_list(doctype, COORDINATES)
	return ""


def keep_days_from_attendance(user=None, doctype=None):
	"""Frappe lets a list ask for columns of what its rows link to, and asks nobody who may see that MKD day."""
	if not sees_all(user or frappe.session.user):
		refuse_disguised("mkd_day.")
	return ""


def visible_hints(user=None, doctype=None):
	"""As the ledger; who asks for the position of a linked check-in has listed check-ins."""
	read_log.note_list("Employee Checkin", COORDINATES)
	return visible_rows(user, doctype)


def refuse_disguised(column):
	"""Frappe keeps a column of a higher level from whoever may not read it, but not one inside an SQL function."""
	asked = frappe.as_json(list((frappe.local.form_dict or {}).values()))
	unescaped = asked.encode().decode("unicode_escape", "ignore")
	if column in (asked + unescaped).lower():
		frappe.throw(_("{0} cannot be asked for in a list.").format(column), frappe.PermissionError)


def visible_prepared(user=None, doctype=None):
	"""A result of ours that the platform prepared is only for who asked for it: it is cut to what he may see."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	table, asker = "`tabPrepared Report`", frappe.db.escape(user)
	ours = ", ".join(frappe.db.escape(name) for name in impact_reports())
	return f"({table}.`report_name` not in ({ours}) or {table}.`owner` = {asker})"


def may_see_prepared(doc, ptype=None, user=None, **_ignored):
	foreign = doc.report_name in impact_reports() and doc.owner != (user or frappe.session.user)
	return False if foreign else None


def impact_reports():
	"""The report about a draft policy, and what people saved from it under names of their own."""
	return [IMPACT, *frappe.get_all("Report", filters={"reference_report": IMPACT}, pluck="name")]


def own_condition(user, doctype):
	names = ", ".join(frappe.db.escape(record.name) for record in employees_of(user))
	return f"`tab{doctype}`.`employee` in ({names})" if names else "1 = 0"


def employee_condition(user, doctype):
	"""His own records, and those of the people below him when he is an approver by role."""
	column, conditions = f"`tab{doctype}`.`employee`", [own_condition(user, doctype)]
	if leads(user):
		conditions += [
			f"{column} in (select `name` from `tabEmployee` where `lft` > {record.lft:d} and `rgt` < {record.rgt:d})"
			for record in employees_of(user)
			if record.status == "Active"
		]
	return " or ".join(conditions)


def may_see(doc, ptype=None, user=None, **_ignored):
	"""False refuses; None leaves the decision to the roles."""
	user = user or frappe.session.user
	if sees_all(user) or is_own(doc, user) or is_superior(doc, user):
		return None
	return False


def may_see_standing(doc, ptype=None, user=None, **_ignored):
	user = user or frappe.session.user
	return None if sees_all(user) or is_own(doc, user) else False


def may_use_report(doc, ptype=None, user=None, **_ignored):
	"""As may_see; besides the employee and HR only whoever verifies it writes in it, and he no more than his decision."""
	user = user or frappe.session.user
	if ptype == "create" or sees_all(user) or is_own(doc, user):
		return None
	if ptype not in TOUCHES and is_superior(doc, user):
		return None
	verifies = doc.employee and doc.docstatus and actors.may_verify(doc, user)
	return None if verifies and ptype in OF_A_DELEGATE else False


def may_use_request(doc, ptype=None, user=None, **_ignored):
	"""As may_see, and: only a draft can be deleted, and only the approver decides."""
	user = user or frappe.session.user
	# Who may apply for whom is a rule of its own, with its own message.
	if ptype == "create" or sees_all(user):
		return None
	if ptype == "delete":
		return None if is_own(doc, user) and doc.status == DRAFT else False
	if doc.approver == user or is_own(doc, user):
		return None
	if ptype not in TOUCHES and is_superior(doc, user):
		return None
	return None if acts_for_approver(doc, user) and ptype in OF_A_DELEGATE else False


def acts_for_approver(doc, user):
	"""Whether the user stands in today for who decides about this request."""
	return bool(doc.approver) and delegations.acts_for(
		user, doc.approver, read_person(doc.employee), clock.today()
	)


def sight_of(person, user=None):
	"""How much of a person's MKD the user may know (rule P3); None is nothing.

	His superiors see the days, as in the ledger; who decides about him sees the names of the gates; HR and he all.
	"""
	user = user or frappe.session.user
	if user == person.user or is_hr(user):
		return Sight.ALL
	if sees_all(user):
		return Sight.GATES
	if not is_superior(person, user):
		return None
	return Sight.GATES if may_decide(person, user) else Sight.DAYS


def may_apply_for(person, user=None):
	"""One applies for oneself, HR for anybody who is active."""
	user = user or frappe.session.user
	may = user == person.user or is_hr(user)
	return bool(may and person.status == "Active" and frappe.has_permission(REQUEST, "create", user=user))


def sees_all(user):
	return user == "Administrator" or not SEES_ALL.isdisjoint(frappe.get_roles(user))


def leads(user):
	return APPROVER in frappe.get_roles(user)


def is_own(doc, user):
	return any(record.name == doc.employee for record in employees_of(user))


def is_superior(doc, user):
	if not (doc.employee and leads(user)):
		return False
	lft, rgt = frappe.db.get_value("Employee", doc.employee, ["lft", "rgt"]) or (0, 0)
	return any(
		record.status == "Active" and record.lft < lft and rgt < record.rgt for record in employees_of(user)
	)


def employees_of(user):
	"""Every Employee record of the user, with its place in the tree of superiors. Read once a request."""
	known = frappe.local.mkd_employees_of = getattr(frappe.local, "mkd_employees_of", {})
	if frappe.flags.in_test or user not in known:
		fields = ["name", "status", "lft", "rgt"]
		known[user] = frappe.db.get_values("Employee", {"user_id": user}, fields, as_dict=True)
	return known[user]
