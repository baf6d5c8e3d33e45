"""A swap of MKD days between two colleagues. The controller only says in which order the services speak."""

import frappe
from frappe import _

from mkd_hrms.constants import DRAFT, PENDING_CONSENT
from mkd_hrms.controllers.asks_by_mail import AsksByMail
from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.controllers.served_document import ServedDocument
from mkd_hrms.services.requests import answers
from mkd_hrms.services.swaps import actors, procedure, states
from mkd_hrms.services.swaps.sides import is_exchange
from mkd_hrms.services.workflow import open_actions
from mkd_hrms.services.workflow.states import MoveNotAllowed, holds


class MKDDaySwap(Numbered, ServedDocument, AsksByMail):
	ACTORS = actors

	def check_if_latest(self):
		"""Of two people who act on one swap at the same moment, the second is told so in words."""
		if not holds(super().check_if_latest):
			states.refuse_stale(self)

	def onload(self):
		"""Whose turn it is, and what may be written in the form; the server decides again."""
		user = frappe.session.user
		asked = self.status == PENDING_CONSENT and user == self.colleague_user
		self.set_onload("is_asked", asked)
		self.set_onload("answers", asked and not is_exchange(self))
		self.set_onload("may_decide", user in actors.asked(self) and not asked)

	def before_validate(self):
		answers.read(self)
		states.restore_computed(self)

	def validate(self):
		procedure.check(self)

	def on_update(self):
		open_actions.settle(self)
		procedure.follow(self)

	def before_cancel(self):
		frappe.throw(_("What was swapped stands. Withdraw the new days, or swap again."), MoveNotAllowed)

	def on_trash(self):
		if self.status != DRAFT:
			frappe.throw(_("Swap {0} is on record and cannot be deleted.").format(self.name), MoveNotAllowed)
