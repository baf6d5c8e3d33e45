"""Who may do what with an import: said once, for the service that refuses and for the form that does not offer."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.core.doctype.user_permission.user_permission import get_user_permissions
from frappe.model.document import Document
from frappe.permissions import get_allowed_docs_for_doctype

from mkd_hrms.constants import (
	APPLIED,
	APPLYING,
	CHECKED,
	CHECKING,
	DATA_SENDER,
	DRAFT,
	IMPORT,
	IMPORT_PROFILE,
	IMPORTS,
	INTERRUPTED,
	UNDOING,
)
from mkd_hrms.facts.agency import is_company
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.services.people.hr import limits_of

CHECK, APPLY, UNDO = "Check", "Apply", "Undo"
# From which state an action leads on.
FROM = {
	CHECK: (DRAFT, CHECKED),
	APPLY: (CHECKED, INTERRUPTED),
	UNDO: (APPLIED, INTERRUPTED),
}
# While a worker is at it, nobody changes or removes it.
AT_WORK = (CHECKING, APPLYING, UNDOING)


def refusal(doc: Document, action: str, user: str) -> str | None:
	"""Why a user may not do something with an import now; None where he may."""
	if reason := stranger(doc, user):
		return reason
	if doc.status not in FROM[action]:
		return _("The import is {0}; this is done with one that is {1}.").format(
			_(doc.status, context=doc.doctype),
			" / ".join(_(state, context=doc.doctype) for state in FROM[action]),
		)
	if action == APPLY and is_undo_interrupted(doc):
		return _("Taking back was interrupted, and only that goes on: undo the import.")
	if action == APPLY and not doc.file:
		return _("The file is missing.")
	if (
		action == APPLY
		and doc.status == CHECKED
		and not (doc.created_count or doc.updated_count or doc.correction_count)
	):
		return _("Nothing of the file would change anything.")
	return None


def is_undo_interrupted(doc: Document) -> bool:
	"""Whether a part of an import is taken back and another is not; nobody may add to it again."""
	return doc.status == INTERRUPTED and bool(doc.undone_by)


def stranger(doc: Document, user: str) -> str | None:
	"""Why a user has no part in an import, in whatever state; asked again by the worker that acts for him."""
	may = not IMPORTS.isdisjoint(frappe.get_roles(user))
	if may and frappe.has_permission(doc.doctype, "write", doc=doc, user=user):
		return None
	# A program opens no import, but what it sent is stored for it.
	if doc.push_key and doc.owner == user and not refusal_of_push(doc.company, doc.profile, user):
		return None
	return _("Only an HR Manager or an MKD Officer of {0} imports files.").format(doc.company)


def offered(doc: Document, user: str) -> list[str]:
	"""What the form offers."""
	return [action for action in FROM if not refusal(doc, action, user)]


def refusal_of_push(company: str, profile: str, user: str) -> str | None:
	"""Why a user may not send rows of this kind about the people of a company; None where he may."""
	roles = frappe.get_roles(user)
	imports = not IMPORTS.isdisjoint(roles) and frappe.has_permission(IMPORT, "create", user=user)
	if not (imports or DATA_SENDER in roles):
		return _("Rows are sent by a user with the role {0}.").format(_(DATA_SENDER))
	companies = limits_of(user, IMPORT).get("company")
	if not (company in companies if companies else is_company(SiteDatabase(), company)):
		return _("The people of {0} are not left to you, or there is no such company.").format(company)
	given = get_user_permissions(user).get(IMPORT_PROFILE)
	chosen = get_allowed_docs_for_doctype(given, IMPORT) if given else ()
	if chosen and profile not in chosen:
		return _("Rows of {0} are not left to you; you may send {1}.").format(
			profile, ", ".join(sorted(chosen))
		)
	return None
