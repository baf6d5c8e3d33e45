"""Who is one step from losing MKD, or days of it, while there is still time to do something (rule D10).

Only a gate that is on and passes warns: where it already fails or is unknown, its finding says so itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from mkd_hrms.policy.case import Case
from mkd_hrms.policy.dates import add_months
from mkd_hrms.policy.engine import earn, judge
from mkd_hrms.policy.facts import Agreement, Facts, covers
from mkd_hrms.policy.model import Finding, Gate, Policy, Verdict

TRACK_RECORD = (Gate.PERFORMANCE, Gate.ABSENCE)


@dataclass(frozen=True, slots=True)
class EarlyWarning:
	"""What is near: the value measured, the limit it comes to, the last good day, the document.

	`reason` names the sentence in `explain`.
	"""

	gate: str
	reason: str
	actual: str | float
	limit: str | float
	until: date | None = None
	record: str | None = None

	@property
	def threshold(self) -> str:
		"""The same from night to night as long as nothing happens, so that each is told once."""
		value = f"{self.actual:g}" if isinstance(self.actual, float) else str(self.actual)
		return f"{self.gate}:{self.reason}:{self.until or value}"


def early_warnings(policy: Policy, facts: Facts, on: date, today: date) -> tuple[EarlyWarning, ...]:
	"""What one more event would close or lower, and what ends within `warning_days` of the MKD date (rule D10)."""
	case = Case(facts, policy, on, today)
	found = (_absence(case), _lateness(case), _reports(case), _freshness(case), _agreement(case))
	return tuple(warning for warning in found if warning)


def _absence(case: Case) -> EarlyWarning | None:
	"""One more unexcused absence closes MKD, or leaves fewer days a week."""
	record = case.facts.attendance
	if record is None:
		return None
	later = replace(case, facts=replace(case.facts, attendance=replace(record, absences=record.absences + 1)))
	before, after = _track_record(case), _track_record(later)
	if _passes(before, Gate.ABSENCE) and not _passes(after, Gate.ABSENCE):
		limit = case.policy.absence_fails_at
		return EarlyWarning(Gate.ABSENCE.value, "absence_next_closes", record.absences, limit)
	earned, lowered = earn(case, before)[0], earn(later, after)[0]
	if lowered == earned:
		return None
	reason = "absence_next_lowers" if lowered else "absence_next_takes_all"
	return EarlyWarning(Gate.TIER.value, reason, record.absences, lowered)


def _lateness(case: Case) -> EarlyWarning | None:
	"""One more late day closes MKD."""
	record = case.facts.attendance
	if record is None or record.late_days is None or not _passes(_ask(case, Gate.LATENESS), Gate.LATENESS):
		return None
	later = replace(case.facts, attendance=replace(record, late_days=record.late_days + 1))
	if _passes(_ask(replace(case, facts=later), Gate.LATENESS), Gate.LATENESS):
		return None
	return EarlyWarning(Gate.LATENESS.value, "late_next_closes", record.late_days, case.policy.late_allowed)


def _reports(case: Case) -> EarlyWarning | None:
	"""One more rejected report closes MKD."""
	record = case.facts.reports
	if record is None or not _passes(_ask(case, Gate.REPORTS), Gate.REPORTS):
		return None
	later = replace(case.facts, reports=replace(record, rejected=record.rejected + 1))
	if _passes(_ask(replace(case, facts=later), Gate.REPORTS), Gate.REPORTS):
		return None
	limit = case.policy.report_rejections_allowed
	return EarlyWarning(Gate.REPORTS.value, "rejection_next_closes", record.rejected, limit)


def _freshness(case: Case) -> EarlyWarning | None:
	"""The newest result goes stale within the warning days."""
	for found in _ask(case, Gate.FRESHNESS):
		if found.reason != "result_fresh":
			continue
		last = add_months(found.until, found.limit)
		if _ends_soon(case, Gate.FRESHNESS, last):
			return EarlyWarning(found.gate, "result_ends", found.actual, found.limit, last, found.record)
	return None


def _agreement(case: Case) -> EarlyWarning | None:
	"""The agreement ends within the warning days, and no other one goes on from there."""
	for found in _ask(case, Gate.AGREEMENT):
		if found.reason != "agreed":
			continue
		last, record = found.until, found.record
		while _near(case, last) and (entry := _agreement_on(case, last + timedelta(1))):
			last, record = entry.until, entry.record
		if _ends_soon(case, Gate.AGREEMENT, last):
			return EarlyWarning(found.gate, "agreement_ends", found.actual, found.limit, last, record)
	return None


def _agreement_on(case: Case, day: date) -> Agreement | None:
	"""The signed agreement that goes on where another one ends."""
	signed = (entry for entry in case.facts.agreements if entry.signed_on <= case.today)
	return next((entry for entry in signed if covers(entry.since, entry.until, day)), None)


def _near(case: Case, last: date) -> bool:
	return last - case.on < timedelta(case.policy.warning_days)


def _ends_soon(case: Case, gate: Gate, last: date) -> bool:
	"""Whether the day after `last` is near, and nobody has decided already that it passes."""
	return _near(case, last) and not _passes(_ask(replace(case, on=last + timedelta(1)), gate), gate)


def _track_record(case: Case) -> list[Finding]:
	return judge(case, case.policy.gates.intersection(TRACK_RECORD))


def _ask(case: Case, gate: Gate) -> list[Finding]:
	return judge(case, case.policy.gates & {gate})


def _passes(findings: list[Finding], gate: Gate) -> bool:
	return any(found.gate == gate.value and found.verdict is Verdict.PASS for found in findings)
