"""The number of a civil servant, and the approver's role of his superior."""

import re

import frappe
from frappe import _
from frappe.utils import get_link_to_form

from mkd_hrms.facts.concerned import PERSON
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import read_other_with_nip
from mkd_hrms.facts.superiors import read_reports, read_user_who_decides
from mkd_hrms.services.booked_days import new_calendars
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.ledger.moving import move_person
from mkd_hrms.services.people.approver_role import grant_approver
from mkd_hrms.services.people.approvers import reassign_or_tell
from mkd_hrms.services.people.person import is_own_record
from mkd_hrms.services.policies.in_force import is_in_scope
from mkd_hrms.services.renames import employees
from mkd_hrms.services.renames.refusals import told_to_writers
from mkd_hrms.services.standing.changes_noted import concerns

NIP, BESIDE_A_NIP = re.compile(r"[0-9]{18}"), re.compile("[\\s'`\u2018\u2019]")
# What the rules, or the calendar that they count by, read from the record.
JUDGED_BY = (
	"status employment_type designation department company holiday_list default_shift date_of_joining"
	" contract_end_date relieving_date mkd_nip"
).split()
CALENDAR_BY = ("company", "holiday_list", "default_shift")

# Besides that: who decides about him, and as whom he logs in.
HIS_CASE = (*JUDGED_BY, "reports_to", "user_id")


def validate(doc, method=None):
	refuse_own_case(doc)
	refuse_number_as_nip(doc)
	doc.mkd_nip = as_written(doc.mkd_nip)
	if doc.mkd_nip:
		refuse_malformed_nip(doc)
		refuse_shared_nip(doc)


def as_written(nip):
	"""Blanks between the parts of a NIP, and the apostrophe by which a spreadsheet keeps it a text, are no part of it."""
	return BESIDE_A_NIP.sub("", nip or "") or None


def refuse_own_case(doc):
	"""Where MKD is in force nobody changes in his own record what he is judged by, nor by whom (invariant 4)."""
	before = doc.get_doc_before_save()
	if not before or not is_own_record(before.name):
		return
	# A browser sends an empty field as text.
	changed = [
		field for field in HIS_CASE if (doc.get(field) or before.get(field)) and doc.has_value_changed(field)
	]
	if has_new_history(doc):
		changed.append("internal_work_history")
	if changed and is_in_scope(before.company, clock.today()):
		labels = ", ".join(_(doc.meta.get_label(field)) for field in changed)
		frappe.throw(
			_("Nobody decides about himself: ask a colleague in HR to change {0}.").format(labels),
			frappe.PermissionError,
		)


def refuse_number_as_nip(doc):
	"""A number of 18 digits loses its last ones on the way through most programs."""
	if isinstance(doc.mkd_nip, int | float):
		frappe.throw(
			_("The NIP was sent as a number, by which its last digits are lost. Send it as text, in quotes."),
			title=_("Invalid NIP"),
		)


def refuse_malformed_nip(doc):
	if not NIP.fullmatch(doc.mkd_nip):
		frappe.throw(
			_("{0} is not a NIP: it has 18 digits and nothing else.").format(frappe.bold(doc.mkd_nip)),
			title=_("Invalid NIP"),
		)


def refuse_shared_nip(doc):
	"""A rehired person has two records with one NIP, but only one of them is active."""
	if doc.status != "Active":
		return
	may_have_it = (doc.name or "", frappe.flags.mkd_transferred or "")
	if other := read_other_with_nip(SiteDatabase(), doc.mkd_nip, may_have_it):
		name, employee_name = other
		frappe.throw(
			_("NIP {0} already belongs to the active employee {1} ({2}).").format(
				frappe.bold(doc.mkd_nip), get_link_to_form("Employee", name), employee_name
			),
			frappe.UniqueValidationError,
			title=_("NIP in Use"),
		)


def on_update(doc, method=None):
	if doc.has_value_changed("mkd_nip"):
		move_person(doc.name, doc.mkd_nip or doc.name)
		note_who_loses_a_record(doc)
	if doc.has_value_changed("status") or doc.has_value_changed("user_id"):
		for report in read_reports(SiteDatabase(), doc.name):
			reassign_or_tell(report)
	if has_new_superior(doc):
		if doc.status == "Active" and doc.reports_to:
			grant_to_superior(doc.reports_to)
		reassign_or_tell(doc.name)


def note_who_loses_a_record(doc):
	"""What stands on this record counted until now for whoever has the NIP that it had."""
	before = doc.get_doc_before_save()
	if before and before.mkd_nip:
		if other := read_other_with_nip(SiteDatabase(), before.mkd_nip, [doc.name]):
			concerns(PERSON, other[0])


def on_change(doc, method=None):
	"""After a save, and after a single field was written (an Employee Transfer ends the old record in that way)."""
	if any(doc.has_value_changed(field) for field in JUDGED_BY) or has_new_history(doc):
		concerns(PERSON, doc.name)
	if doc.get_doc_before_save() and any(doc.has_value_changed(field) for field in CALENDAR_BY):
		new_calendars.follow(employee=doc.name)


def has_new_history(doc):
	"""Whether the work history, which says since when he holds his post (rule E3), is another one than before."""
	before = doc.get_doc_before_save()
	return bool(before) and history(doc) != history(before)


def history(doc):
	rows = doc.get("internal_work_history")
	return [(str(row.from_date or ""), row.designation or "", row.department or "") for row in rows]


def before_rename(doc, method, old, new, merge=False):
	if merge:
		with told_to_writers(doc.doctype, old, new):
			employees.before_merge(old, new)


def after_rename(doc, method, old, new, merge=False):
	"""Without a NIP a person is known by the Employee record, which has a new name now; so has his standing."""
	employees.after_rename(doc, old, merge)


def on_trash(doc, method=None):
	employees.on_trash(doc)


def has_new_superior(doc):
	return doc.has_value_changed("reports_to") or doc.has_value_changed("status")


def grant_to_superior(employee):
	if user := read_user_who_decides(SiteDatabase(), employee):
		grant_approver(user)
