"""The single writer of decisions on an MKD Request: applied for, denied, sent to HR, approved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from mkd_hrms.constants import APPROVED, DENIED, PENDING_APPROVAL, PENDING_HR_REVIEW, REQUEST
from mkd_hrms.policy.dates import iso_week
from mkd_hrms.policy.model import Decision, Finding, Outcome
from mkd_hrms.services.decisions.records import gate_names, keep
from mkd_hrms.services.ledger import booking, transitions
from mkd_hrms.services.ledger.quota_messages import week_lines
from mkd_hrms.services.people.availability import policies_for
from mkd_hrms.services.people.time_to_decide import NOT_PASSED_ON, last_day
from mkd_hrms.services.policies.deadlines import latest_objection
from mkd_hrms.services.policies.in_force import mark_used
from mkd_hrms.services.requests import asked_dates
from mkd_hrms.services.requests.case import RequestCase
from mkd_hrms.services.units import coverage
from mkd_hrms.services.workflow import open_actions, system_moves

APPLICATION, APPROVAL, OBJECTION = "Application", "Approval", "Objection"
STATUS_AFTER = {
	Outcome.ELIGIBLE: PENDING_APPROVAL,
	Outcome.NEEDS_REVIEW: PENDING_HR_REVIEW,
	Outcome.NOT_ELIGIBLE: DENIED,
}


class ApprovalRefused(frappe.ValidationError):
	"""The rules no longer allow what was applied for; nothing is approved."""


def receive(request: Document, case: RequestCase) -> None:
	"""Decide an application that has just been saved, book its days, and send it where it belongs.

	The Workflow cannot do this: its conditions see the values before the save, and the applicant has no right
	to close his own request. So the state is written after the save, in the same transaction.
	"""
	values = _application(case)
	status = values["status"]
	if status == DENIED:
		transitions.release(case.own_days, _("Denied"))
	elif not case.own_days:
		_book(request, case)
	_settle(request, case, values, APPLICATION)
	if status != DENIED:
		coverage.hint(case.person, case.dates, request.name)
	if status != PENDING_APPROVAL:
		request.add_comment("Info", _summary(request))


def _book(request: Document, case: RequestCase) -> None:
	booking.book(
		booking.Booking(
			source_doctype=REQUEST,
			source_name=request.name,
			person=case.person,
			dates=case.dates,
			limits=case.limits(with_tier=True),
			used=case.situation.used,
		)
	)


def foresee(request: Document, case: RequestCase) -> None:
	"""Let the save carry what the decision will say, where it leaves the state alone: that spares a second write."""
	if request.status == APPROVED:
		request.update(_approval(case))
	elif request.status == STATUS_AFTER[case.outcome]:
		request.update(_application(case))


def _application(case: RequestCase) -> dict:
	"""What an application's decision says in the fields of the request, and who decides next."""
	status = STATUS_AFTER[case.outcome]
	approver = case.approver if status == PENDING_APPROVAL else None
	return {
		"approver": approver,
		"approver_name": frappe.get_cached_value("User", approver, "full_name") if approver else None,
		**_time_to_decide(case, status, approver),
		**_verdict(case, status),
	}


def _time_to_decide(case: RequestCase, status: str, approver: str | None) -> dict:
	"""Since when the application waits, and until when it is decided before it is passed on (rule W4)."""
	policy = case.policies[case.dates[0]]
	return {
		"waits_since": case.now if status == PENDING_APPROVAL else None,
		"decide_by": last_day(policy, case.situation.calendar, case.today) if approver else None,
		**NOT_PASSED_ON,
	}


def _approval(case: RequestCase) -> dict:
	values = _verdict(case, APPROVED)
	# Whoever approves is noted with the time by the save.
	del values["decided_on"]
	return values


def _verdict(case: RequestCase, status: str) -> dict:
	"""The decision's fields on the request."""
	policies = case.policies
	last_day = latest_objection(policies.values(), case.today)
	return {
		"status": status,
		"outcome": case.outcome.value,
		"policy": policies[case.dates[0]].name,
		"objection_until": last_day if status == DENIED else None,
		"decided_on": case.now if status == DENIED else None,
	}


def _settle(request: Document, case: RequestCase, values: dict, stage: str) -> None:
	"""Write what the save has not carried, and keep the decision."""
	unsaved = {name: value for name, value in values.items() if request.get(name) != value}
	if unsaved:
		system_moves.write(request, unsaved)
	_keep(request, case, stage)


def _keep(request: Document, case: RequestCase, stage: str) -> None:
	mark_used({policy.name for policy in case.policies.values()}, case.today)
	keep(request, stage, case.decisions)
	request.flags.findings = request.flags.gates = None


def _summary(request: Document) -> str:
	"""One line for the timeline, which everybody above the employee reads: it names no gate (rule P3)."""
	if request.status == DENIED:
		return _("Denied automatically. Objection possible until {0}.").format(
			frappe.utils.format_date(request.objection_until)
		)
	return _("Sent to HR, because not everything is known.")


def check_approval(request: Document, case: RequestCase) -> None:
	"""Evaluate again on the day of approval; a gate that fails or is unknown by then stops it.

	The request then moves on by itself, in a transaction of its own: the one that tried to approve is undone.
	Raises ApprovalRefused.
	"""
	if case.outcome is Outcome.ELIGIBLE:
		return
	status = STATUS_AFTER[case.outcome]
	gates = ", ".join(_(gate, context="MKD Policy Gate") for gate in _open_gates(case.decisions))
	name, extra = request.name, request.agency_findings
	frappe.db.after_rollback.add(lambda: _reverse(name, extra))
	frappe.throw(
		_(
			"Nothing was approved. The rules were checked again today and {0} is no longer met ({1}). The request is now {2}."
		).format(name, gates, _(status, context="MKD Request")),
		ApprovalRefused,
	)


def _open_gates(decisions: list[Decision]) -> list[str]:
	return gate_names(decisions, "failed") or gate_names(decisions, "unknown")


def _reverse(name: str, extra: Iterable[Finding]) -> None:
	"""After an approval was undone: record what the rules say now, release the days of a denial, and commit.

	`extra` is what the agency's own gates found during the approval; nobody asks them again here.
	"""
	request = frappe.get_doc(REQUEST, name)
	request.flags.agency_findings = list(extra)
	if request.status not in (PENDING_APPROVAL, PENDING_HR_REVIEW):
		return
	case = settle_own_days(request)
	if not case.dates or case.outcome is Outcome.ELIGIBLE:
		return
	status = STATUS_AFTER[case.outcome]
	if status == DENIED:
		booking.lock_person(request.employee)
		transitions.release(case.own_days, _("Denied at approval"))
	system_moves.move(request, _verdict(case, status))
	_keep(request, case, APPROVAL)
	request.add_comment("Info", _summary(request))
	frappe.db.commit()


def settle_own_days(request: Document) -> RequestCase:
	"""The case of a request that has been applied for: its dates are those that the ledger holds for it."""
	case = RequestCase(request, request.agency_findings)
	case.dates = tuple(entry.mkd_date for entry in case.own_days)
	return case


def approve(request: Document, case: RequestCase) -> None:
	"""Book the pending days for good and keep the decision they were approved with."""
	booking.lock_person(request.employee)
	transitions.approve(case.own_days)
	_settle(request, case, _approval(case), APPROVAL)


def excess_weeks(case: RequestCase, with_tier: bool) -> list:
	"""The weeks over their limit, or none where the rules deny anyway: a denial is a record, not a message."""
	if with_tier and case.outcome is Outcome.NOT_ELIGIBLE:
		return []
	return [week for week in case.weeks_over(with_tier) if week.week in {iso_week(day) for day in case.dates}]


def go_on(request: Document) -> str:
	"""After an objection against a denial was upheld: judge the request anew and send it where it belongs (rule H1).

	Its days are booked again under the quota of today; those that have begun are left out. Without a day left the
	request stays Denied. Returns its status. Raises QuotaExceeded, DayTaken or InvalidDays where they no longer fit.
	"""
	booking.lock_person(request.employee)
	case = RequestCase(request)
	case.own_days, ahead = (), _days_ahead(request, case)
	if not ahead:
		return request.status
	case.dates = ahead
	case.dates, _skipped = asked_dates.working_dates(case.situation, ahead)
	values = _application(case)
	if values["status"] != DENIED:
		asked_dates.check_presence(case.situation, case.dates, request.name)
		_refuse_excess(case)
		_book(request, case)
	if values["status"] == PENDING_APPROVAL and request.superior_approved_on:
		values |= {"status": PENDING_HR_REVIEW, "approver": None, "approver_name": None}
		values |= _time_to_decide(case, PENDING_HR_REVIEW, None)
	system_moves.move(request, values)
	open_actions.ask_again(request)
	_keep(request, case, OBJECTION)
	return request.status


def _days_ahead(request: Document, case: RequestCase) -> list[date]:
	"""The dates of a request that have not begun; a correction by HR is about the past."""
	written = sorted(getdate(row.mkd_date) for row in request.dates)
	policies = policies_for(case.person, written)
	begun = (case.today, case.now.time())
	return [day for day in written if request.on_behalf or (day, policies[day].expiry_time) > begun]


def _refuse_excess(case: RequestCase) -> None:
	if weeks := excess_weeks(case, with_tier=True):
		advice = _(
			"The days do not fit into the weekly limit, so nothing was decided. Have other days withdrawn first, or accept the conditions in an MKD Gate Decision, so that the employee can apply for fewer days."
		)
		frappe.throw(
			"<br>".join([*week_lines(weeks), advice]), booking.QuotaExceeded, title=_("Weekly Limit")
		)
