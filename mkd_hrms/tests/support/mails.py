"""What was written to somebody by mail, and a site that has no account to send from. Nothing leaves the machine."""

from contextlib import ExitStack, contextmanager
from email import message_from_string, policy
from unittest.mock import patch

import frappe


def mails_to(address):
	"""Subject and text of each mail to somebody, oldest first."""
	rows = frappe.get_all("Email Queue Recipient", {"recipient": address}, pluck="parent")
	mails = frappe.get_all("Email Queue", {"name": ("in", rows or [""])}, ["message"], order_by="creation")
	return [_read(mail.message) for mail in mails]


def _read(message):
	mail = message_from_string(message, policy=policy.default)
	return f"{mail['Subject']}\n{mail.get_body(('html',)).get_content()}"


@contextmanager
def without_account():
	"""The site's configuration names none, and mail is not muted, where the platform makes one up."""
	with ExitStack() as stack:
		stack.enter_context(patch.dict(frappe.local.conf, mail_server=None, mute_emails=0))
		stack.enter_context(patch.dict(frappe.local.flags, mute_emails=False))
		yield
