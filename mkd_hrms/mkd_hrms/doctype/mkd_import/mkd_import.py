"""A file of another system: looked at first, applied by a worker, undone while nothing was built on it."""

import frappe
from frappe import _

from mkd_hrms.constants import APPLIED, APPLYING, CHECKING, DRAFT, IMPORT_LINE, UNDOING
from mkd_hrms.controllers.attached_files import AttachedFiles
from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.imports import actors, applying, looking, opened, undoing
from mkd_hrms.services.imports.actors import APPLY, AT_WORK, CHECK, UNDO
from mkd_hrms.services.imports.opened import FileNotUsable
from mkd_hrms.services.people.hr import limits_of
from mkd_hrms.services.workflow.states import refuse

# What the services found; nobody writes it by hand.
FOUND = (
	"status read_as fit progress created_count updated_count unchanged_count correction_count rejected_count"
	" preview problems rejected_rows checked_by applied_by applied_on undone_by undone_on"
).split()
ASKED = ("company", "file", "profile", "month")


class MKDImport(Numbered, AttachedFiles):
	def onload(self):
		self.set_onload("offered", actors.offered(self, frappe.session.user))

	def validate(self):
		self.keep_what_was_found()
		self.refuse_foreign_company()
		if self.is_asked_anew():
			self.refuse_after_applying()
			self.update({**looking.NOTHING, "status": DRAFT, "read_as": None, "fit": None})

	def run_before_save_methods(self):
		super().run_before_save_methods()
		# Behind the last look at the file: what it holds is known only then.
		if self.is_asked_anew():
			self.guess()

	def on_trash(self):
		if self.status in AT_WORK or frappe.db.exists(IMPORT_LINE, {"mkd_import": self.name, "undone": 0}):
			frappe.throw(_("What the import has written stands. Undo it first."))
		frappe.db.delete(IMPORT_LINE, {"mkd_import": self.name})

	def keep_what_was_found(self):
		before = self.get_doc_before_save()
		self.update({field: before.get(field) if before else None for field in FOUND})
		self.status = self.status or DRAFT
		# Nobody but the service that was sent the rows says under which key they came.
		self.push_key = before.push_key if before else self.flags.push_key

	def is_asked_anew(self):
		before = self.get_doc_before_save()
		return not before or any(str(self.get(name) or "") != str(before.get(name) or "") for name in ASKED)

	def refuse_after_applying(self):
		if self.status in (*AT_WORK, APPLIED) or frappe.db.exists(IMPORT_LINE, {"mkd_import": self.name}):
			frappe.throw(_("The file was applied. Make a new import for another one."))

	def refuse_foreign_company(self):
		"""Whom User Permissions leave other companies imports nothing for this one."""
		companies = limits_of(frappe.session.user, self.doctype).get("company")
		if companies and self.company not in companies:
			frappe.throw(
				_("User Permissions leave you the people of other companies than {0}.").format(self.company),
				frappe.PermissionError,
			)

	def guess(self):
		"""Which profile the file fits is shown before anything is asked of it."""
		try:
			fit = opened.guess(self)
		except FileNotUsable as wrong:
			self.problems = str(wrong)
			return
		self.read_as, self.fit = fit.profile.name, fit.told(opened.reader_of(frappe.session.user))

	def check_file(self):
		"""Look at the file: what would become of it stands on the import; a worker looks at a large one. Raises PermissionError."""
		refuse(actors.refusal(self, CHECK, frappe.session.user))
		if opened.size_of(self) <= looking.INLINE:
			looking.check(self)
			return
		self.db_set({"status": CHECKING, "checked_by": frappe.session.user}, notify=True)
		applying.start(self.name)

	def apply_file(self):
		"""Leave the file to a worker. Raises PermissionError."""
		refuse(actors.refusal(self, APPLY, frappe.session.user))
		self.db_set({"status": APPLYING, "applied_by": frappe.session.user, "progress": 0}, notify=True)
		applying.start(self.name)

	def undo_import(self):
		"""Leave it to a worker to take back what was written. Raises PermissionError, or ValidationError with what is in the way."""
		refuse(actors.refusal(self, UNDO, frappe.session.user))
		if reasons := list(undoing.in_the_way(self.name)):
			frappe.throw(undoing.told(reasons).replace("\n", "<br>"), title=_("Not Undone"))
		values = {"status": UNDOING, "undone_by": frappe.session.user, "undone_on": clock.now()}
		self.db_set({**values, "progress": 0}, notify=True)
		applying.start(self.name)
