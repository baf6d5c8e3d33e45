"""Who may have a file written, and of whom: asked when it is asked for, and again by the worker that writes it."""

from __future__ import annotations

from collections.abc import Collection

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.constants import EXPORT, IMPORTS
from mkd_hrms.facts.limits import read_within
from mkd_hrms.services.people.hr import limits_of


def refusal(doc: Document, user: str) -> str | None:
	"""Why a user gets no file of a company; None where he does. Whoever imports its files may export them."""
	if IMPORTS.isdisjoint(frappe.get_roles(user)):
		return _("Only an HR Manager or an MKD Officer of {0} exports files.").format(doc.company)
	companies = limits_of(user, EXPORT).get("company")
	if companies and doc.company not in companies:
		return _("User Permissions leave you the people of other companies than {0}.").format(doc.company)
	return None


def people_left(company: str, user: str, doctypes: Collection[str]) -> frozenset[str] | None:
	"""The people of a company whom User Permissions leave a user, for exports and for some kinds of records; None is everybody."""
	limits = [found for doctype in (EXPORT, *doctypes) if (found := limits_of(user, doctype))]
	# Most of them are the same.
	different = [each for place, each in enumerate(limits) if each not in limits[:place]]
	return (
		frozenset.intersection(*(frozenset(read_within(each, company)) for each in different))
		if limits
		else None
	)
