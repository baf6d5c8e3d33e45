"""The application for MKD days. The controller only says in which order the services speak."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import format_date, getdate

from mkd_hrms.constants import (
	APPROVE,
	APPROVED,
	CANCELLED,
	DENIED,
	DRAFT,
	ENDED,
	PENDING_APPROVAL,
	PENDING_HR_REVIEW,
	REJECTED,
	REQUEST,
	REVOKED,
	WITHDRAWN,
)
from mkd_hrms.controllers.asks_by_mail import AsksByMail
from mkd_hrms.controllers.attached_files import AttachedFiles
from mkd_hrms.controllers.decision_fields import DecidedDocument
from mkd_hrms.controllers.lean_save import LeanDocument
from mkd_hrms.controllers.logged_reading import LoggedReading
from mkd_hrms.controllers.numbered_last import NumberedLast
from mkd_hrms.controllers.plain_numbers import PlainNumbers
from mkd_hrms.controllers.printed_letter import PrintedLetter
from mkd_hrms.controllers.served_document import ServedDocument
from mkd_hrms.policy.dates import iso_week
from mkd_hrms.policy.model import Finding, Gate, Verdict
from mkd_hrms.services.booked_days import stopped_patterns, withdrawal
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.decisions import reasons
from mkd_hrms.services.ledger.booking import QuotaExceeded
from mkd_hrms.services.ledger.quota_messages import quota_message
from mkd_hrms.services.letters import of_request, register
from mkd_hrms.services.letters.kinds import PERMITTING, Kind
from mkd_hrms.services.people import approvers
from mkd_hrms.services.people.approvers import capacity, note_delegate
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.platform import attached_files, server_scripts
from mkd_hrms.services.requests import actors, answers, asked_dates, states, transitions
from mkd_hrms.services.requests.case import RequestCase
from mkd_hrms.services.units import coverage, fair_order, waiting_list
from mkd_hrms.services.workflow import open_actions
from mkd_hrms.services.workflow.states import MoveNotAllowed, holds, is_moving, old_status, refuse, state_of


class MKDRequest(
	PrintedLetter,
	LoggedReading,
	ServedDocument,
	DecidedDocument,
	AsksByMail,
	LeanDocument,
	NumberedLast,
	AttachedFiles,
	PlainNumbers,
):
	ACTORS = actors
	SENSITIVE = ("place_latitude", "place_longitude")
	# The employee is read in every save; what is taken from his record was looked up there; services write the rest.
	MOVES_WHEN_MADE = True
	OWN_LINKS = frozenset(
		"employee employee_user department company policy approver applied_by superior_approved_by decided_by"
		" escalated_to workflow_state".split()
	)

	def check_if_latest(self):
		"""Of two people who act on one request at the same moment, the second is told so in words."""
		if not holds(super().check_if_latest):
			states.refuse_stale(self)

	def _validate_links(self):
		super()._validate_links()
		if self.employee and self.docstatus.is_draft():
			self.take_from_employee()

	def onload(self):
		"""What the form says about whose turn it is, and what may be written in it; the server decides again."""
		user, waits = frappe.session.user, self.status in actors.WAITING
		shown = {
			"is_own": actors.is_own(self, user),
			"may_write": actors.may_write(self, user),
			"may_decide": waits and not actors.refusal(self, APPROVE, user),
			"acting": approvers.names_of(actors.acting(self)),
			"may_stop_pattern": stopped_patterns.may_stop(self, user),
			"takes_note": waits,
			"reads_findings": reasons.may_read_findings(self),
			"content": [*states.CONTENT, *states.CONTENT_TABLES],
			"days": self.days_that_stand(),
		}
		for key, value in shown.items():
			self.set_onload(key, value)
		if shown["may_decide"]:
			attached_files.tell_changed(self)

	def days_that_stand(self):
		"""The days that the ledger still holds for this request; what was given back or revoked is none of them."""
		if self.status in (DRAFT, *states.CLOSED):
			return []
		held = transitions.settle_own_days(self).own_days
		return [
			{"day": str(entry.mkd_date), "status": entry.status} for entry in held if entry.status != REVOKED
		]

	def before_validate(self):
		server_scripts.disable_ours_where_unsupported()
		self.flags.agency_findings, self.flags.case = [], None
		self.flags.findings = self.flags.gates = None
		states.restore_computed(self)
		answers.read(self)

	def validate(self):
		states.check_move(self)
		states.check_content(self)
		if not self.employee:
			frappe.throw(_("Say which employee the request is for."), frappe.MandatoryError)
		self.check_who_acts()
		if self.old_status == DRAFT:
			self.settle_days()
			asked_dates.check_special(self)
			asked_dates.check_place(self)
			if self.is_moving:
				answers.check(self, self.case.policies.values())
		elif self.is_moving and self.status not in (WITHDRAWN, REJECTED):
			self.check_days_left()
		self.validate_quota()
		if self.is_approved_by_superior:
			self.check_approval()
			coverage.tell_superior(self.case.person, self.case.dates, self.name)
			self.check_order()
			self.superior_approved_by, self.superior_approved_on = frappe.session.user, clock.now()
		elif self.is_moving and self.status == PENDING_APPROVAL:
			transitions.foresee(self, self.case)

	def before_submit(self):
		if self.status == APPROVED:
			self.check_approval()
			coverage.refuse_without_room(self.case.person, self.case.dates, self.name)
			self.check_order()
			transitions.foresee(self, self.case)
		self.decided_by, self.decided_on = frappe.session.user, clock.now()
		self.decided_as = capacity(self)

	def on_update(self):
		# Once more: a Server Script or another app may have changed the state after `validate`.
		states.check_move(self)
		if self.status == PENDING_APPROVAL and self.is_moving:
			transitions.receive(self, self.case)
		elif self.status == WITHDRAWN and self.is_moving:
			withdrawal.release(self, _("Withdrawn"))
		elif self.status == REJECTED and self.is_moving:
			waiting_list.note_refused(self.case.person, self.case.dates, self.name)
			withdrawal.release(self, _("Rejected"))
		elif self.status == APPROVED and self.is_moving:
			transitions.approve(self, self.case)
		if self.is_moving and self.old_status == PENDING_APPROVAL:
			note_delegate(self)
		open_actions.settle(self)
		if self.flags.in_insert and self.is_moving:
			self.add_comment("Workflow", _(self.workflow_state))

	def before_cancel(self):
		if self.old_status != APPROVED:
			frappe.throw(_("Only an approved request can be cancelled."), MoveNotAllowed)
		self.status, self.workflow_state = CANCELLED, state_of(CANCELLED, REQUEST)
		if self.pattern_state:
			self.pattern_state = ENDED

	def on_cancel(self):
		withdrawal.release(self, _("Cancelled by HR"))

	def on_change(self):
		"""What stands no longer permits nothing, and what was denied and is not any more has no refusal."""
		if self.status in (REVOKED, CANCELLED, WITHDRAWN):
			reason = _("The request is {0}.").format(_(self.status, context=REQUEST))
			register.revoke_of(REQUEST, self.name, reason, PERMITTING)
		elif self.is_moving and self.old_status == DENIED:
			register.revoke_of(REQUEST, self.name, _("The denial was undone."), (Kind.REFUSAL,))

	def on_trash(self):
		if self.status != DRAFT:
			frappe.throw(
				_("Request {0} is on record and cannot be deleted.").format(self.name), states.RequestClosed
			)

	# What a Server Script or another app may call

	def validate_quota(self):
		"""Refuse a draft, an application or an approval that does not fit into a week (rules Q1, Q5)."""
		approving = self.is_approved_by_superior or (self.is_moving and self.status == APPROVED)
		if self.old_status == DRAFT or approving:
			excess = transitions.excess_weeks(self.case, with_tier=self.is_moving)
			if excess:
				frappe.throw(quota_message(excess, approving), QuotaExceeded, title=_("Weekly Limit"))

	def letter(self, kind=None):
		"""What the request came to, or a letter of some kind, for a Print Format; permission is asked anew."""
		return of_request.letter_of(self.name, Kind(kind) if kind else None)

	def validate_role_exclusion(self):
		"""Refuse the approval of a role or unit that must stay in the office; an application is denied by record.

		Returns the failing gates. Outside an application or approval there is nothing to judge.
		"""
		if not self.is_moving or self.status not in (PENDING_APPROVAL, APPROVED):
			return []
		excluded = (Gate.ROLE.value, Gate.SERVICE_UNIT.value)
		failing = [gate for decision in self.case.decisions for gate in decision.failed if gate in excluded]
		if failing and self.status == APPROVED:
			transitions.check_approval(self, self.case)
		return sorted(set(failing))

	def add_finding(self, gate, verdict, actual=None, limit=None, source=None, note=None):
		"""Add a gate of the agency's own, before validation: `verdict` is Pass, Fail or Unknown, `note` the sentence."""
		if not (gate and source and note):
			frappe.throw(_("A finding needs a gate, a source and a sentence (note)."))
		self.flags.agency_findings.append(
			Finding(gate, Verdict(verdict), "agency", actual, limit, source, note=note)
		)

	# What the methods above speak of

	@property
	def agency_findings(self):
		return tuple(self.flags.agency_findings or ())

	@property
	def old_status(self):
		return old_status(self)

	@property
	def is_moving(self):
		return is_moving(self)

	@property
	def is_approved_by_superior(self):
		return (self.old_status, self.status) == (PENDING_APPROVAL, PENDING_HR_REVIEW)

	@property
	def case(self) -> RequestCase:
		"""The application as this save looks at it; read once, also when Server Scripts ask again."""
		if not self.flags.case:
			self.flags.case = self.new_case()
		return self.flags.case

	def new_case(self):
		if self.old_status != DRAFT:
			case = transitions.settle_own_days(self)
		else:
			case = RequestCase(self, self.agency_findings)
			case.own_days = ()
		person = self.flags.pop("person", None)
		if person and person.employee == self.employee:
			case.person = person
		return case

	def take_from_employee(self):
		"""Fill in what the request repeats of the Employee record, which need not be read twice in one save."""
		person = self.flags.person = read_person(self.employee)
		self.employee, self.employee_name = person.employee, person.employee_name
		self.employee_user, self.company = person.user, person.company
		self.department, self.designation = person.department, person.designation

	def check_who_acts(self):
		"""One applies for oneself, HR for anybody, and nobody decides about himself (invariant 4)."""
		user = frappe.session.user
		refuse(actors.refusal_of_save(self, user))
		if self.old_status == DRAFT:
			self.on_behalf, self.applied_by = int(user != self.case.person.user), user
			self.check_amended_from()

	def check_amended_from(self):
		"""An amendment follows a request of the same employee."""
		if not self.amended_from:
			return
		if frappe.db.get_value(self.doctype, self.amended_from, "employee") != self.employee:
			frappe.throw(
				_("{0} is not a request of this employee.").format(self.amended_from), frappe.PermissionError
			)

	def settle_days(self):
		"""Expand to dates, skip what is no working day, and refuse what cannot be asked for."""
		case = self.case
		skips = not asked_dates.are_listed(self)
		working, skipped = asked_dates.working_dates(case.situation, case.written, skips)
		case.dates = working
		asked_dates.check_time(working, case.policies, case.now, correction=bool(self.on_behalf))
		asked_dates.check_presence(case.situation, working, self.name)
		self.skipped_dates = asked_dates.skipped_text(skipped)
		self.urgent = int(asked_dates.is_urgent(working, case.policies, case.situation.calendar, case.now))
		self.settle_rows(working)
		if self.request_type != asked_dates.PATTERN:
			self.from_date, self.to_date = min(case.written), max(case.written)
		else:
			self.settle_pattern()

	def settle_pattern(self):
		"""A pattern is applied for once; the dates beyond the horizon are booked as they come within it (rule W2)."""
		asked_dates.check_pattern(self, self.case.policies.values())
		self.made_until = min(self.case.horizon, getdate(self.to_date))
		if self.made_until < getdate(self.to_date):
			frappe.msgprint(
				_(
					"The pattern is approved once up to {0}. Its days are booked up to {1} for now, and the others by themselves as they come nearer."
				).format(format_date(self.to_date), format_date(self.made_until)),
				alert=True,
			)

	def settle_rows(self, days):
		"""One row for each date; those that are there already stay."""
		rows = {str(row.mkd_date): row for row in self.dates}
		self.set("dates", [])
		for number, day in enumerate(days, 1):
			row = self.append("dates", rows.get(str(day)) or {})
			row.update({"mkd_date": day, "iso_week": iso_week(day), "idx": number})

	def check_days_left(self):
		"""Nothing is decided about a request whose days were all given back."""
		if not self.case.dates:
			frappe.throw(_("No day of this request is left to approve."), asked_dates.InvalidDays)

	def check_approval(self):
		"""At approval the days must still be working days, ahead, and free of leave, and the rules still be met."""
		case = self.case
		asked_dates.working_dates(case.situation, case.dates)
		asked_dates.check_time(case.dates, case.policies, case.now, correction=bool(self.on_behalf))
		asked_dates.check_presence(case.situation, case.dates, self.name)
		transitions.check_approval(self, case)
		if told := attached_files.tell_changed(self):
			self.add_comment("Info", told)

	def values_before(self):
		"""Whoever applies as he makes the request moves what a draft would have held."""
		made = self.flags.in_insert and self.is_moving
		return states.draft_values(self) if made else super().values_before()

	def check_order(self):
		"""Whoever approves while others stand before says why, and the timeline that he did (rule W6)."""
		if told := fair_order.check(self.case.person, self.case.dates, self.decision_note):
			self.add_comment("Info", told)


def on_doctype_update():
	frappe.db.create_sequence("MKD Request", check_not_exists=True)
