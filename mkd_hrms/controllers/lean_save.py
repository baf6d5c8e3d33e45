"""What Frappe does at every save of any document, done for a request only where something can have changed.

Each method here stands in for one of Frappe's and leaves the same behind; where it cannot tell, it calls Frappe's.
"""

from __future__ import annotations

import frappe
from frappe.desk.form.document_follow import follow_document
from frappe.model.document import Document
from frappe.model.workflow import validate_workflow

from mkd_hrms.services.platform import deferred_notifications, timeline
from mkd_hrms.services.workflow.states import check_first_move

# Notices that ask somebody to decide: not beside the mail of the Workflow, which asks the same people.
ASKING = ("MKD Request Waits For Approval", "MKD Request Waits For HR")
# Not where the reader is told of the day that moved the request, or did it himself.
DECIDED = "MKD Request Decided"
# Lines of a timeline in which nobody is mentioned, and which no open form is told of.
SAID_BY_THE_PLATFORM = ("Info", "Workflow")
# Written at every save, and no part of what a row says.
STAMPS = frozenset(("modified", "modified_by"))


class LeanDocument(Document):
	# Link fields that are not the user's: nobody but the controller writes them, or the controller looks them up.
	OWN_LINKS: frozenset[str] = frozenset()
	# Whether it may be made in the state to which an action of the first one leads.
	MOVES_WHEN_MADE = False

	def _set_defaults(self):
		"""Rows that are stored need no defaults."""
		if self.is_new() or any(row.is_new() for row in self.get_all_children()):
			super()._set_defaults()

	def _validate_links(self):
		"""A link that is as it was stored was looked up when it was written."""
		if self.has_new_link():
			super()._validate_links()

	def has_new_link(self):
		"""Whether a link has changed that is not our own; rows with links are not compared."""
		before = self.get_doc_before_save()
		return any(
			(self.get(name) or None) != ((before.get(name) or None) if before else None)
			for name in link_fields(self.meta)
			if name not in self.OWN_LINKS
		) or any(link_fields(row.meta) for row in self.get_all_children())

	def validate_workflow(self):
		"""Frappe reads the Workflow anew at each submission, only to see that state and docstatus fit."""
		workflow = self.meta.get_workflow()
		if workflow and self.MOVES_WHEN_MADE and self.is_new():
			check_first_move(self)
		elif workflow and self.has_fitting_state(workflow):
			validate_workflow(self)
		else:
			super().validate_workflow()

	def has_fitting_state(self, workflow):
		workflow = frappe.get_cached_doc("Workflow", workflow)
		state = self.get(workflow.workflow_state_field)
		return any(row.state == state and self.docstatus == int(row.doc_status) for row in workflow.states)

	def update_children(self):
		"""Rows that are as they were stored stay so; where only their docstatus moves, all of them do at once."""
		for field in self.meta.get_table_fields():
			if not self.has_stored_rows(field.fieldname):
				self.update_child_table(field.fieldname, field)
			elif names := self.names_of_moved_rows(field.fieldname):
				self.move_rows(field.options, names)

	def has_stored_rows(self, table):
		rows, stored = self.get(table), self.get_doc_before_save().get(table)
		return len(rows) == len(stored) and all(map(is_same_row, rows, stored))

	def names_of_moved_rows(self, table):
		stored = self.get_doc_before_save().get(table)
		return [row.name for row in stored if row.docstatus != self.docstatus]

	def move_rows(self, doctype, names):
		table = frappe.qb.DocType(doctype)
		(
			frappe.qb.update(table)
			.set(table.docstatus, self.docstatus)
			.set(table.modified, self.modified)
			.set(table.modified_by, self.modified_by)
			.where(table.name.isin(names))
		).run()

	def save_version(self):
		"""What changed, of a document that was there before; it need not look up its own DocType for that."""
		before, user = self.get_doc_before_save(), frappe.session.user
		if not before:
			# Whatever made it may have left a note; and an amendment is compared with what it amends.
			if self.amended_from or self.flags.updater_reference:
				super().save_version()
			return
		if not self.meta.track_changes or self.flags.ignore_version:
			return
		version = frappe.get_doc({"doctype": "Version"})
		if version.update_version_info(before, self):
			timeline.note_change(version)
			if frappe.get_cached_value("User", user, "follow_created_documents"):
				follow_document(self.doctype, self.name, user)

	@frappe.whitelist()
	def add_comment(
		self,
		comment_type: str = "Comment",
		text: str | None = None,
		comment_email: str | None = None,
		comment_by: str | None = None,
	):
		"""A line in the timeline of this document, which therefore exists. Returned is one that people write."""
		if comment_type in SAID_BY_THE_PLATFORM and text and not (comment_email or comment_by):
			return timeline.note(self.doctype, [(self.name, text)], comment_type)
		return frappe.get_doc(
			{
				"doctype": "Comment",
				"comment_type": comment_type,
				"comment_email": comment_email or frappe.session.user,
				"comment_by": comment_by,
				"reference_doctype": self.doctype,
				"reference_name": self.name,
				"content": text or comment_type,
			}
		).insert(ignore_permissions=True, ignore_links=True)

	def run_notifications(self, method):
		"""Frappe reads and renders a Notification while the user waits; those on a changed value go to a worker."""
		before, is_made = self.values_before(), self.flags.in_insert
		if method == "on_change" and not self.flags.in_delete and (before or not is_made):
			executed = self.flags.notifications_executed = self.flags.notifications_executed or []
			executed += [DECIDED] if self.flags.told_otherwise else []
			names = [
				alert.name
				for alert in self.flags.notifications or ()
				if alert.event == deferred_notifications.EVENT
			]
			left = {*executed, *(ASKING if self.flags.asked_by_mail else ())}
			deferred_notifications.hand_over(self, before, [name for name in names if name not in left])
			executed += names
		super().run_notifications(method)

	def values_before(self):
		"""What stood here before this save, as far as it can have moved; None for what is made as a draft."""
		return None if self.flags.in_insert else self.get_doc_before_save()


def link_fields(meta):
	"""The fields of a DocType that link to a document."""
	return [field.fieldname for field in meta.fields if field.fieldtype in ("Link", "Dynamic Link")]


def is_same_row(row, stored):
	"""Whether a row says what is stored, wherever its document has got to."""
	names = set(row.meta.get_valid_columns()) - STAMPS - {"docstatus"}
	return all(row.get(name) == stored.get(name) for name in names)
