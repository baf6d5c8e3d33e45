"""A transfer that makes a new Employee record keeps one person, and with it one quota."""

import frappe
from frappe.utils import getdate

from mkd_hrms.facts.concerned import PERSON
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import read_nip
from mkd_hrms.facts.superiors import read_reports
from mkd_hrms.services.ledger.moving import move_person
from mkd_hrms.services.people.approvers import reassign_or_tell
from mkd_hrms.services.standing.changes_noted import concerns


def before_submit(doc, method=None):
	"""The platform copies the record, with its NIP, before it ends the old one: for that moment both are active."""
	frappe.flags.mkd_transferred = doc.employee if doc.create_new_employee_id else None


def on_submit(doc, method=None):
	"""Without a NIP the person is known by his record: what he has used goes with him to the new one."""
	frappe.flags.mkd_transferred = None
	if not doc.new_employee_id:
		return
	if not read_nip(SiteDatabase(), doc.new_employee_id):
		move_person(doc.employee, doc.new_employee_id, until=getdate(doc.transfer_date))
	for report in read_reports(SiteDatabase(), doc.employee):
		reassign_or_tell(report)
	concerns(PERSON, doc.employee, doc.new_employee_id)
