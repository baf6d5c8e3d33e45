"""Who sees a daily report: the employee, his superiors, whoever verifies it, and HR."""

from mkd_hrms.constants import DAILY_REPORT
from mkd_hrms.permissions import seen
from mkd_hrms.permissions.employee_records import may_create
from mkd_hrms.permissions.requests import ASKED, OF_A_DELEGATE, acts_for_approver, delegated
from mkd_hrms.permissions.seen import Asked
from mkd_hrms.permissions.who import TOUCHES, is_own, is_superior, oversees
from mkd_hrms.services.daily_reports import actors
from mkd_hrms.services.workflow import open_actions

VERIFIED = "verifier"
VERIFIERS = (*ASKED, VERIFIED)


def visible_reports(user, doctype):
	"""His own, those of the people below him, and those that he verifies for a superior or after an escalation."""
	return seen.condition(user, doctype, above=True, asked=lambda: verified_by(user, doctype))


def waiting_reports(user, doctype):
	"""Those that may wait for him: his own, and those that he verifies, also for somebody else."""
	states = open_actions.states_with_question(doctype)
	return seen.condition_of_waiting(user, doctype, lambda: asked_to_verify(user, doctype), states)


def verified_by(user, doctype):
	"""What he is asked to verify, and what he verified himself."""
	return [*asked_to_verify(user, doctype), Asked(VERIFIED, user)]


def asked_to_verify(user, doctype):
	"""What he is asked about himself, what was escalated to him, and what waits for whom he acts for."""
	return [*(Asked(field, user) for field in ASKED), *delegated(user, doctype)]


def visible_report_rows(user, doctype):
	"""The rows of the reports that he sees."""
	condition = visible_reports(user, DAILY_REPORT)
	if not condition:
		return ""
	return f"`tab{doctype}`.`parent` in (select `name` from `tab{DAILY_REPORT}` where {condition})"


def may_use_report(doc, ptype, user):
	"""As may_see; besides the employee and HR only whoever verifies it writes in it, and he no more than his decision."""
	if oversees(doc, user) or is_own(doc, user):
		return True
	if ptype == "create":
		return may_create(doc, user)
	if ptype not in TOUCHES and (
		is_superior(doc, user) or user in map(doc.get, VERIFIERS) or acts_for_approver(doc, user)
	):
		return True
	verifies = doc.employee and doc.docstatus and actors.may_verify(doc, user)
	return bool(verifies) and ptype in OF_A_DELEGATE
