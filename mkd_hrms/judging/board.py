"""Where somebody is on a date, as one letter of the coverage board: in full, or as a colleague may know it (rule P3)."""

from __future__ import annotations

from datetime import date

from mkd_hrms.facts.ledger.unit_days import LEAVE, Colleague
from mkd_hrms.policy.model import APPROVED, NO_SHOW, PENDING, SUSPENDED, WORKED

OFFICE, MKD, ON_LEAVE, TRIP, TRAINING, HOLIDAY = "O", "M", "L", "T", "G", "H"
HALF_LEAVE, MKD_AND_HALF_LEAVE = "l", "m"
ASKED, HELD, ABSENT = "P", "S", "N"
# No holiday list says whether it is a working day; somewhere, which is all that a colleague is told; not in service.
UNKNOWN, AWAY, OUT = "U", "A", "-"
KINDS = {LEAVE: ON_LEAVE, "Training Event": TRAINING}
STATES = {APPROVED: MKD, WORKED: MKD, NO_SHOW: ABSENT, PENDING: ASKED, SUSPENDED: HELD}
# What is only asked for, or held back, is a day in the office to a colleague, and an absence the MKD day that it was.
TO_A_COLLEAGUE = {TRIP: AWAY, TRAINING: AWAY, ASKED: OFFICE, HELD: OFFICE, ABSENT: MKD}


def letter(colleague: Colleague, day: date, works: bool | None, in_full: bool) -> str:
	"""Where he is on a date; `works` is what his calendar says of it, None where no list covers it.

	Leave and trips come before an MKD day, which they are about to release, and a holiday before what only lasts over it.
	"""
	if not colleague.serves(day):
		return OUT
	booked = colleague.days.get(day)
	state = STATES.get(booked.status) if booked else None
	if not in_full:
		state = TO_A_COLLEAGUE.get(state, state)
	if works is False and state in (None, OFFICE):
		return HOLIDAY
	if period := colleague.period_on(day):
		kind = KINDS.get(period.kind, TRIP)
		return kind if in_full else TO_A_COLLEAGUE.get(kind, kind)
	if state not in (None, OFFICE):
		return MKD_AND_HALF_LEAVE if state == MKD and _has_half_leave(colleague, day) else state
	if _has_half_leave(colleague, day):
		return HALF_LEAVE
	return UNKNOWN if works is None else OFFICE


def _has_half_leave(colleague: Colleague, day: date) -> bool:
	return any(period.kind == LEAVE and period.half_day == day for period in colleague.away)
