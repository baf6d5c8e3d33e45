"""What each gate asks of an employee, in a sentence, and which numbers of a policy its answer rests on.

The sentences are English and translated by whoever shows them. The form of a policy and the guide say the same.
"""

from __future__ import annotations

from mkd_hrms.policy.engine.second_policy import LOOKS_AT
from mkd_hrms.policy.model import Gate


def _(sentence: str) -> str:
	"""Marks a sentence for translation without translating it yet."""
	return sentence


QUESTIONS: dict[Gate, str] = {
	Gate.STATUS: _(
		"Only an active employee may work away: your employment status is Active when you apply and on each date,"
		" and each date lies between your first and your last day of service."
	),
	Gate.TYPE: _("Your employment type is among those that may work away."),
	Gate.NOT_NEW: _(
		"On the MKD date you have enough full months of service, or in your present post, whichever the policy counts."
	),
	Gate.ROLE: _(
		"Your position is classified as Suitable. A decision about you comes before one about your position, and that"
		" before one about your unit or the nearest unit above it."
	),
	Gate.SERVICE_UNIT: _(
		"Your unit does not serve the public face to face: such units stay in the office, so that the public keeps"
		" full service."
	),
	Gate.PERFORMANCE: _("Your newest performance result is good enough."),
	Gate.FRESHNESS: _("Your newest performance result is not too old on the MKD date."),
	Gate.TALENT_BOX: _(
		"Your newest box of the talent map is among those that may work away, and not too old on the MKD date."
	),
	Gate.ABSENCE: _(
		"In the period looked at you have fewer unexcused absences than the number at which MKD closes."
	),
	Gate.RECORDS: _(
		"Of your working days in the period of absence not too many are without any attendance record."
	),
	Gate.LATENESS: _(
		"In the period looked at you have no more late or early-exit days than the policy allows."
	),
	Gate.DISCIPLINE: _(
		"No disciplinary case is open, no sanction is in force, and the waiting time after one is over."
	),
	Gate.REPORTS: _(
		"No daily report of an MKD day is overdue, and no more were rejected than the policy allows."
	),
	Gate.TRK: _(
		"In the last closed month you reached the productive minutes that the days on which you were available ask for."
	),
	Gate.AGREEMENT: _("An agreement that you have signed is valid on the MKD date."),
	Gate.READINESS: _("You declare that you have a computer and internet where you will work."),
	Gate.SUSPENSION: _("No suspension of your MKD covers the date."),
	Gate.TIER: _(
		"Your track record earns at least one MKD day a week, and not fewer than the week holds with this day."
	),
}

# What is looked at before a gate is asked: the period that its facts are of, and which of several they are.
_FACTS: dict[Gate, tuple[str, ...]] = {
	Gate.PERFORMANCE: ("score_field",),
	Gate.ABSENCE: ("absence_window_months",),
	Gate.RECORDS: ("absence_window_months",),
	Gate.LATENESS: ("late_window_days",),
	Gate.REPORTS: ("report_window_days",),
}
# The first one names the unit in which a gate counts.
NUMBERS: dict[Gate, tuple[str, ...]] = {
	gate: (*LOOKS_AT.get(gate, ()), *_FACTS.get(gate, ())) for gate in Gate
}
