"""One run over the people of a company: when, how many, and what went wrong. Kept by services/evaluation/runs.py."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import Interval
from frappe.query_builder.functions import Now

from mkd_hrms.controllers.numbered import Numbered


class MKDEvaluationRun(Numbered, Document):
	def validate(self):
		self.refuse_by_hand()

	def on_trash(self):
		self.refuse_by_hand()

	def refuse_by_hand(self):
		if not self.flags.from_evaluation:
			frappe.throw(
				_("Runs are recorded by the system. Log Settings clears old ones."),
				frappe.PermissionError,
				title=_("Not Editable"),
			)

	@staticmethod
	def clear_old_logs(days: int = 90) -> None:
		"""What Log Settings calls every day."""
		run = frappe.qb.DocType("MKD Evaluation Run")
		frappe.db.delete(run, filters=(run.creation < (Now() - Interval(days=days))))
