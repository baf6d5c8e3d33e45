"""The approver's role of a unit's heads, who decide where an employee has no superior."""

from mkd_hrms.overrides.user import grant_approver


def on_update(doc, method=None):
	before = doc.get_doc_before_save()
	known = {row.approver for row in before.leave_approvers} if before else set()
	for row in doc.leave_approvers:
		if row.approver not in known:
			grant_approver(row.approver)
