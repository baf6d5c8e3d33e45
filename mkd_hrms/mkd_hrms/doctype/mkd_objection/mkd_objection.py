"""An objection of an employee. The controller only says in which order the service speaks."""

import frappe
from frappe import _

from mkd_hrms.constants import DRAFT, PENDING_DECISION
from mkd_hrms.controllers.asks_by_mail import AsksByMail
from mkd_hrms.controllers.attached_files import AttachedFiles
from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.controllers.served_document import ServedDocument
from mkd_hrms.services.letters import of_objection
from mkd_hrms.services.objections import actors, procedure, states, subjects
from mkd_hrms.services.platform import attached_files
from mkd_hrms.services.workflow import open_actions
from mkd_hrms.services.workflow.states import MoveNotAllowed


class MKDObjection(Numbered, ServedDocument, AsksByMail, AttachedFiles):
	ACTORS = actors

	def _validate_links(self):
		# What was objected to may have been annulled meanwhile; that can still be decided.
		before = self.get_doc_before_save()
		if not before or before.status == DRAFT:
			super()._validate_links()

	def onload(self):
		"""Whether the form takes the decision's words; the server decides again."""
		may_decide = self.status == PENDING_DECISION and actors.may_decide(self, frappe.session.user)
		self.set_onload("may_decide", may_decide)
		if may_decide:
			attached_files.tell_changed(*subjects.documents_of(self))

	def before_validate(self):
		states.restore_computed(self)

	def validate(self):
		procedure.check(self)

	def on_update(self):
		open_actions.settle(self)
		procedure.follow(self)

	def before_cancel(self):
		frappe.throw(_("What was decided about an objection stands."), MoveNotAllowed)

	def on_trash(self):
		if self.status != DRAFT:
			frappe.throw(
				_("Objection {0} is on record and cannot be deleted.").format(self.name), MoveNotAllowed
			)

	def letter(self):
		"""For a Print Format; the reader's permission is asked anew."""
		return of_objection.letter_of(self.name)
