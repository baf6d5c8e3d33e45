"""Actions of a Workflow: Log Settings clear the closed ones of our documents."""

from frappe.workflow.doctype.workflow_action.workflow_action import WorkflowAction

from mkd_hrms.services.privacy import old_logs


class MKDWorkflowAction(WorkflowAction):
	"""Frappe keeps every action for good. What others keep of their documents is not ours to clear."""

	@staticmethod
	def clear_old_logs(days: int = 400) -> None:
		"""What Log Settings calls every day."""
		old_logs.clear_closed_actions(days)
