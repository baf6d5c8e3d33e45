"""Two ticks of a request became questions: a tick is a Yes; a box that was left open on a draft is not answered.

Whoever had applied was judged by it, so there it stays the No that it was taken for.
"""

import frappe

from mkd_hrms.constants import DRAFT, REQUEST
from mkd_hrms.services.requests.answers import NO, QUESTIONS, YES


def execute():
	table = frappe.qb.DocType(REQUEST)
	for name in QUESTIONS:
		column = table[name]
		frappe.qb.update(table).set(column, YES).where(column == "1").run()
		frappe.qb.update(table).set(column, "").where((column == "0") & (table.status == DRAFT)).run()
		frappe.qb.update(table).set(column, NO).where(column == "0").run()
