"""One run over the people of a company: when, how many, and what went wrong. Kept by services/evaluation/runs.py."""

from frappe import _
from frappe.model.document import Document

from mkd_hrms.controllers.kept_by_services import KeptByServices
from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.services.privacy import old_logs


class MKDEvaluationRun(Numbered, KeptByServices, Document):
	WRITTEN_WITH = "from_evaluation"

	def by_hand(self):
		return _("Runs are recorded by the system. Log Settings clears old ones.")

	@staticmethod
	def clear_old_logs(days: int = 90) -> None:
		"""What Log Settings calls every day."""
		old_logs.clear_runs(days)
