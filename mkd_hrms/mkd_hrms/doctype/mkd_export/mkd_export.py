"""A file for another system: asked for by whoever stores this, written by a worker, kept for some days."""

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.constants import RUNNING, WAITING
from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.services.exports import actors, asked, writing
from mkd_hrms.services.workflow.states import refuse

# What the worker found; nobody writes it by hand.
FOUND = "row_count finished_on written_file problems".split()


class MKDExport(Numbered, Document):
	def before_insert(self):
		refuse(actors.refusal(self, frappe.session.user))
		self.update({**dict.fromkeys(FOUND), "status": WAITING})

	def validate(self):
		if not self.is_new():
			# The form offers nobody a field who may not write; what was asked for, and what came of it, stays.
			frappe.throw(_("An export is asked for once. Make another one."), frappe.PermissionError)
		asked.check(self)

	def after_insert(self):
		writing.start(self.name)

	def on_trash(self):
		if self.status == RUNNING:
			frappe.throw(_("The file is being written. Delete the export afterwards."))
