"""The nightly evaluation as workers of the queue do it, one alone and two at once: everybody anew, in four shares."""

import time

import frappe
from frappe.installer import update_site_config

from benchmarks.province.filling import at_that_moment, now
from benchmarks.province.people import PERSON
from mkd_hrms.constants import COMPLETED, ELIGIBILITY, EVALUATION_RUN, NIGHTLY
from mkd_hrms.services.evaluation import runs
from mkd_hrms.tests.support.other_process import forget_what_waits, outcome, python
from mkd_hrms.tests.support.world import COMPANY

SHARES, ROUNDS = 4, 2
# A worker as the bench starts it. What it needs is loaded before the time counts.
WORKER = """
from frappe.utils.background_jobs import start_worker
import mkd_hrms.tasks
print("ready", flush=True)
sys.stdin.readline()
start_worker(queue="long", burst=True, quiet=True)
"""


def measure(_size):
	"""Seconds by number of workers, by turns; the standings afterwards are those of before."""
	people = frappe.db.sql(f"select count(*) from {PERSON}")[0][0]
	update_site_config(runs.MOST_KEY, -(-people // SHARES))
	try:
		with at_that_moment():
			nights = [(workers, night(workers)) for _round in range(ROUNDS) for workers in (1, 2)]
	finally:
		update_site_config(runs.MOST_KEY, "None")
	return {workers: [taken for number, taken in nights if number == workers] for workers in (1, 2)}


def night(workers):
	"""Raises RuntimeError for a run that did not complete."""
	forget_what_waits()
	# The clock stands: of several runs nobody could tell which was the last.
	for doctype in (ELIGIBILITY, EVALUATION_RUN):
		frappe.db.delete(doctype, {"company": COMPANY})
	frappe.db.commit()
	clock = f"{now():%Y-%m-%dT%H:%M:%S}.500001+07:00"
	waiting = [python(WORKER, clock=clock) for _each in range(workers)]
	for worker in waiting:
		worker.stdout.readline()
	runs.start(COMPANY, NIGHTLY)
	began = time.perf_counter()
	for worker in waiting:
		worker.stdin.write("\n")
		worker.stdin.flush()
	said = [outcome(worker) for worker in waiting]
	taken = time.perf_counter() - began
	frappe.db.rollback()
	((status, shares),) = frappe.get_all(
		EVALUATION_RUN, {"company": COMPANY}, ["status", "shares"], as_list=True
	)
	if status != COMPLETED:
		raise RuntimeError(f"The evaluation by {workers} workers is {status}: {said}")
	return {"seconds": taken, "shares": shares}
