"""An account to send mail from, for a test of what goes out: nothing leaves the machine, it waits in the queue."""

from email import message_from_string, policy

import frappe

ACCOUNT = "MKD Notices"
HOST = {"email_id": "kepegawaian@mkd.test", "enable_outgoing": 1, "default_outgoing": 1}


def open_account(case):
	"""Stored as it is: saving it would look for its server. It goes with the test, or with the class."""
	account = frappe.new_doc("Email Account")
	account.update({"name": ACCOUNT, "email_account_name": ACCOUNT, **HOST})
	account.db_insert()
	frappe.db.commit()
	add = case.addClassCleanup if isinstance(case, type) else case.addCleanup
	add(close_account)


def close_account():
	frappe.db.rollback()
	frappe.db.delete("Email Account", ACCOUNT)
	frappe.db.commit()


def mails_to(address):
	"""Subject and text of each mail to somebody, oldest first."""
	rows = frappe.get_all("Email Queue Recipient", {"recipient": address}, pluck="parent")
	mails = frappe.get_all("Email Queue", {"name": ("in", rows or [""])}, ["message"], order_by="creation")
	return [_read(mail.message) for mail in mails]


def _read(message):
	mail = message_from_string(message, policy=policy.default)
	return f"{mail['Subject']}\n{mail.get_body(('html',)).get_content()}"
