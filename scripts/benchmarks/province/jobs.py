"""Every job of `tasks.py` on an ordinary day: seconds, statements, and rows written; and how long the audit takes.

They run at the clock of Thursday morning, when yesterday's days end. Rows are those that the server says a statement wrote.
"""

import resource
import time
from functools import partial

import frappe

from benchmarks.province.filling import at_that_moment, violations_of_others
from mkd_hrms import tasks
from mkd_hrms.tests.support.whole_way import measured
from mkd_hrms.tests.support.world import COMPANY

# In the order of a day: the night, the morning, and every quarter of an hour.
JOBS = {
	"refresh_company": partial(tasks.refresh_company, COMPANY),
	"mend_attendance": tasks.mend_attendance,
	"forget_places": tasks.forget_places,
	"follow_up_measures": tasks.follow_up_measures,
	"tell_now": tasks.tell_now,
	"expire_undecided": tasks.expire_undecided,
	"end_days_of": partial(tasks.end_days_of, COMPANY),
	"climb_ladder": tasks.climb_ladder,
	"escalate_unverified": tasks.escalate_unverified,
}


def run_all(_size):
	"""Each job once, as it finds the day; then the quarter of an hour in which nothing is left to do."""
	with at_that_moment():
		first = [run(name) for name in JOBS]
		again = [run(name) for name in JOBS]
	return {"first": first, "again": again}


def audit_all(_size):
	"""All questions of `mkd-audit` about everybody; what they find is told, not judged."""
	with at_that_moment():
		began = time.perf_counter()
		found = {name: len(rows) for name, rows in violations_of_others().items()}
		seconds = time.perf_counter() - began
	return {"seconds": seconds, "peak_mb": peak_mb(), "violations": found}


def peak_mb():
	"""Of this process until now."""
	return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(name):
	frappe.db.commit()
	with measured() as measure:
		JOBS[name]()
		frappe.db.commit()
	rows = measure.rows_written
	return {
		"name": name,
		"seconds": measure.seconds,
		"statements": measure.statements,
		"rows_written": rows,
		"peak_mb": peak_mb(),
		"statements_per_hundred_rows": 100 * measure.statements / rows if rows else None,
	}
