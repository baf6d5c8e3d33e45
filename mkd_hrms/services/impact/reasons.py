"""Why somebody gains, loses or changes days under another policy, in the reader's language."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import format_date

from mkd_hrms.constants import POLICY
from mkd_hrms.policy.impact.comparison import Change, Reason, Week
from mkd_hrms.policy.model import Finding
from mkd_hrms.policy.sentences import sentence
from mkd_hrms.services.impact.compare import NO_POLICY
from mkd_hrms.services.platform.wording import number


def reasons_of(change: Change) -> list[str]:
	"""One sentence for the days, where they are what changes, and one for each gate behind the change."""
	days = [_days(*change.weeks)] if change.weeks else []
	return days + [_gate(reason) for reason in change.why]


def _days(before: Week, after: Week) -> str:
	label = frappe.get_meta(POLICY).get_label(after.number)
	return _("Days a week: {0} before, {1} after, by {2} [{3}]").format(
		before.days, after.days, _(label, context=POLICY), _(after.source)
	)


def _gate(reason: Reason) -> str:
	"""What the draft finds; where it does not ask the gate, what the present policy finds."""
	if reason.before and reason.before.reason == NO_POLICY:
		return _("No policy was in force before.")
	gate = _(reason.gate, context="MKD Policy Gate")
	if reason.after:
		return f"{gate}: {_told(reason.after)}"
	return _("{0}: no longer asked. Before: {1}").format(gate, _told(reason.before))


def _told(found: Finding) -> str:
	return sentence(found, _, format_date, number)
