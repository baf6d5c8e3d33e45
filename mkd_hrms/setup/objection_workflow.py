"""The workflow of an objection: filed, then upheld or dismissed by HR, or withdrawn."""

from mkd_hrms.constants import (
	DISMISS,
	DISMISSED,
	DRAFT,
	EMPLOYEE,
	FILE,
	HR_MANAGER,
	HR_USER,
	OBJECTION,
	OBJECTION_WORKFLOW,
	OFFICER,
	PENDING_DECISION,
	SELF_SERVICE,
	UPHELD,
	UPHOLD,
	WITHDRAW,
	WITHDRAWN,
)

NAME, DOCTYPE = OBJECTION_WORKFLOW, OBJECTION
# State, docstatus, who may edit the form in it, style. Dismissed is the first submitted one on purpose: a plain
# submit() that bypasses the transitions lands on the first state of its docstatus, where it lacks its reason.
STATES = (
	(DRAFT, "0", "All", ""),
	(PENDING_DECISION, "0", HR_MANAGER, "Warning"),
	(WITHDRAWN, "0", OFFICER, "Inverse"),
	(DISMISSED, "1", OFFICER, "Danger"),
	(UPHELD, "1", OFFICER, "Success"),
)
FILERS = (EMPLOYEE, SELF_SERVICE, HR_USER, HR_MANAGER, OFFICER)
DECIDERS = (HR_MANAGER, OFFICER)
# From, action, to, roles, condition, whether the one who created the objection may do it.
TRANSITIONS = (
	(DRAFT, FILE, PENDING_DECISION, FILERS, None, 1),
	(PENDING_DECISION, UPHOLD, UPHELD, DECIDERS, None, 0),
	(PENDING_DECISION, DISMISS, DISMISSED, DECIDERS, None, 0),
	(PENDING_DECISION, WITHDRAW, WITHDRAWN, FILERS, None, 1),
)
