"""What a request shows of how it was decided, and to whom (rule P3): all of it stands in the records of decisions.

Everybody above an employee may list his requests, and a column of a table that one may list can be read in disguise
whatever its permission level says. So none of this is a column.
"""

from __future__ import annotations

import json

import frappe
from frappe.model.document import Document

from mkd_hrms.policy.model import Outcome, Verdict
from mkd_hrms.services.decisions import reasons, records
from mkd_hrms.services.decisions.records import OpenGates


class DecidedDocument(Document):
	@property
	def findings(self):
		"""All evaluations as JSON, for the employee himself and HR."""
		# Nothing was found about what was not decided.
		if self.is_new() or not self.get("outcome") or not reasons.may_read_findings(self):
			return None
		# A save asks for it once for each transition with a condition, and an answer for what the reader may read of it.
		if self.flags.findings is None or not (self.is_being_saved or self.flags.is_answer):
			self.flags.findings = self.kept_findings()
		return self.flags.findings or None

	def apply_fieldlevel_read_permissions(self):
		"""The last that is done to a document before it is given away: what is found now is what the answer holds."""
		self.flags.findings, self.flags.is_answer = None, True
		super().apply_fieldlevel_read_permissions()

	@property
	def failed_gates(self):
		"""The names of the gates that failed, also for who decides or decided; nobody else above is told."""
		return self.shown_gates().failed

	@property
	def unknown_gates(self):
		return self.shown_gates().unknown

	def shown_gates(self):
		is_open = self.get("outcome") in (Outcome.NOT_ELIGIBLE.value, Outcome.NEEDS_REVIEW.value)
		return self.open_gates() if is_open and reasons.may_know_gates(self) else OpenGates()

	def open_gates(self):
		"""What stood in the way when the request was last decided about. Asks no permission."""
		if self.flags.gates is None or not self.is_being_saved:
			found = records.open_gates(self.doctype, [self.name])
			self.flags.gates = found.get(self.name, OpenGates())
		return self.flags.gates

	def kept_findings(self):
		evaluations = records.kept(self.doctype, self.name)
		return (
			json.dumps({"version": 1, "evaluations": evaluations}, ensure_ascii=False) if evaluations else ""
		)

	def reasons_not_met(self):
		"""The failing gates in sentences, for the notice to the employee."""
		return reasons.sentences(self, only=(Verdict.FAIL,))

	@property
	def is_being_saved(self):
		return (self.doctype, self.name) in frappe.flags.currently_saving

	@property
	def permitted_fieldnames(self):
		"""Permission levels know only roles; what was found about himself is the employee's to read."""
		names = super().permitted_fieldnames
		return names | {"findings"} if reasons.may_read_findings(self) else names
