"""HRMS's monthly allocation of earned leave: its nearest relative of an evaluation that stores a row for everybody."""

from datetime import timedelta

import frappe
from frappe.utils import add_months, get_first_day

from hrms.hr.utils import allocate_earned_leaves

from benchmarks.measuring import peak_megabytes
from mkd_hrms.services.calendar import clock
from mkd_hrms.tests.support.whole_way import measured

LEAVE_TYPE = "Earned Leave of the Benchmark"
TABLES = ("Leave Policy Assignment", "Leave Allocation", "Leave Ledger Entry")
# Days a year, and what had been allocated before: one more day is due each month.
A_YEAR, BEFORE = 12, 6
HALF_A_YEAR = timedelta(days=182)
# What an allocation leaves behind: a changed total, an entry in the ledger, a comment.
TRACES = {
	"Leave Allocation": {"leave_type": LEAVE_TYPE, "total_leaves_allocated": (">", BEFORE)},
	"Leave Ledger Entry": {"leave_type": LEAVE_TYPE, "leaves": ("!=", BEFORE)},
	"Comment": {"reference_doctype": "Leave Allocation"},
}

ASSIGNMENTS = """
	insert into `tabLeave Policy Assignment`
		(name, creation, modified, docstatus, employee, employee_name, company, leave_policy, effective_from,
		effective_to, leaves_allocated)
	select concat(%(prefix)s, 'LPA-', name), now(6), now(6), 1, name, employee_name, company, %(policy)s,
		%(since)s, %(until)s, 1
	from `tabEmployee` where company = %(company)s and status != 'Left'
"""
ALLOCATIONS = """
	insert into `tabLeave Allocation`
		(name, creation, modified, docstatus, employee, employee_name, department, company, leave_type, from_date,
		to_date, new_leaves_allocated, total_leaves_allocated, leave_policy_assignment)
	select concat(%(prefix)s, 'LAL-', name), now(6), now(6), 1, name, employee_name, department, company,
		%(leave_type)s, %(since)s, %(until)s, %(before)s, %(before)s, concat(%(prefix)s, 'LPA-', name)
	from `tabEmployee` where company = %(company)s and status != 'Left'
"""
LEDGER = """
	insert into `tabLeave Ledger Entry`
		(name, creation, modified, docstatus, employee, employee_name, company, leave_type, transaction_type,
		transaction_name, leaves, from_date, to_date)
	select concat(%(prefix)s, 'LLE-', name), creation, modified, 1, employee, employee_name, company, leave_type,
		'Leave Allocation', name, new_leaves_allocated, from_date, to_date
	from `tabLeave Allocation` where leave_type = %(leave_type)s
"""


def fill(company, prefix):
	"""Everybody who has not left has half a year of leave, under a policy that gives a day a month."""
	values = {
		"prefix": prefix,
		"company": company,
		"leave_type": LEAVE_TYPE,
		"policy": _policy(),
		"before": BEFORE,
		"since": clock.today() - HALF_A_YEAR,
		"until": clock.today() + HALF_A_YEAR,
	}
	for statement in (ASSIGNMENTS, ALLOCATIONS, LEDGER):
		frappe.db.sql(statement, values)
	frappe.db.commit()
	for table in TABLES:
		frappe.db.sql_ddl(f"analyze table `tab{table}`")


def _policy():
	"""The name of the policy; made with its leave type when there is none yet."""
	if not frappe.db.exists("Leave Type", LEAVE_TYPE):
		frappe.get_doc(
			{
				"doctype": "Leave Type",
				"leave_type_name": LEAVE_TYPE,
				"is_earned_leave": 1,
				"earned_leave_frequency": "Monthly",
				"allocate_on_day": "First Day",
			}
		).insert()
		details = [{"leave_type": LEAVE_TYPE, "annual_allocation": A_YEAR}]
		policy = {"doctype": "Leave Policy", "title": LEAVE_TYPE, "leave_policy_details": details}
		frappe.get_doc(policy).insert().submit()
	return frappe.db.get_value("Leave Policy Detail", {"leave_type": LEAVE_TYPE}, "parent")


def allocate():
	"""The scheduler's job on the first day of next month, when everybody's day is due; then all is put back."""
	due = get_first_day(add_months(clock.today(), 1))
	# A day later nothing is due: this asks about everybody and writes nothing.
	frappe.flags.current_date = due + timedelta(days=1)
	allocate_earned_leaves()
	frappe.flags.current_date = due
	with measured() as measure:
		allocate_earned_leaves()
		frappe.db.commit()
	rows = {table: frappe.db.count(table, filters) for table, filters in TRACES.items()}
	_put_back()
	return {
		"seconds": measure.seconds,
		"statements": measure.statements,
		"peak_mb": peak_megabytes(),
		"employees": rows["Leave Allocation"],
		"rows_written": sum(rows.values()),
	}


def _put_back():
	allocation, *others = TRACES
	for table in others:
		frappe.db.delete(table, TRACES[table])
	frappe.db.set_value(
		allocation, TRACES[allocation], "total_leaves_allocated", BEFORE, update_modified=False
	)
	frappe.db.commit()
