"""The result of one period from TRK, e-Kinerja or by hand. The newest submitted one counts."""

import frappe
from frappe import _

from mkd_hrms.controllers.judged_record import JudgedRecord
from mkd_hrms.controllers.numbered import Numbered


class MKDPerformanceRecord(Numbered, JudgedRecord):
	def validate(self):
		self.validate_from_to_dates("period_start", "period_end")
		self.tell_no_score_from_zero()
		self.require_result()
		super().validate()

	def tell_no_score_from_zero(self):
		"""The database stores an empty score as 0, so a separate tick says whether there is one."""
		if self.score:
			self.has_score = 1
		if not (self.has_score and self.score):
			self.score = 0

	def require_result(self):
		if not (self.predicate or self.has_score or self.productive_minutes):
			frappe.throw(
				_("Enter a predicate, a score, or productive minutes; without any there is no result."),
				frappe.MandatoryError,
				title=_("Result Missing"),
			)


def on_doctype_update():
	frappe.db.add_index("MKD Performance Record", ["employee", "period_end"])
