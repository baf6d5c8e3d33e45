"""Training comes before MKD for everybody who takes part (rule W10), and excuses his absence."""

from frappe.utils import getdate

from mkd_hrms.facts.concerned import PERSON
from mkd_hrms.services.booked_days import superseding
from mkd_hrms.services.standing.changes_noted import concerns


def on_submit(doc, method=None):
	employees = {row.employee for row in doc.employees if row.employee}
	superseding.give_way_to(doc, sorted(employees), getdate(doc.start_time), getdate(doc.end_time))


def on_update_after_submit(doc, method=None):
	on_submit(doc)


def on_cancel(doc, method=None):
	superseding.ask_again(doc)


def on_change(doc, method=None):
	if not doc.docstatus.is_draft():
		before = doc.get_doc_before_save()
		concerns(PERSON, *(row.employee for row in (*doc.employees, *(before.employees if before else ()))))
