"""Who may act on a swap (rule W14): said once, for the save that refuses and for the form that does not offer."""

from __future__ import annotations

from frappe import _
from frappe.model.document import Document

from mkd_hrms.constants import (
	APPROVE,
	ASK,
	CONSENT,
	DAY_SWAP,
	DECLINE,
	PENDING_APPROVAL,
	PENDING_CONSENT,
	REJECT,
	WITHDRAW,
)
from mkd_hrms.facts.people import Person
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.people.approvers import may_decide, who_act_for
from mkd_hrms.services.people.hr import deciders_of_hr
from mkd_hrms.services.people.person import is_himself, read_person

DECIDES = frozenset((APPROVE, REJECT))
ANSWERS = frozenset((CONSENT, DECLINE))
# Both days are looked at before they are exchanged.
BY_MAIL = frozenset()


def refusal(swap: Document, action: str, user: str) -> str | None:
	"""Why a user may not do an action of the Workflow, whatever he does about it; None where he may.

	What else an action needs (the days, the rules, the quota) is judged by the server when it is done.
	"""
	if action == ASK and not is_himself(user, swap.employee):
		return _("You can ask for a swap of your own day only.")
	if action in ANSWERS and not is_himself(user, swap.colleague):
		return _("Only {0} answers what he is asked.").format(swap.colleague_name)
	if action == WITHDRAW and not is_withdrawn_by(swap, user):
		return _("Who asked withdraws a swap, and his colleague once he has consented.")
	if action in DECIDES and not decides(swap, user):
		return _("Only the superior of both decides this swap, and nobody about himself.")
	return None


def is_withdrawn_by(swap: Document, user: str) -> bool:
	"""Whether the user is one of the two whose consent the swap rests on."""
	consented = swap.status == PENDING_APPROVAL or swap.consented_on
	return is_himself(user, swap.employee) or bool(consented and is_himself(user, swap.colleague))


def decides(swap: Document, user: str) -> bool:
	"""The superior of both or who acts for him; where there is none, HR. Neither of the two decides."""
	both = people_of(swap)
	return not any(is_himself(user, person.employee) for person in both) and all(
		may_decide(person, user) for person in both
	)


def people_of(swap: Document) -> tuple[Person, Person]:
	"""Who asks, and his colleague; read once for a save."""
	names = (swap.employee, swap.colleague)
	if not swap.flags.people or swap.flags.people[0] != names:
		swap.flags.people = (names, tuple(read_person(name) for name in names))
	return swap.flags.people[1]


def asked(swap: Document) -> list[str]:
	"""Whom a swap asks next: the colleague, then the superior and who acts for him, or HR where there is none."""
	if swap.status == PENDING_CONSENT:
		return [swap.colleague_user] if swap.colleague_user else []
	if swap.status != PENDING_APPROVAL:
		return []
	return deciders(swap)


def deciders(swap: Document) -> list[str]:
	"""The users who are told that a swap waits for them."""
	own, colleague = people_of(swap)
	if not swap.approver:
		return deciders_of_hr(own.employee, DAY_SWAP, but=(own.user, colleague.user))
	users = {swap.approver, *who_act_for(swap.approver, own, clock.today())}
	return sorted(user for user in users if decides(swap, user))
