"""How somebody keeps to his hours and duties: absence, lateness, reports, discipline, suspension."""

from __future__ import annotations

from datetime import date

from mkd_hrms.policy.dates import add_months
from mkd_hrms.policy.facts import Sanction, covers
from mkd_hrms.policy.gates.case import FAIL, PASS, UNKNOWN, Case, finding
from mkd_hrms.policy.model import Finding, Gate, Policy

NONE = "none"
IN_PROCESS, ENDED, ANNULLED = "In Process", "Ended", "Annulled"


def absence(case: Case) -> Finding:
	"""Unexcused absences in the window close MKD when they reach the policy's number (E9).

	An absence on a day that no holiday list covers may have been a holiday: where such days decide, it is unknown.
	"""
	record, limit = case.facts.attendance, case.policy.absence_fails_at
	if record is None or record.since > record.until:
		return finding(case, Gate.ABSENCE, "absence_fails_at", UNKNOWN, "attendance_missing", None, limit)
	verdict, reason = (FAIL, "absent_too_often") if record.absences >= limit else (PASS, "seldom_absent")
	if record.absences < limit <= record.absences + record.doubtful_absences:
		verdict, reason = UNKNOWN, "absences_doubtful"
	details = {"since": record.since, "until": record.until}
	return finding(case, Gate.ABSENCE, "absence_fails_at", verdict, reason, record.absences, limit, **details)


def records(case: Case) -> Finding:
	"""Working days that nobody recorded are unknown; too many of them make the picture unknown (E10)."""
	record, limit = case.facts.attendance, case.policy.max_unknown_percent
	if record is None or not record.working_days:
		return finding(case, Gate.RECORDS, "max_unknown_percent", UNKNOWN, "attendance_missing", None, limit)
	percent = 100 * record.without_record / record.working_days
	verdict, reason = (UNKNOWN, "records_incomplete") if percent > limit else (PASS, "records_complete")
	return finding(
		case,
		Gate.RECORDS,
		"max_unknown_percent",
		verdict,
		reason,
		round(percent, 2),
		limit,
		since=record.since,
		until=record.until,
	)


def lateness(case: Case) -> Finding:
	"""Late or early-exit days that nothing excuses close MKD when there are more than the policy allows (E11)."""
	record, limit = case.facts.attendance, case.policy.late_allowed
	if record is None or record.late_days is None or record.since > record.until:
		return finding(case, Gate.LATENESS, "late_allowed", UNKNOWN, "attendance_missing", None, limit)
	verdict, reason = (FAIL, "late_too_often") if record.late_days > limit else (PASS, "seldom_late")
	details = {"since": record.late_since, "until": record.until}
	return finding(case, Gate.LATENESS, "late_allowed", verdict, reason, record.late_days, limit, **details)


def reports(case: Case) -> Finding:
	"""No MKD report may be overdue, and no more than the policy's number rejected (E13)."""
	record, limit = case.facts.reports, case.policy.report_rejections_allowed
	parameter = "report_rejections_allowed"
	if record is None:
		return finding(case, Gate.REPORTS, parameter, UNKNOWN, "reports_missing", None, limit)
	details = {"since": record.since, "until": record.until}
	if record.overdue:
		return finding(case, Gate.REPORTS, parameter, FAIL, "reports_overdue", record.overdue, 0, **details)
	verdict, reason = (FAIL, "reports_rejected") if record.rejected > limit else (PASS, "reports_in_order")
	return finding(case, Gate.REPORTS, parameter, verdict, reason, record.rejected, limit, **details)


def cool_off_end(policy: Policy, sanction: Sanction) -> date | None:
	"""The last day that the cool-off after a sanction closes; a case that was only in process has none."""
	if sanction.until is None or sanction.stage == IN_PROCESS:
		return sanction.until
	return add_months(sanction.until, policy.cool_off_months(sanction.level))


def _closes(case: Case, sanction: Sanction) -> bool:
	"""Whether a case is open today, or the MKD date lies in it or in its cool-off."""
	last = cool_off_end(case.policy, sanction)
	if sanction.stage == ENDED:
		return last is not None and covers(sanction.since, last, case.on)
	return covers(sanction.since, sanction.until, case.today) or covers(sanction.since, last, case.on)


def discipline(case: Case) -> Finding:
	"""A case in process, a sanction in force, or the cool-off after one closes MKD (E12).

	A closed register: no record means no case. A case that ended on an unknown day is unknown.
	"""
	sanctions = [entry for entry in case.facts.sanctions if entry.stage != ANNULLED]
	closing = [(cool_off_end(case.policy, entry), entry) for entry in sanctions if _closes(case, entry)]
	if closing:
		until, worst = max(closing, key=lambda pair: pair[0] or date.max)
		reason = "sanction_in_process" if worst.stage == IN_PROCESS else "sanction"
		actual, details = f"{worst.level}, {worst.stage}", {"since": worst.since, "until": until}
		return finding(
			case, Gate.DISCIPLINE, "discipline", FAIL, reason, actual, NONE, record=worst.record, **details
		)
	endless = next((entry for entry in sanctions if entry.stage == ENDED and entry.until is None), None)
	if endless:
		return finding(
			case,
			Gate.DISCIPLINE,
			"discipline",
			UNKNOWN,
			"sanction_end_missing",
			None,
			NONE,
			record=endless.record,
		)
	return finding(case, Gate.DISCIPLINE, "discipline", PASS, "no_sanction", NONE, NONE)


def suspension(case: Case) -> Finding:
	"""A suspension that covers the MKD date closes it (E17)."""
	for entry in case.facts.suspensions:
		if covers(entry.since, entry.until, case.on):
			details = {"since": entry.since, "until": entry.until, "record": entry.record}
			return finding(
				case, Gate.SUSPENSION, "suspension", FAIL, "suspended", "suspended", NONE, **details
			)
	return finding(case, Gate.SUSPENSION, "suspension", PASS, "not_suspended", NONE, NONE)
