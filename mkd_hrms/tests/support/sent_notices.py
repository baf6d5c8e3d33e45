"""Every place in the services that tells or asks somebody something, and what was told: found by itself, not listed."""

import ast
import sys
from contextlib import contextmanager
from pathlib import Path

import frappe

import mkd_hrms
from mkd_hrms.constants import MODULE
from mkd_hrms.services.platform import announcements, listeners
from mkd_hrms.tests.support.people import acting_as

SERVICES = Path(mkd_hrms.__file__).parent / "services"
# Where a notice leaves the app; and the assignment of the platform that mails of its own accord.
TELLS = {
	"inform",
	"inform_of_many",
	"ask",
	"announce",
	"announce_many",
	"announcements.announce_many",
	"sendmail",
	"notify.inform",
	"assign_to.add",
	"frappe.sendmail",
}
ASKS = {"ToDo", "Notification Log"}
LOG, TODO, MAIL = "Notification Log", "ToDo", "Email Queue"
KINDS = (LOG, TODO, MAIL)


def places():
	"""Of every function of the services that sends a notice: file and name."""
	return {
		(str(path), function.name)
		for path in sorted(SERVICES.rglob("*.py"))
		if path.name not in ("notify.py", "announcements.py")
		for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
		if isinstance(function, ast.FunctionDef) and any(map(sends, ast.walk(function)))
	}


def sends(node):
	"""Whether this is a call that tells, or a new document that asks."""
	if isinstance(node, ast.Call):
		return ast.unparse(node.func) in TELLS
	if not isinstance(node, ast.Dict):
		return False
	doctypes = (value for key, value in zip(node.keys, node.values, strict=True) if is_word(key, "doctype"))
	return any(isinstance(value, ast.Constant) and value.value in ASKS for value in doctypes)


def is_word(node, word):
	return isinstance(node, ast.Constant) and node.value == word


def notifications():
	"""The Notifications about documents of ours that are on."""
	doctypes = frappe.get_all("DocType", {"module": MODULE}, pluck="name")
	return set(
		frappe.get_all("Notification", {"document_type": ("in", doctypes), "enabled": 1}, pluck="name")
	)


def switch(name, on):
	"""As an administrator does in the list of Notifications; for the server too, which reads what is committed."""
	frappe.db.rollback()
	frappe.db.set_value("Notification", name, "enabled", on)
	frappe.cache.delete_value("notifications")
	listeners.forget()
	frappe.db.commit()


@contextmanager
def watched(wanted):
	"""Collects which of the places were reached, and which Notifications were sent to somebody."""
	reached = set()
	worded = announcements._notice.__code__

	def look(frame, event, _argument):
		code = frame.f_code
		if event == "call" and (code.co_filename, code.co_name) in wanted:
			reached.add((code.co_filename, code.co_name))
		elif event == "return" and code is worded and _argument and any(_argument.users):
			reached.add(frame.f_locals["alert"].name)

	before = sys.getprofile()
	sys.setprofile(look)
	try:
		yield reached
	finally:
		sys.setprofile(before)


def stored():
	"""The names of everything that was told or asked until now."""
	return {kind: set(frappe.get_all(kind, pluck="name")) for kind in KINDS}


def forget_since(before):
	"""Delete everything that was told or asked since, and commit."""
	for kind in KINDS:
		for name in set(frappe.get_all(kind, pluck="name")) - before[kind]:
			frappe.db.delete(kind, {"name": name})
	frappe.db.commit()


def told_since(before):
	"""Of everything new: to whom, and which document it names, or None where it opens itself."""
	for kind in KINDS:
		for name in sorted(set(frappe.get_all(kind, pluck="name")) - before[kind]):
			yield from addressed(frappe.get_doc(kind, name))


def addressed(doc):
	if doc.doctype == LOG:
		yield doc.for_user, (doc.document_type, doc.document_name) if doc.document_name else None, doc
	elif doc.doctype == TODO:
		yield doc.allocated_to, (doc.reference_type, doc.reference_name), doc
	elif doc.reference_doctype:
		for row in doc.recipients:
			yield row.recipient, (doc.reference_doctype, doc.reference_name), doc


def opens(user, doctype, name):
	"""Whether a user opens a document, and finds it in his list."""
	with acting_as(user):
		opened = frappe.has_permission(doctype, "read", frappe.get_doc(doctype, name))
		return bool(opened and frappe.get_list(doctype, filters={"name": name}))
