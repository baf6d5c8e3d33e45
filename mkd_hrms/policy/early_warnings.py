"""Who is one step from losing MKD, or days of it, while there is still time to do something (rule D10).

Only a gate that is on and passes warns: where it already fails or is unknown, its finding says so itself. The end
of a signed agreement is told whether or not the policy asks for one: somebody declared something until then. Nobody
is warned whose MKD is closed already. With the table of tiers nearly everybody's first absence would cost a day:
that is the rule and no warning, so a tier warns from the first recorded absence on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mkd_hrms.policy.engine.evaluate import earn, evaluate, judge
from mkd_hrms.policy.facts import Agreement, Facts, covers
from mkd_hrms.policy.gates.case import Case
from mkd_hrms.policy.model import Finding, Gate, Outcome, Policy, Verdict
from mkd_hrms.policy.performance import counts_until, longest_age

TRACK_RECORD = (Gate.PERFORMANCE, Gate.ABSENCE)

Look = Callable[[Policy, Facts, date], bool]


@dataclass(frozen=True, slots=True)
class EarlyWarning:
	"""What is near: the value measured, the limit it comes to and its clause, the last good day, the document.

	`reason` names the sentence in `explain`.
	"""

	gate: str
	reason: str
	actual: str | float
	limit: str | float
	source: str
	until: date | None = None
	record: str | None = None

	@property
	def threshold(self) -> str:
		"""The same from night to night as long as nothing happens, so that each is told once."""
		value = f"{self.actual:g}" if isinstance(self.actual, float) else str(self.actual)
		return f"{self.gate}:{self.reason}:{self.until or value}"


Ask = Callable[[Case], EarlyWarning | None]


def early_warnings(policy: Policy, facts: Facts, on: date, today: date) -> tuple[EarlyWarning, ...]:
	"""What one more event would close or lower, and what ends within `warning_days` of the MKD date (rule D10).

	Of most people nothing is near, so a gate is asked only where a look at the bare numbers leaves it possible.
	"""
	asked = [ask for is_near, ask in WATCHED if is_near(policy, facts, on)]
	return _ask_closely(asked, Case(facts, policy, on, today)) if asked else ()


def _ask_closely(asked: Iterable[Ask], case: Case) -> tuple[EarlyWarning, ...]:
	found = tuple(warning for ask in asked if (warning := ask(case)))
	if found and evaluate(case.policy, case.facts, case.on, case.today).outcome is Outcome.NOT_ELIGIBLE:
		return ()
	return found


def _absence(case: Case) -> EarlyWarning | None:
	"""One more unexcused absence closes MKD or, where there is one already, leaves fewer days a week."""
	record = case.facts.attendance
	if record is None:
		return None
	later = replace(case, facts=replace(case.facts, attendance=replace(record, absences=record.absences + 1)))
	before, after = _track_record(case), _track_record(later)
	if _passes(before, Gate.ABSENCE) and not _passes(after, Gate.ABSENCE):
		limit, source = case.policy.absence_fails_at, case.policy.clause("absence_fails_at")
		return EarlyWarning(Gate.ABSENCE.value, "absence_next_closes", record.absences, limit, source)
	earned, lowered = earn(case, before)[0], earn(later, after)[0]
	if lowered == earned or not record.absences:
		return None
	reason = "absence_next_lowers" if lowered else "absence_next_takes_all"
	return EarlyWarning(Gate.TIER.value, reason, record.absences, lowered, case.policy.clause("tiers"))


def _lateness(case: Case) -> EarlyWarning | None:
	"""One more late day closes MKD."""
	record = case.facts.attendance
	if record is None or record.late_days is None or not _passes(_ask(case, Gate.LATENESS), Gate.LATENESS):
		return None
	later = replace(case.facts, attendance=replace(record, late_days=record.late_days + 1))
	if _passes(_ask(replace(case, facts=later), Gate.LATENESS), Gate.LATENESS):
		return None
	limit, source = case.policy.late_allowed, case.policy.clause("late_allowed")
	return EarlyWarning(Gate.LATENESS.value, "late_next_closes", record.late_days, limit, source)


def _reports(case: Case) -> EarlyWarning | None:
	"""One more rejected report closes MKD."""
	record = case.facts.reports
	if record is None or not _passes(_ask(case, Gate.REPORTS), Gate.REPORTS):
		return None
	later = replace(case.facts, reports=replace(record, rejected=record.rejected + 1))
	if _passes(_ask(replace(case, facts=later), Gate.REPORTS), Gate.REPORTS):
		return None
	limit, source = case.policy.report_rejections_allowed, case.policy.clause("report_rejections_allowed")
	return EarlyWarning(Gate.REPORTS.value, "rejection_next_closes", record.rejected, limit, source)


def _freshness(case: Case) -> EarlyWarning | None:
	"""The newest result goes stale within the warning days."""
	for found in _ask(case, Gate.FRESHNESS):
		if found.reason != "result_fresh":
			continue
		last = counts_until(found.until, found.limit)
		if _ends_soon(case, Gate.FRESHNESS, last):
			measured = (found.actual, found.limit, found.source)
			return EarlyWarning(found.gate, "result_ends", *measured, last, found.record)
	return None


def _talent_box(case: Case) -> EarlyWarning | None:
	"""The newest box grows too old within the warning days."""
	months = case.policy.appraisal_max_age_months
	for found in _ask(case, Gate.TALENT_BOX):
		if found.reason != "box_listed":
			continue
		last = counts_until(found.until, months)
		if _ends_soon(case, Gate.TALENT_BOX, last):
			clause = case.policy.clause("appraisal_max_age_months")
			return EarlyWarning(found.gate, "box_ends", found.actual, months, clause, last, found.record)
	return None


def _agreement(case: Case) -> EarlyWarning | None:
	"""The agreement ends within the warning days, and no other one goes on from there; the gate may be off."""
	for found in judge(case, (Gate.AGREEMENT,)):
		if found.reason != "agreed":
			continue
		last, record = found.until, found.record
		while _is_soon(case.policy, case.on, last) and (entry := _agreement_on(case, last + timedelta(1))):
			last, record = entry.until, entry.record
		if _ends_soon(case, Gate.AGREEMENT, last):
			measured = (found.actual, found.limit, found.source)
			return EarlyWarning(found.gate, "agreement_ends", *measured, last, record)
	return None


def _agreement_on(case: Case, day: date) -> Agreement | None:
	"""The signed agreement that goes on where another one ends."""
	signed = (entry for entry in case.facts.agreements if entry.signed_on <= case.today)
	return next((entry for entry in signed if covers(entry.since, entry.until, day)), None)


def _ends_soon(case: Case, gate: Gate, last: date) -> bool:
	"""Whether the day after `last` is near, and nobody has decided already that it passes."""
	return _is_soon(case.policy, case.on, last) and not _passes(
		judge(replace(case, on=last + timedelta(1)), (gate,)), gate
	)


def _track_record(case: Case) -> list[Finding]:
	return judge(case, case.policy.gates.intersection(TRACK_RECORD))


def _ask(case: Case, gate: Gate) -> list[Finding]:
	return judge(case, case.policy.gates & {gate})


def _passes(findings: list[Finding], gate: Gate) -> bool:
	return any(found.gate == gate.value and found.verdict is Verdict.PASS for found in findings)


# For each question a look at the bare numbers. It may say yes in vain, for a person's decision or a gate that is
# off can still answer; it never says no where the question would find something.
def _absence_is_near(policy: Policy, facts: Facts, _on: date) -> bool:
	record = facts.attendance
	if record is None:
		return False
	return record.absences > 0 or record.absences + 1 + record.doubtful_absences >= policy.absence_fails_at


def _lateness_is_near(policy: Policy, facts: Facts, _on: date) -> bool:
	record = facts.attendance
	return record is not None and record.late_days is not None and record.late_days + 1 > policy.late_allowed


def _reports_are_near(policy: Policy, facts: Facts, _on: date) -> bool:
	record = facts.reports
	return record is not None and record.rejected + 1 > policy.report_rejections_allowed


def _result_ends_soon(policy: Policy, facts: Facts, on: date) -> bool:
	result = facts.result
	if result is None:
		return False
	_parameter, months = longest_age(policy, result)
	last = counts_until(result.period_end, months)
	return on <= last and _is_soon(policy, on, last)


def _box_ends_soon(policy: Policy, facts: Facts, on: date) -> bool:
	entry = facts.talent_box
	if entry is None:
		return False
	last = counts_until(entry.until, policy.appraisal_max_age_months)
	return on <= last and _is_soon(policy, on, last)


def _agreement_ends_soon(policy: Policy, facts: Facts, on: date) -> bool:
	return any(_is_soon(policy, on, entry.until) for entry in facts.agreements)


def _is_soon(policy: Policy, on: date, last: date) -> bool:
	"""Whether the first day after `last` lies within the warning days."""
	return (last - on).days < policy.warning_days


WATCHED: tuple[tuple[Look, Ask], ...] = (
	(_absence_is_near, _absence),
	(_lateness_is_near, _lateness),
	(_reports_are_near, _reports),
	(_result_ends_soon, _freshness),
	(_box_ends_soon, _talent_box),
	(_agreement_ends_soon, _agreement),
)
