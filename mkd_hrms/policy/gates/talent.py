"""Where somebody stands in the talent map: its nine boxes show performance across and potential upwards."""

from __future__ import annotations

from mkd_hrms.policy.gates.case import FAIL, PASS, UNKNOWN, Case, finding
from mkd_hrms.policy.model import Finding, Gate
from mkd_hrms.policy.performance import counts_until
from mkd_hrms.policy.talent import written


def talent_box(case: Case) -> Finding:
	"""The newest box must be among the policy's; one that is too old on the MKD date says nothing any more (E8)."""
	entry, policy = case.facts.talent_box, case.policy
	allowed = written(policy.talent_boxes)
	if entry is None or entry.since > case.today:
		return finding(case, Gate.TALENT_BOX, "talent_boxes", UNKNOWN, "box_missing", None, allowed)
	details = {"since": entry.since, "until": entry.until, "record": entry.record}
	if case.on > counts_until(entry.until, policy.appraisal_max_age_months):
		clause = "appraisal_max_age_months"
		return finding(case, Gate.TALENT_BOX, clause, UNKNOWN, "box_stale", entry.box, allowed, **details)
	listed = entry.box in policy.talent_boxes
	verdict, reason = (PASS, "box_listed") if listed else (FAIL, "box_not_listed")
	return finding(case, Gate.TALENT_BOX, "talent_boxes", verdict, reason, entry.box, allowed, **details)
