"""What a draft policy would change (rule P1): everybody active is judged by it and by the policy that it replaces.

Both decide for the first day of the draft, or for tomorrow if it begins earlier, as known today. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.constants import ELIGIBILITY
from mkd_hrms.facts.agency import count_active, read_companies_with_people
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.limits import Limits, read_within
from mkd_hrms.facts.people import BREAKDOWNS, read_people, read_placements
from mkd_hrms.judging.two_policies import judge_by
from mkd_hrms.policy.facts import AsOf
from mkd_hrms.policy.impact.totals import Impact
from mkd_hrms.policy.model import Decision, Finding, Policy, Verdict
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.decisions.evaluate import attendance_from
from mkd_hrms.services.people.approvers import is_hr
from mkd_hrms.services.people.hr import limits_of
from mkd_hrms.services.policies.documents import policy_from
from mkd_hrms.services.policies.in_force import in_force, submitted_policies

# The reason of those who had no MKD because no policy was in force; no gate of the rules has this name.
NO_POLICY, POLICY_GATE = "no_policy", "Policy"
# So many people are judged between two reports of progress.
CHUNK = 2000

Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Question:
	"""A draft, the MKD date on which it is tried, and the day as on which things are known."""

	draft: Policy
	when: AsOf

	@property
	def day(self) -> date:
		return self.when.on


@dataclass(frozen=True, slots=True)
class Affected:
	"""A company whose people the draft would decide about; `before` is None where no policy is in force."""

	company: str
	before: Policy | None


@dataclass(frozen=True, slots=True)
class Unaffected:
	"""A company for which another policy stands before the draft."""

	company: str
	stands: Policy


class Compared(NamedTuple):
	"""One company: the policy that the draft replaces there, what changes, and the names of those who change."""

	company: str
	before: Policy | None
	impact: Impact
	names: Mapping[str, str]


def check_permission(doc: Document) -> None:
	"""Findings are for HR (rule P3), and a draft for those who may change it. Raises PermissionError."""
	doc.check_permission("write")
	levels = frappe.get_meta(ELIGIBILITY).get_permlevel_access("read")
	findings = frappe.get_meta(ELIGIBILITY).get_field("findings")
	may_read = frappe.has_permission(ELIGIBILITY, "read") and findings.permlevel in levels
	if not (frappe.session.user == "Administrator" or (is_hr(frappe.session.user) and may_read)):
		frappe.throw(_("The impact of a policy names reasons, which are for HR."), frappe.PermissionError)


def question_about(doc: Document) -> Question:
	"""What is asked about a draft. Raises ValidationError, as submitting it would."""
	if doc.docstatus != 0:
		frappe.throw(_("The impact is shown for a draft; {0} is none.").format(frappe.bold(doc.name)))
	doc.refuse_unusable()
	draft, today = policy_from(doc), clock.today()
	day = max(draft.effective_from, today + timedelta(days=1))
	return Question(draft, AsOf(on=day, today=today, attendance_from=attendance_from()))


def concerned(question: Question, only: str | None = None) -> tuple[list[Affected], list[Unaffected]]:
	"""The companies that the draft is for, or one of them: where it would be in force that day, and where not."""
	draft, known = question.draft, submitted_policies()
	affected, unaffected = [], []
	for company in [draft.company] if draft.company else read_companies_with_people(SiteDatabase()):
		if only and company != only:
			continue
		stands = in_force([*known, draft], company, question.day)
		if stands is draft:
			affected.append(Affected(company, in_force(known, company, question.day)))
		else:
			unaffected.append(Unaffected(company, stands))
	return affected, unaffected


def headcount(companies: Sequence[Affected]) -> int:
	"""How many active people the companies have together."""
	return count_active(SiteDatabase(), [entry.company for entry in companies])


def limits_of_reader() -> Limits:
	"""To which people User Permissions limit the standings that the reader may see."""
	return limits_of(frappe.session.user, ELIGIBILITY)


def compare(
	question: Question, affected: Affected, limits: Limits, advance: Advance = lambda count: None
) -> Compared:
	"""Judge the active people of a company, as far as the reader may see them, in a fixed number of queries."""
	policies = [question.draft] if affected.before is None else [affected.before, question.draft]
	impact = Impact(affected.before or _nothing_before(question.draft), question.draft, BREAKDOWNS)
	scope = Scope(company=affected.company)
	database = SiteDatabase()
	people, placements = read_people(database, scope), read_placements(database, scope)
	if limits:
		# Whoever may not read a standing learns nothing of it.
		left = read_within(limits, affected.company)
		people = {name: person for name, person in people.items() if name in left}
	judged, names = judge_by(database, scope, people, policies, question.when), {}
	for number, (person, decisions, workdays) in enumerate(judged, 1):
		before, after = decisions if affected.before else (_without_policy(*decisions), *decisions)
		if impact.add(before, after, placements[person.employee], workdays):
			names[person.employee] = person.employee_name
		if number % CHUNK == 0:
			advance(number)
	return Compared(affected.company, affected.before, impact, names)


def _nothing_before(draft: Policy) -> Policy:
	"""A policy that asks nothing and gives nothing."""
	return replace(draft, name="", weekly_limit=0, gates=frozenset())


def _without_policy(after: Decision) -> Decision:
	"""Where no policy is in force, nobody has MKD."""
	found = Finding(POLICY_GATE, Verdict.FAIL, NO_POLICY, None, None, "")
	return replace(after, policy="", findings=(found,), tier_limit=0)
