"""One run over the people of a company: when, how many, and what went wrong. Kept by services/evaluation/runs.py."""

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.services.privacy import old_logs


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
		old_logs.clear_runs(days)
