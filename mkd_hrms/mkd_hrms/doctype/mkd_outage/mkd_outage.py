"""A period in which the systems could not be reached: nothing in it counts against anybody."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime

from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.day import outage_effects
from mkd_hrms.services.standing.changes_noted import concerns_whom_an_outage_kept_out


class MKDOutage(Numbered, Document):
	def __init__(self, *args, **kwargs):
		super().__init__(*args, **kwargs)
		# No company means that it is not about one; Frappe would fill in the site's default company.
		self.dont_update_if_missing += ["company"]

	def validate(self):
		if get_datetime(self.from_datetime) >= get_datetime(self.to_datetime):
			frappe.throw(_("An outage ends after it begins."))
		self.require_whom_it_affects()

	def before_update_after_submit(self):
		self.taken_back = self.get_doc_before_save().taken_back

	def before_submit(self):
		self.recorded_on, self.taken_back = clock.now(), None

	def on_submit(self):
		outage_effects.settle(self)
		concerns_whom_an_outage_kept_out(self)

	def on_cancel(self):
		outage_effects.settle(self)
		concerns_whom_an_outage_kept_out(self)

	def require_whom_it_affects(self):
		for field in ("company", "department"):
			if field != self.scope.lower():
				self.set(field, None)
			elif not self.get(field):
				frappe.throw(
					_("Name the {0} that the outage affects.").format(_(self.scope)), frappe.MandatoryError
				)
