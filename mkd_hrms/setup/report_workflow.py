"""The workflow of a daily report: handed in, verified, returned once, rejected; or missing."""

from mkd_hrms.constants import (
	APPROVER,
	CANCEL,
	CANCELLED,
	DAILY_REPORT,
	DRAFT,
	EMPLOYEE,
	HAND_IN,
	HR_MANAGER,
	HR_USER,
	MISSING,
	OFFICER,
	REJECT,
	REJECTED,
	REPORT_WORKFLOW,
	RETURN,
	RETURNED,
	SELF_SERVICE,
	SUBMITTED,
	VERIFIED,
	VERIFY,
)

NAME, DOCTYPE = REPORT_WORKFLOW, DAILY_REPORT
# As in the workflow of a request: a plain submit() lands on the first submitted state, which is to be handed in.
STATES = (
	(DRAFT, "0", "All", ""),
	(MISSING, "0", HR_USER, "Danger"),
	(SUBMITTED, "1", APPROVER, "Warning"),
	(RETURNED, "1", "All", "Warning"),
	(VERIFIED, "1", OFFICER, "Success"),
	(REJECTED, "1", OFFICER, "Danger"),
	(CANCELLED, "2", OFFICER, "Inverse"),
)
HR = (HR_USER, HR_MANAGER, OFFICER)
WRITERS = (EMPLOYEE, SELF_SERVICE, *HR)
VERIFIERS = (APPROVER, *HR)
NOT_RETURNED_YET = "not doc.returned_on"

TRANSITIONS = (
	(DRAFT, HAND_IN, SUBMITTED, WRITERS, None, 1),
	(MISSING, HAND_IN, SUBMITTED, HR, None, 1),
	(SUBMITTED, VERIFY, VERIFIED, VERIFIERS, None, 0),
	(SUBMITTED, RETURN, RETURNED, VERIFIERS, NOT_RETURNED_YET, 0),
	(SUBMITTED, REJECT, REJECTED, VERIFIERS, None, 0),
	(RETURNED, HAND_IN, SUBMITTED, WRITERS, None, 1),
	(RETURNED, VERIFY, VERIFIED, VERIFIERS, None, 0),
	(RETURNED, REJECT, REJECTED, VERIFIERS, None, 0),
	*((state, CANCEL, CANCELLED, HR, None, 1) for state in (SUBMITTED, RETURNED, VERIFIED, REJECTED)),
)
