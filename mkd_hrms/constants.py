"""The vocabulary: names that several modules share, spelled once."""

# The states of a day in the ledger: the rules know them, so they stand there.
from mkd_hrms.policy.model import (  # noqa: F401 (handed on)
	AHEAD_STATES,
	APPROVED,
	AT_WORK_STATES,
	NO_SHOW,
	PENDING,
	RELEASED,
	REVOKED,
	SUSPENDED,
	USED_DAY_STATES,
	WORKED,
)

APP = "mkd_hrms"
MODULE = "MKD HRMS"

# DocTypes
REQUEST = "MKD Request"
DAY = "MKD Day"
DAY_REASON = "MKD Day Reason"
DAILY_REPORT = "MKD Daily Report"
ELIGIBILITY = "MKD Eligibility"
POLICY = "MKD Policy"
SUITABILITY = "MKD Suitability"
DISCIPLINE_RECORD = "MKD Discipline Record"
PERFORMANCE_RECORD = "MKD Performance Record"
TALENT_RECORD = "MKD Talent Record"
SUSPENSION = "MKD Suspension"
AGREEMENT = "MKD Agreement"
SETTINGS = "MKD Settings"
DECISION_RECORD = "MKD Decision Record"
GATE_DECISION = "MKD Gate Decision"
EARLY_WARNING = "MKD Early Warning"
PLACE_HINT = "MKD Place Hint"
WARNING = "MKD Warning"
OBJECTION = "MKD Objection"
# Of the platform.
FILE = "File"
# What somebody is given by the ladder or by HR.
MEASURES = (WARNING, SUSPENSION)
OUTAGE = "MKD Outage"
OFFICE_DAY = "MKD Office Day"
DAY_SWAP = "MKD Day Swap"
COLLECTIVE_DAY = "MKD Collective Day"
DELEGATION = "MKD Delegation"
RETENTION_RUN = "MKD Retention Run"
WAITING_PLACE = "MKD Waiting Place"
FEED = "MKD Calendar Feed"
CHECKIN = "Employee Checkin"
IMPORT = "MKD Import"
IMPORT_LINE = "MKD Import Line"
IMPORT_PROFILE = "MKD Import Profile"
EXPORT = "MKD Export"
LETTER = "MKD Letter"
SAVINGS_FACTOR = "MKD Savings Factor"
UTILITY_BILL = "MKD Utility Bill"

# Reports
IMPACT = "MKD Policy Impact"
COVERAGE = "MKD Coverage"
MONTHLY_RECAP = "MKD Monthly Recap"
EVALUATION_RUN = "MKD Evaluation Run"

# Roles: ours, and those of the platform to which we give rights.
OFFICER = "MKD Officer"
APPROVER = "MKD Approver"
EMPLOYEE = "Employee"
SELF_SERVICE = "Employee Self Service"
HR_USER = "HR User"
HR_MANAGER = "HR Manager"
SYSTEM_MANAGER = "System Manager"
# Of programs: each asks for one thing, and has no Desk.
DATA_SENDER = "MKD Data Sender"
SCHEDULE_READER = "MKD Schedule Reader"
FOR_PROGRAMS = (DATA_SENDER, SCHEDULE_READER)
OUR_ROLES = (OFFICER, APPROVER, *FOR_PROGRAMS)
# Who acts for HR: applies for somebody else, reviews what is unknown, decides where there is no superior.
HR_ROLES = frozenset((HR_USER, HR_MANAGER, OFFICER))

# States of a request, where they differ from those of a day. What each of them means stands in the workflow
# (services/requests/states.py).
DRAFT = "Draft"
PENDING_APPROVAL = "Pending Approval"
PENDING_HR_REVIEW = "Pending HR Review"
DENIED = "Denied"
WITHDRAWN = "Withdrawn"
EXPIRED = "Expired"
REJECTED = "Rejected"
COMPLETED = "Completed"
CANCELLED = "Cancelled"

# States of a swap of days, where they differ from those of a request; and its kinds.
PENDING_CONSENT = "Pending Consent"
DECLINED = "Declined"
EXCHANGE, HAND_OVER = "Exchange", "Hand Over"

# How a weekly pattern goes, besides Running and Ended.
PAUSED = "Paused"

# States of an early warning.
OPEN = "Open"
ENDED = "Ended"

# What a reviewed place hint says.
EXPLAINED = "Explained"
CONFIRMED = "Confirmed"
REFUSED = "Refused"

# States of a measure.
IN_FORCE = "In Force"
LIFTED = "Lifted"
ANNULLED = "Annulled"

# States of an objection, where they differ from those of a request.
PENDING_DECISION = "Pending Decision"
UPHELD = "Upheld"
DISMISSED = "Dismissed"

# Actions of the workflow.
APPLY = "Apply"
APPROVE = "Approve"
REJECT = "Reject"
WITHDRAW = "Withdraw"
EVALUATE_AGAIN = "Evaluate Again"
CANCEL = "Cancel"
# Not "File", "Dismiss", "Return" or "Verify": what the platform calls so would bear our translation everywhere.
FILE_OBJECTION = "File Objection"
UPHOLD = "Uphold"
DISMISS = "Dismiss Objection"

ASK = "Ask"
CONSENT = "Consent"
DECLINE = "Decline"

WORKFLOW = "MKD Request Approval"
SWAP_WORKFLOW = "MKD Day Swap Approval"
OBJECTION_WORKFLOW = "MKD Objection Decision"
QUOTA_SCRIPT = "MKD Request Quota"
ROLE_EXCLUSION_SCRIPT = "MKD Request Role Exclusion"

# States of a daily report, where they differ from those of a request.
SUBMITTED = "Submitted"
VERIFIED = "Verified"
RETURNED = "Returned"
MISSING = "Missing"

# Actions of its workflow.
HAND_IN = "Hand In"
VERIFY = "Verify Report"
RETURN = "Return Report"
REPORT_WORKFLOW = "MKD Daily Report Verification"

# What a suitability decision may be about.
PERSON = "Employee"
DESIGNATION = "Designation"
UNIT = "Department"
SUITABLE = "Suitable"

# What starts an evaluation run, and how it goes.
NIGHTLY, BY_POLICY, BY_RECORDS, BY_HAND = "Nightly", "Policy", "Records", "By Hand"
WAITING, RUNNING, RUN_FAILED, INTERRUPTED = "Waiting", "Running", "Failed", "Interrupted"
# Who may start one by hand.
STARTS_EVALUATION = frozenset((HR_MANAGER, OFFICER))

# How an import stands, where its states are not those of a run.
CHECKING, CHECKED, APPLYING, APPLIED = "Checking", "Checked", "Applying", "Applied"
UNDOING, UNDONE = "Undoing", "Undone"
# An export whose file was kept long enough.
REMOVED = "Removed"
# Who may import, and export; and who may ask for the schedule by program.
IMPORTS = frozenset((HR_MANAGER, OFFICER))
PULLS = IMPORTS | {SCHEDULE_READER}
