"""Letters: issued, listed, and checked by whoever holds one."""

from __future__ import annotations

from werkzeug.wrappers import Response

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.rate_limiter import rate_limit
from frappe.translate import print_language

from mkd_hrms.permissions import reported
from mkd_hrms.services.letters import check, issuing, periods, register
from mkd_hrms.services.letters.kinds import OF
from mkd_hrms.services.letters.letter import LANGUAGE
from mkd_hrms.services.platform.opened import opened


@frappe.whitelist()
def letters_of(doctype: str, name: str) -> dict:
	"""The letters that were issued about a document, and those that the reader may issue now."""
	doc = _gives_letters(doctype, name)
	kinds = issuing.open_kinds(doc) if issuing.may_issue(doc, frappe.session.user) else []
	return {
		"issued": register.all_of(doc.doctype, doc.name),
		"open": [{"kind": kind.value, "is_numbered": issuing.is_numbered(doc, kind)} for kind in kinds],
	}


@frappe.whitelist(methods=["POST"])
def issue_letter(doctype: str, name: str, kind: str, number: str | None = None) -> dict:
	"""Enter a letter in the register, with the next number or one that is typed in: whoever decided, or HR."""
	return _issued(issuing.issue(_gives_letters(doctype, name), kind, number))


@frappe.whitelist(methods=["POST"])
def issue_verification_sheet(employee: str, from_date: str, to_date: str, number: str | None = None) -> dict:
	"""Enter the sheet of somebody's daily reports of a period in the register: his superior, or HR."""
	period = frappe.utils.getdate(from_date), frappe.utils.getdate(to_date)
	return _issued(periods.issue_sheet(employee, *period, number))


@frappe.whitelist(methods=["POST"])
def issue_recap(
	month: str, company: str | None = None, department: str | None = None, number: str | None = None
) -> dict:
	"""Enter the recap of a month of a unit with those below it in the register: who is shown everybody of it.

	`month` is any date of it.
	"""
	narrowed = reported.whole_unit(frappe.session.user, company, department)
	first = frappe.utils.getdate(frappe.utils.get_first_day(month))
	return _issued(periods.issue_recap(narrowed, department or None, first, number))


def _issued(letter: Document) -> dict:
	return {"name": letter.name, "number": letter.number, "status": letter.status}


def _gives_letters(doctype: str, name: str) -> Document:
	if doctype not in OF:
		frappe.throw(_("No letter comes of {0}.").format(_(doctype)), frappe.PermissionError)
	return opened(doctype, name)


# By address alone: whoever tries tokens changes them.
@frappe.whitelist(allow_guest=True, methods=["GET"])
@rate_limit(limit=120, seconds=3600)
def letter_check(token: str = "") -> Response:
	"""Whether the letter with this code holds, for whoever has it in his hand: number, date and kind, and nobody's name."""
	letter = check.found(token)
	with print_language(LANGUAGE):
		page = frappe.render_template("mkd_hrms/templates/letters/check.html", {"letter": letter})
	answer = Response(page, status=200 if letter else 404, content_type="text/html; charset=utf-8")
	answer.headers.update(check.HEADERS)
	return answer
