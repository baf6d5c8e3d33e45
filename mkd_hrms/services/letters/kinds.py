"""The kinds of letters: each has its own numbers in the register, and tells what it came from."""

from __future__ import annotations

from enum import Enum

from mkd_hrms.constants import COLLECTIVE_DAY, DAILY_REPORT, OBJECTION, REQUEST, SUSPENSION, WARNING


class Kind(str, Enum):
	"""What a letter is, as the register says it."""

	PERMIT = "Permit"
	ASSIGNMENT = "Assignment"
	REFUSAL = "Refusal"
	WARNING = "Warning"
	REVOCATION = "Revocation"
	OBJECTION_DECISION = "Objection Decision"
	CIRCULAR = "Circular"
	VERIFICATION_SHEET = "Verification Sheet"
	RECAP = "Recap"


# Which letters can come of a document. A sheet of several reports and a recap are about a period: periods.py.
OF = {
	REQUEST: (Kind.PERMIT, Kind.ASSIGNMENT, Kind.REFUSAL, Kind.REVOCATION),
	WARNING: (Kind.WARNING,),
	SUSPENSION: (Kind.REVOCATION,),
	OBJECTION: (Kind.OBJECTION_DECISION,),
	COLLECTIVE_DAY: (Kind.CIRCULAR,),
	DAILY_REPORT: (Kind.VERIFICATION_SHEET,),
}
# What permits days, and no longer does once the request is revoked.
PERMITTING = (Kind.PERMIT, Kind.ASSIGNMENT)
