"""Lists of the platform that show something of ours: open actions, files, prepared reports, and what is logged."""

import frappe

from mkd_hrms.constants import (
	AGREEMENT,
	DAILY_REPORT,
	DAY,
	DAY_REASON,
	DAY_SWAP,
	DECISION_RECORD,
	DISCIPLINE_RECORD,
	EARLY_WARNING,
	ELIGIBILITY,
	GATE_DECISION,
	LETTER,
	MODULE,
	OBJECTION,
	PERFORMANCE_RECORD,
	PLACE_HINT,
	REQUEST,
	RETENTION_RUN,
	SUSPENSION,
	TALENT_RECORD,
	WAITING_PLACE,
	WARNING,
)
from mkd_hrms.permissions.daily_reports import visible_reports, waiting_reports
from mkd_hrms.permissions.employee_records import (
	COORDINATES,
	visible_kept,
	visible_rows,
	visible_standings,
)
from mkd_hrms.permissions.letters import visible_letters
from mkd_hrms.permissions.measures_and_objections import visible
from mkd_hrms.permissions.requests import condition_of_requests, waiting_requests
from mkd_hrms.permissions.swaps import visible_swaps, waiting_swaps
from mkd_hrms.services.privacy import access_log
from mkd_hrms.services.workflow import open_actions

# What narrows the list of ours behind something; that it was looked at from there is no reading of ours.
BEHIND = {
	REQUEST: condition_of_requests,
	DAILY_REPORT: visible_reports,
	OBJECTION: visible,
	DAY_SWAP: visible_swaps,
	LETTER: visible_letters,
	**dict.fromkeys((DAY, PLACE_HINT, WAITING_PLACE), visible_rows),
	**dict.fromkeys((ELIGIBILITY, EARLY_WARNING, AGREEMENT, SUSPENSION, WARNING), visible_standings),
	**dict.fromkeys(
		(
			*(DAY_REASON, GATE_DECISION, PERFORMANCE_RECORD, TALENT_RECORD, DECISION_RECORD, RETENTION_RUN),
			DISCIPLINE_RECORD,
		),
		visible_kept,
	),
}
# What waits for somebody; of more documents than these a statement names none.
ACTED_ON = {
	REQUEST: waiting_requests,
	DAILY_REPORT: waiting_reports,
	OBJECTION: visible,
	DAY_SWAP: waiting_swaps,
}
NAMED = 3000
# What hangs on a document: the columns of its DocType and of its name, and of the user to whom the row is shown anyway.
HANGS_ON = {
	"File": ("attached_to_doctype", "attached_to_name", "owner"),
	"Tag Link": ("document_type", "document_name", "owner"),
	"Document Follow": ("ref_doctype", "ref_docname", "user"),
	"Energy Point Log": ("reference_doctype", "reference_name", "user"),
}


def visible_actions(user, doctype):
	"""Open actions of what waits for the user of ours; those of other DocTypes are not ours to judge.

	Whoever only sees a document, as the superiors further above do, has nothing to do there. There is one for everything
	that anybody waits for, and the platform looks up the roles of each. So it is asked first for which documents of his
	somebody waits, and only those are looked at: by name, with what an index holds.
	"""
	judged = {ours: narrowed for ours, narrows in ACTED_ON.items() if (narrowed := narrows(user, ours))}
	waiting = {ours: _waiting(ours, condition) for ours, condition in judged.items()}
	if not judged or None in waiting.values():
		kind, name = "`tabWorkflow Action`.`reference_doctype`", "`tabWorkflow Action`.`reference_name`"
		return of_visible_documents(kind, name, judged)
	table = "`tabWorkflow Action`"
	kinds = ", ".join(f"'{ours}'" for ours in judged)
	others = f"{table}.`reference_doctype` is null or {table}.`reference_doctype` not in ({kinds})"
	seen = (
		f"({table}.`reference_doctype` = '{ours}' and {table}.`reference_name` in ({', '.join(names)}))"
		for ours, names in waiting.items()
		if names
	)
	return f"({table}.`status` = 'Open' and ({' or '.join((others, *seen))}))"


def _waiting(doctype, condition):
	"""The documents that a condition shows and that wait for somebody, as text of SQL; None where they are too many to name."""
	states = open_actions.states_with_question(doctype)
	if not states:
		return None
	# One state at a time: of several, each with hundreds of people, the database no longer counts, and reads all that waits.
	found = frappe.db.sql(
		" union all ".join(
			f"(select `name` from `tab{doctype}` where `status` = {_escaped(state)} and ({condition}) limit {NAMED + 1})"
			for state in sorted(states)
		)
	)
	return [_escaped(name) for (name,) in found] if len(found) <= NAMED else None


def _escaped(value):
	return frappe.db.escape(value, percent=False)


def visible_beside(user, doctype):
	"""What hangs on documents of ours that the user may see, and his own; the platform looks at roles alone."""
	kind, name, whose = (f"`tab{doctype}`.`{column}`" for column in HANGS_ON[doctype])
	seen = of_visible_documents(kind, name, {ours: narrows(user, ours) for ours, narrows in BEHIND.items()})
	return f"({whose} = {frappe.db.escape(user, percent=False)} or {seen})" if seen else ""


def of_visible_documents(kind, name, conditions):
	"""The condition that a row names no document of these DocTypes, or one that its condition shows; empty is all of them."""
	judged = {ours: condition for ours, condition in conditions.items() if condition}
	if not judged:
		return ""
	seen = (
		f"({kind} = '{ours}' and {name} in (select `name` from `tab{ours}` where {condition}))"
		for ours, condition in judged.items()
	)
	others = ", ".join(f"'{ours}'" for ours in judged)
	return f"({kind} is null or {kind} not in ({others}) or {' or '.join(seen)})"


def may_see_beside(doc, ptype, user):
	"""As visible_beside, for one of them."""
	kind, name, whose = (doc.get(column) for column in HANGS_ON[doc.doctype])
	if whose == user or kind not in BEHIND or not frappe.db.exists(kind, name):
		return True
	return bool(frappe.has_permission(kind, doc=name, user=user))


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
	ours = ", ".join(frappe.db.escape(name) for name in our_reports())
	return f"({table}.`report_name` not in ({ours}) or {table}.`owner` = {asker})"


def may_see_prepared(doc, ptype, user):
	"""As visible_prepared, for one result."""
	return doc.owner == user or doc.report_name not in our_reports()


def may_see_notice(doc, ptype, user):
	"""As the platform's list of notices: whom one is for. About a single one, whose name somebody knows, it asks nobody."""
	return user == "Administrator" or doc.for_user == user


def our_reports():
	"""The reports of this app, those that somebody wrote over its DocTypes, and what people saved from any of them."""
	doctypes = frappe.get_all("DocType", {"module": MODULE}, pluck="name")
	ours = frappe.get_all(
		"Report", or_filters={"module": MODULE, "ref_doctype": ("in", doctypes)}, pluck="name"
	)
	return [*ours, *frappe.get_all("Report", {"reference_report": ("in", ours)}, pluck="name")]
