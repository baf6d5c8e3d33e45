"""The yearly agreement (*pakta*): whose text it is, who signs it, and that it stands once signed (rule E15).

The employee signs in the form, and nobody for him: what he signs is the text that was stored before and that he has
seen, with the number of its version. HR may enter a paper that he signed by hand; then the scan is the agreement.
"""

from __future__ import annotations

import base64
import binascii
from datetime import date, timedelta

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, get_link_to_form, getdate

from mkd_hrms.constants import AGREEMENT, SETTINGS
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import read_nip
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.dates import add_months
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.ledger import booking
from mkd_hrms.services.people.approvers import is_hr
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.platform.attached_files import is_picture
from mkd_hrms.services.policies.in_force import policy_on

IN_THE_FORM, SCAN = "In the Form", "Scan"
# What only this file writes, whatever the caller sent.
COMPUTED = ("text", "template_version", "signed_how", "signed_by", "signed_at")
TERMS = ("employee", "valid_from", "valid_to")
PREFIX = "data:image/png;base64,"


class NotHisToSign(frappe.PermissionError):
	"""Nobody signs for somebody else."""


class TextChanged(frappe.ValidationError):
	"""What would be signed is not what was shown."""


class AgreementStands(frappe.ValidationError):
	"""A signed agreement is not changed any more."""


class AgreementsOverlap(frappe.ValidationError):
	"""One day has one agreement."""


def settle(doc: Document) -> None:
	"""Fill in, sign or record what was sent; refuse what nobody may write.

	Raises NotHisToSign, TextChanged, AgreementStands, AgreementsOverlap, MandatoryError, or ValidationError for
	dates and signatures that cannot be.
	"""
	before = doc.get_doc_before_save()
	for name in COMPUTED:
		doc.set(name, before.get(name) if before else None)
	if before and before.signed_on:
		return _refuse_change(doc, before)
	person = read_person(doc.employee)
	_set_period(doc, person)
	_refuse_overlap(doc)
	if doc.signature:
		_sign(doc, before, person)
	elif doc.signed_on or doc.attachment:
		_record_scan(doc, person)
	else:
		doc.text, doc.template_version = render(doc, person), current_version()


def _set_period(doc: Document, person: Person) -> None:
	"""From the day after the last one ends, for as long as the policy says; HR may write other dates."""
	own = frappe.session.user == person.user
	if not doc.valid_from:
		doc.valid_from = _next_start(doc.employee)
	start = getdate(doc.valid_from)
	if own and start < clock.today() and doc.has_value_changed("valid_from"):
		frappe.throw(_("An agreement that you sign begins today or later."))
	last = add_months(start, policy_on(person.company, start).agreement_months) - timedelta(days=1)
	if own or not doc.valid_to:
		doc.valid_to = last
	if getdate(doc.valid_to) < start:
		frappe.throw(_("The agreement ends before it begins."), title=_("Dates in Wrong Order"))
	if getdate(doc.valid_to) > last:
		frappe.throw(
			_("By the policy an agreement that begins then lasts until {0}.").format(format_date(last))
		)


def _next_start(employee: str) -> date:
	last = frappe.db.get_value(AGREEMENT, {"employee": employee}, "valid_to", order_by="valid_to desc")
	return max(clock.today(), last + timedelta(days=1)) if last else clock.today()


def _refuse_overlap(doc: Document) -> None:
	"""Of two that are written at once the second waits, and reads what the first has stored."""
	booking.lock_person(doc.employee)
	table = frappe.qb.DocType(AGREEMENT)
	other = (
		frappe.qb.from_(table)
		.select(table.name, table.valid_from, table.valid_to)
		.where((table.employee == doc.employee) & (table.name != (doc.name or "")))
		.where((table.valid_from <= getdate(doc.valid_to)) & (table.valid_to >= getdate(doc.valid_from)))
		.limit(1)
		.for_update()
		.run()
	)
	if other:
		name, since, until = other[0]
		frappe.throw(
			_("{0} covers {1} to {2} already. Sign that one, or choose a later start.").format(
				get_link_to_form(AGREEMENT, name), format_date(since), format_date(until)
			),
			AgreementsOverlap,
		)


def _sign(doc: Document, before: Document | None, person: Person) -> None:
	user = frappe.session.user
	if user != person.user:
		frappe.throw(
			_("Only {0} signs this agreement. HR may record a paper that was signed by hand.").format(
				person.employee_name
			),
			NotHisToSign,
		)
	if not _is_drawing(doc.signature):
		frappe.throw(_("The signature is empty or no picture. Draw it in the form."))
	if not before or not before.text:
		frappe.throw(_("Save the agreement first, read its text, and then sign it."), TextChanged)
	terms_changed = any(str(doc.get(name)) != str(before.get(name)) for name in TERMS)
	if terms_changed or before.template_version != current_version():
		frappe.throw(
			_(
				"The text of the agreement has changed since it was shown. Save without a signature, read it, and sign then."
			),
			TextChanged,
		)
	doc.attachment = None
	_note(doc, IN_THE_FORM, clock.today())


def _record_scan(doc: Document, person: Person) -> None:
	if not is_hr(frappe.session.user) or frappe.session.user == person.user:
		frappe.throw(
			_("Sign in the form. A scan is recorded by HR, and by nobody for himself."), NotHisToSign
		)
	if not (doc.signed_on and doc.attachment):
		frappe.throw(
			_("A paper that was signed by hand needs both: the date on which it was signed, and the scan."),
			frappe.MandatoryError,
		)
	if getdate(doc.signed_on) > clock.today():
		frappe.throw(_("An agreement cannot be signed on a day that has not come yet."))
	doc.text = doc.template_version = None
	_note(doc, SCAN, getdate(doc.signed_on))


def _note(doc: Document, how: str, day: date) -> None:
	doc.signed_how, doc.signed_on = how, day
	doc.signed_by, doc.signed_at = frappe.session.user, clock.now()


def _is_drawing(signature: str) -> bool:
	"""Whether this is what the form's signature pad makes."""
	if not signature.startswith(PREFIX):
		return False
	try:
		return is_picture("PNG", base64.b64decode(signature.removeprefix(PREFIX), validate=True))
	except binascii.Error:
		return False


def _refuse_change(doc: Document, before: Document) -> None:
	"""A signed agreement stands as it was signed. HR may let it end earlier, in nobody's own case."""
	fixed = ("employee", "valid_from", "signed_on", "signature", "attachment")
	same = all(str(doc.get(name) or "") == str(before.get(name) or "") for name in fixed)
	if same and str(doc.valid_to) == str(before.valid_to):
		return
	own = frappe.session.user == read_person(before.employee).user
	start, end = getdate(doc.valid_from), getdate(doc.valid_to)
	if same and is_hr(frappe.session.user) and not own and start <= end <= getdate(before.valid_to):
		return
	frappe.throw(
		_("{0} is signed and stands as it is. HR may only let it end earlier.").format(doc.name),
		AgreementStands,
	)


def refuse_deletion(doc: Document) -> None:
	"""What the employee declared in the form is kept; a scan recorded by mistake may go. Raises AgreementStands."""
	if doc.signed_how == IN_THE_FORM:
		frappe.throw(
			_("{0} is signed and cannot be deleted. HR may let it end earlier.").format(doc.name),
			AgreementStands,
		)


def render(doc: Document, person: Person) -> str:
	"""The present text with the employee's data: nothing else of the site is within its reach."""
	values = {
		"employee_name": person.employee_name,
		"nip": read_nip(SiteDatabase(), person.employee) or "-",
		"designation": person.designation or "-",
		"department": person.department or "-",
		"company": person.company,
		"valid_from": format_date(doc.valid_from),
		"valid_to": format_date(doc.valid_to),
	}
	return fill(frappe.db.get_single_value(SETTINGS, "agreement_text", cache=False) or "", values)


def fill(template: str, values: dict[str, str]) -> str:
	"""The text with the values in their places. Raises ValidationError for a name that the text may not use."""
	sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
	try:
		return sandbox.from_string(template).render(values)
	except TemplateError as wrong:
		frappe.throw(_("The text of the agreement cannot be filled in: {0}").format(str(wrong)))


FIELDS_OF_TEXT = ("employee_name", "nip", "designation", "department", "company", "valid_from", "valid_to")


def check_text(settings: Document) -> None:
	"""Another text is another version; it must be one that can be filled in."""
	before = settings.get_doc_before_save()
	settings.agreement_version = (before.agreement_version if before else 0) or 0
	if (settings.agreement_text or "") != ((before and before.agreement_text) or ""):
		fill(settings.agreement_text or "", dict.fromkeys(FIELDS_OF_TEXT, "-"))
		settings.agreement_version += 1


def current_version() -> int:
	"""The number of the present text; 0 before there was any."""
	return frappe.db.get_single_value(SETTINGS, "agreement_version", cache=False) or 0
