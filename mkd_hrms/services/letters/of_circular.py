"""Days by circular, as the circular of the agency."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.translate import print_language
from frappe.utils import cint, flt, getdate

from mkd_hrms.constants import COLLECTIVE_DAY
from mkd_hrms.services.letters import register, signature
from mkd_hrms.services.letters.kinds import Kind
from mkd_hrms.services.letters.letter import (
	LANGUAGE,
	Letter,
	days_in_words,
	long_date,
	numbered,
	place_and_date,
	registered,
)

EVERYBODY = 100


def letter_of(name: str | None, entry: Document | None = None) -> Letter:
	"""A circular as a letter, from what is stored. Raises DoesNotExistError, PermissionError."""
	circular = frappe.get_doc(COLLECTIVE_DAY, name)
	circular.check_permission("print")
	with print_language(LANGUAGE):
		entry = entry or register.found(COLLECTIVE_DAY, circular.name, Kind.CIRCULAR)
		letter = _made(circular, entry)
		if circular.docstatus.is_draft():
			letter.mark = _("DRAFT OF A LETTER")
		elif circular.docstatus.is_cancelled():
			letter.mark = _("REVOKED LETTER")
		return registered(letter, entry)


def _made(circular: Document, entry: Document | None) -> Letter:
	number = entry.number if entry and entry.number else circular.circular_no
	on = getdate(circular.circular_date or circular.creation)
	return Letter(
		title=_("Circular Letter"),
		number=_("NUMBER {0}").format(number) if number else numbered(entry),
		about=[_("ABOUT"), circular.subject or "-"],
		place_and_date=place_and_date(on, entry),
		opening=[
			_("To: all employees of {0}").format(circular.department or circular.company),
			_("Basis: {0}").format(circular.legal_basis or "-"),
			_("For this the following is made known:"),
		],
		person=[
			(_("Days"), _when(circular)),
			(_("Who Works Away"), _who(circular)),
			(_("Who Stays at the Office"), _who_stays(circular)),
		],
		closing=[
			_("On these days whoever works away:"),
			_("a. records his presence when he begins and when he ends work, and keeps the working hours;"),
			_("b. can be reached, and comes to the office when he is called;"),
			_("c. carries out his work plan and hands in the daily report in time."),
			_("The heads of units see to it that the service to the public goes on."),
		],
		signature=signature.signature_of(None),
	)


def _when(circular: Document) -> str:
	if circular.dates_by == "Weekday":
		return _("every {0} from {1} to {2}").format(
			_(circular.weekday, context=COLLECTIVE_DAY),
			long_date(circular.from_date),
			long_date(circular.to_date),
		)
	return days_in_words(getdate(row.mkd_date) for row in circular.dates)


def _who(circular: Document) -> str:
	if circular.share_by == "List":
		return _("the {0} employees of the list").format(len({row.employee for row in circular.people}))
	if flt(circular.share_percent) < EVERYBODY:
		return _("{0} percent of each unit, in turns").format(f"{flt(circular.share_percent):g}")
	return _("all employees")


def _who_stays(circular: Document) -> str:
	told = [row.department for row in circular.exempt_units]
	if cint(circular.exempt_public_service):
		told.insert(0, _("units that serve the public"))
	if circular.exempt_people:
		told.append(_("{0} employees by name").format(len({row.employee for row in circular.exempt_people})))
	return "; ".join(told) or "-"
