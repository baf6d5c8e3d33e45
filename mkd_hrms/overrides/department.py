"""A unit: the approver's role of its heads, and whom its mark and its place in the tree concern."""

from mkd_hrms.facts.concerned import UNIT
from mkd_hrms.services.calendar import office_days
from mkd_hrms.services.people.approver_role import grant_approver
from mkd_hrms.services.renames import roles_and_units
from mkd_hrms.services.renames.refusals import told_to_writers
from mkd_hrms.services.standing.changes_noted import concerns
from mkd_hrms.services.units import registers

# What the people below inherit from a unit: its mark, and everything above it.
INHERITED = ("mkd_public_service", "parent_department")


def on_update(doc, method=None):
	before = doc.get_doc_before_save()
	known = {row.approver for row in before.leave_approvers} if before else set()
	for row in doc.leave_approvers:
		if row.approver not in known:
			grant_approver(row.approver)
	if before and any(doc.has_value_changed(field) for field in INHERITED):
		concerns(UNIT, doc.name)


def before_rename(doc, method, old, new, merge=False):
	if merge:
		with told_to_writers(doc.doctype, old, new):
			roles_and_units.before_merge(UNIT, old, new)


def after_rename(doc, method, old, new, merge=False):
	concerns(UNIT, new)
	registers.forget()
	office_days.forget()
