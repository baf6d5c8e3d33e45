"""What an applicant answers about place and equipment (rule E16): read from any client, asked for when he applies."""

from __future__ import annotations

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr

from mkd_hrms.policy.facts import Readiness
from mkd_hrms.policy.model import Gate, Policy

NO, YES = "No", "Yes"
QUESTIONS = ("has_computer", "has_internet")
ELSEWHERE = "Other"
# What clients send. A box that is not ticked, as the form had before, is no answer: nobody said No.
SPOKEN = {YES: ("yes", "ya", "1", "true"), NO: ("no", "tidak"), "": ("", "0", "false")}
ANSWERS = {word: answer for answer, words in SPOKEN.items() for word in words}


class NotAnswered(frappe.ValidationError):
	"""A question of the application is still open; the request stays a draft."""


def read(request: Document) -> None:
	"""Write the answers as Yes, No or nothing, whichever way they were sent; other words are refused by the form."""
	for name in QUESTIONS:
		sent = cstr(request.get(name)).strip()
		request.set(name, ANSWERS.get(sent.casefold(), sent))


def readiness_of(request: Document) -> Readiness:
	"""What the applicant declares; None where he has not answered."""
	return Readiness(*({YES: True, NO: False}.get(request.get(name)) for name in QUESTIONS))


def check(request: Document, policies: Iterable[Policy]) -> None:
	"""Ask for what is not answered yet: only a No closes MKD, an oversight does not. Raises NotAnswered."""
	asked = QUESTIONS if any(Gate.READINESS in policy.gates for policy in policies) else ()
	missing = [name for name in (*asked, "place") if not request.get(name)]
	if request.place == ELSEWHERE and not cstr(request.place_details).strip():
		missing.append("place_details")
	if missing:
		labels = ", ".join(f"“{_(request.meta.get_label(name))}”" for name in missing)
		frappe.throw(
			_("Not answered yet: {0}. Answer on the form and apply again; nothing was decided.").format(
				labels
			),
			NotAnswered,
			title=_("Answers Missing"),
		)
