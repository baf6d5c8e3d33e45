"""The evaluation as an operation: a company at a time, in shares that several workers take, and what follows them.

A share commits chunk by chunk and only writes what differs, so one that was killed and runs again ends as if it had
run once. What comes in while a company is being evaluated waits in a box, and whoever ends the run works it off.
"""

from __future__ import annotations

import time
from collections.abc import Collection

from redis.exceptions import RedisError
from rq.timeouts import JobTimeoutException

import frappe
from frappe import _
from frappe.utils import cint
from frappe.utils.background_jobs import get_queue, get_workers, is_job_enqueued

from mkd_hrms.constants import BY_HAND, BY_POLICY, BY_RECORDS, NIGHTLY
from mkd_hrms.facts.agency import count_active
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.shares import read_parts
from mkd_hrms.services.booked_days import recheck
from mkd_hrms.services.evaluation import run_record, run_shares
from mkd_hrms.services.evaluation.run_record import RunRecord
from mkd_hrms.services.platform import work_queue
from mkd_hrms.services.platform.locks import alone
from mkd_hrms.services.platform.work_queue import TIMEOUT
from mkd_hrms.services.standing import early_warnings, refresh

# More people than this are divided among the workers that there are, unless the site's configuration says another number.
MOST, MOST_KEY = 5000, "mkd_people_per_share"
# Seconds after which whoever divided a company leaves what waits to the jobs: his own has an end, too.
OWN_SECONDS = TIMEOUT / 4
# From so many people on, a run over the whole company asks the database less than their names do.
MANY = 1000
# How often a run begins again after a deadlock with somebody who was saving.
ATTEMPTS = 3
# Entries of a company's box that mean everybody, by what started the run. No employee is called so.
EVERYBODY = {f"*{trigger}": trigger for trigger in (BY_HAND, BY_POLICY, NIGHTLY, BY_RECORDS)}
# Who else is told of everybody that was evaluated, in the transaction that stores their standings.
LISTENERS: tuple[refresh.Listener, ...] = (early_warnings.notice, recheck.notice)


def start_everywhere() -> None:
	"""One job per company, so that workers on any number of hosts share the agencies; a large one divides itself."""
	for company in refresh.companies():
		start(company, NIGHTLY)


def start(company: str, trigger: str) -> bool:
	"""Leave a company to a worker. False where such a job waits, or a run is under way already."""
	job_id = f"mkd_evaluation::{company}"
	if is_job_enqueued(job_id) or run_shares.under_way(company):
		return False
	frappe.enqueue(
		"mkd_hrms.tasks.refresh_company",
		queue="long",
		timeout=TIMEOUT,
		job_id=job_id,
		deduplicate=True,
		company=company,
		trigger=trigger,
	)
	return True


def run(company: str, trigger: str = NIGHTLY) -> str | None:
	"""Evaluate everybody in a company, together with whatever workers there are.

	Returns the name of the run, of which others may still be at work on their shares. None where another one is under
	way; whoever evaluates only some people at this moment does it afterwards.
	"""
	with alone(company) as mine:
		name = _evaluate_everybody(company, trigger) if mine and not _is_under_way(company) else None
	if not name and _is_under_way(company):
		_tell_that_one_is_under_way(company, trigger)
		return None
	if not name:
		wish(company, trigger=trigger)
	work_off(company)
	return name


def run_share(company: str, run: str, number: int) -> None:
	"""Evaluate a share of a company, unless somebody has taken it already; then work off what came in meanwhile."""
	if _evaluate_share(company, run, number):
		work_off(company)


def wish(company: str, employees: Collection[str] = (), trigger: str = BY_RECORDS) -> None:
	"""Note that people of a company, or all of them, are to be evaluated again; `work_off` does it."""
	work_queue.add(_box(company), employees or (f"*{trigger}",))


def work_off(company: str) -> None:
	"""Evaluate whoever waits in a company's box, unless somebody else is at it: he then finds them, too."""
	try:
		# Looked at again after the lock is given back: who came in between found it taken and left.
		while work_queue.waits(_box(company)):
			# Whoever ends a run looks here after it.
			if _is_under_way(company):
				return
			with alone(company) as mine:
				if not mine:
					return
				# One may have begun in between: then it is looked at again without the lock.
				if not _is_under_way(company):
					_evaluate(company, work_queue.take(_box(company)))
					work_queue.done(_box(company))
	except RedisError:
		frappe.logger("mkd_hrms").warning(f"{company}: no queue, the next night evaluates whoever waits")


def _is_under_way(company: str) -> bool:
	# What was read before may be old.
	frappe.db.commit()
	return run_shares.under_way(company)


def _evaluate(company: str, wishes: set[str]) -> None:
	# What was read before is older than the wishes.
	frappe.db.commit()
	triggers = [trigger for entry, trigger in EVERYBODY.items() if entry in wishes]
	employees = wishes - set(EVERYBODY)
	if company not in refresh.companies():
		recheck.look_after(company, employees, governed=False)
		return
	if triggers or len(employees) > MANY:
		_evaluate_everybody(company, triggers[0] if triggers else BY_RECORDS)
	elif employees:
		_evaluate_some(company, employees)


def _evaluate_everybody(company: str, trigger: str) -> str:
	"""Begin a run, have workers take part in it, and take whatever waits. Called under the lock of the company."""
	run_record.close_what_was_killed(company)
	parts = read_parts(SiteDatabase(), company, _people_per_share(company))
	run = run_shares.open_run(company, trigger, parts)
	_ask_for_help(company, run, len(parts))
	began = time.monotonic()
	for number in range(len(parts)):
		# The first one has no job.
		if number and time.monotonic() - began > OWN_SECONDS:
			break
		_evaluate_share(company, run, number)
	return run


def _people_per_share(company: str) -> int:
	"""No more shares than workers: what all shares need is read for each of them."""
	if said := cint(frappe.conf.get(MOST_KEY)):
		return said
	people = count_active(SiteDatabase(), [company])
	return max(MOST, -(-people // max(_count_workers(), 1)))


def _count_workers() -> int:
	"""Those of all hosts that look after the queue."""
	try:
		return len(get_workers(get_queue("long")))
	except RedisError:
		return 0


def _ask_for_help(company: str, run: str, count: int) -> None:
	"""A job for each share but the first, which is done at once."""
	for number in range(1, count):
		frappe.enqueue(
			"mkd_hrms.tasks.refresh_share",
			queue="long",
			timeout=TIMEOUT,
			job_id=run_shares.job_of(run, number),
			deduplicate=True,
			company=company,
			run=run,
			number=number,
		)


def _evaluate_share(company: str, run: str, number: int) -> bool:
	"""False where somebody else has it. After the last one follows what concerns the whole company."""
	with alone(run_shares.lock_of(company, number)) as mine:
		if not mine:
			return False
		record = RunRecord(company, run_shares.trigger_of(run), LISTENERS)
		if not record.take(run, number):
			return False
		try:
			_refresh(record)
			if record.was_last:
				recheck.look_after(company)
		finally:
			if record.was_last:
				# What failed after the shares is undone.
				frappe.db.rollback()
				run_record.close(run)
	return True


def _evaluate_some(company: str, employees: Collection[str]) -> None:
	"""Single people leave no record of a run, or every saved document would; only a failure does."""
	record = RunRecord(company, BY_RECORDS, LISTENERS)
	try:
		_refresh(record, employees)
	finally:
		if record.run:
			run_record.close(record.run)
	recheck.look_after(company, employees)


def _refresh(record: RunRecord, employees: Collection[str] = ()) -> None:
	for attempt in range(1, ATTEMPTS + 1):
		try:
			counts = refresh.refresh(
				record.company, employees, record.listen, record.note_obstacle, record.share
			)
		except (frappe.QueryDeadlockError, frappe.QueryTimeoutError) as error:
			if attempt == ATTEMPTS:
				return record.fail(error)
			frappe.db.rollback()
			record.begin_again()
		except JobTimeoutException as error:
			# What comes after this run has no time either.
			record.fail(error)
			raise
		except Exception as error:
			return record.fail(error)
		else:
			return record.complete(counts)


def _tell_that_one_is_under_way(company: str, trigger: str) -> None:
	frappe.logger("mkd_hrms").info(f"{company}: an evaluation is under way, {trigger} leaves it at that")
	if trigger == BY_HAND:
		said = _("An evaluation of {0} is under way already.").format(company)
		frappe.publish_realtime("msgprint", said, user=frappe.session.user)


def _box(company: str) -> str:
	return f"company:{company}"
