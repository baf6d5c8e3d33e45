"""A transfer that makes a new Employee record keeps one person, and with it one quota."""

import frappe

from mkd_hrms.facts.concerned import PERSON
from mkd_hrms.overrides.employee import reassign_or_tell
from mkd_hrms.services.ledger import move_person
from mkd_hrms.services.reevaluation import concerns


def on_submit(doc, method=None):
	"""The platform copies the record without the NIP, which two active records must not share, and then ends the old one.

	Without a NIP the person is known by his record: his used days go with him to the new one.
	"""
	if not doc.new_employee_id:
		return
	nip = frappe.db.get_value("Employee", doc.employee, "mkd_nip")
	if nip:
		frappe.get_doc("Employee", doc.new_employee_id).db_set("mkd_nip", nip)
	else:
		move_person(doc.employee, doc.new_employee_id)
	for report in frappe.get_all("Employee", filters={"reports_to": doc.employee}, pluck="name"):
		reassign_or_tell(report)
	concerns(PERSON, doc.employee, doc.new_employee_id)
