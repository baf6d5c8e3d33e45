"""The links in a mail of the Workflow: looking at one changes nothing, and pressing its button does what the form does.

The platform acts on whoever fetches the address, a mail scanner for instance; and what it refuses there leaves another
state than what it refuses on the form.
"""

from __future__ import annotations

import hmac
from urllib.parse import parse_qsl

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import escape_html, strip_html
from frappe.utils.verified_command import get_signed_params, verify_request
from frappe.workflow.doctype.workflow_action import workflow_action

from mkd_hrms.overrides.functions.workflow import REFUSALS

SIGNATURE = "&_signature="
# What the button of our page posts, signed.
DEED = {"action", "doctype", "docname", "state", "user"}
# The platform says the same of other links.
PAGE = "MKD Link in a Mail"
FORM = "mkd_hrms/templates/includes/confirm_action.html"


@frappe.whitelist(allow_guest=True)
def apply_action(
	action: str,
	doctype: str,
	docname: str,
	current_state: str,
	user: str | None = None,
	last_modified: str | None = None,
):
	if doctype not in REFUSALS:
		return workflow_action.apply_action(action, doctype, docname, current_state, user, last_modified)
	if verify_request():
		ask(action, frappe.get_doc(doctype, docname), current_state, user)


@frappe.whitelist(allow_guest=True)
def confirm_action(
	doctype: str | None = None,
	docname: str | None = None,
	user: str | None = None,
	action: str | None = None,
	signed: str | None = None,
):
	if signed and frappe.request.method == "POST":
		deed = verified(signed)
		return decide(**deed) if deed else refuse_link()
	if doctype not in REFUSALS:
		return workflow_action.confirm_action(doctype, docname, user, action)
	if verify_request():
		doc = frappe.get_doc(doctype, docname)
		ask(action, doc, workflow_action.get_doc_workflow_state(doc), user)


def ask(action: str, doc: Document, state: str, user: str | None):
	"""A page with the button that posts."""
	if workflow_action.get_doc_workflow_state(doc) != state:
		return workflow_action.return_link_expired_page(doc, workflow_action.get_doc_workflow_state(doc))
	deed = {"action": action, "doctype": doc.doctype, "docname": doc.name, "state": state, "user": user}
	logged_in = frappe.session.user != "Guest"
	context = {
		"action": action,
		"signed": get_signed_params(deed),
		"csrf_token": frappe.sessions.get_csrf_token() if logged_in else None,
	}
	title = f"{_(doc.doctype)} {doc.name}"
	frappe.respond_as_web_page(title, frappe.render_template(FORM, context), indicator_color="blue")


def verified(signed: str) -> dict[str, str]:
	"""What a button posts, where this site signed it for a button: it signs other addresses as well."""
	params, _separator, _signature = signed.partition(SIGNATURE)
	deed = dict(parse_qsl(params))
	is_ours = hmac.compare_digest(get_signed_params(params).encode(), signed.encode())
	return deed if is_ours and set(deed) == DEED else {}


def refuse_link():
	frappe.respond_as_web_page(
		_("Invalid Link", context=PAGE),
		_("This link is invalid or expired. Please make sure you have pasted correctly.", context=PAGE),
		http_status_code=403,
	)


def decide(action: str, doctype: str, docname: str, state: str, user: str):
	"""Do it as whoever is logged in, or else as whom the mail was written to."""
	is_guest = frappe.session.user == "Guest"
	if is_guest and not frappe.db.get_value("User", user, "enabled"):
		return refuse_link()
	if is_guest:
		frappe.set_user(user)
	try:
		act(frappe.get_doc(doctype, docname), action, state)
	finally:
		if is_guest:
			frappe.set_user("Guest")


def act(doc: Document, action: str, state: str):
	"""As the button of the form: what is refused is undone before anybody is told, so that what follows from it is kept."""
	if workflow_action.get_doc_workflow_state(doc) != state:
		return workflow_action.return_link_expired_page(doc, workflow_action.get_doc_workflow_state(doc))
	try:
		done = apply_workflow(doc, action)
	except (frappe.ValidationError, frappe.PermissionError) as problem:
		frappe.db.rollback()
		frappe.clear_messages()
		sentence = escape_html(strip_html(str(problem))) or _("You may not do this.")
		frappe.respond_as_web_page(_("Not Done"), sentence, http_status_code=417)
	else:
		frappe.db.commit()
		workflow_action.return_success_page(done)
