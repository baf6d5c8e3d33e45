"""Suspensions that were submitted before they had a state are in force, or over; only such a one can be lifted."""

import frappe
from frappe.utils import getdate

from mkd_hrms.constants import DRAFT, ENDED, IN_FORCE, SUSPENSION


def execute():
	table = frappe.qb.DocType(SUSPENSION)
	stateless = (table.docstatus == 1) & (table.status.isnull() | table.status.isin(["", DRAFT]))
	over = stateless & (table.to_date < getdate())
	frappe.qb.update(table).set(table.status, ENDED).where(over).run()
	frappe.qb.update(table).set(table.status, IN_FORCE).where(stateless).run()
