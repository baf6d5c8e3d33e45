"""The evaluation as an operation: one job per company, one at a time, and a record of how each run went.

A run commits chunk by chunk and only writes what differs, so one that was killed and runs again ends as if it had
run once. What comes in while a company is being evaluated waits in a box, and whoever holds the company's lock works
it off afterwards.
"""

from __future__ import annotations

from collections.abc import Collection

from redis.exceptions import RedisError
from rq.timeouts import JobTimeoutException

import frappe
from frappe import _
from frappe.utils.background_jobs import is_job_enqueued

from mkd_hrms.constants import BY_HAND, BY_POLICY, BY_RECORDS, EVALUATION_RUN, INTERRUPTED, NIGHTLY, RUNNING
from mkd_hrms.services.booked_days import recheck
from mkd_hrms.services.evaluation.run_record import RunRecord
from mkd_hrms.services.platform import work_queue
from mkd_hrms.services.platform.locks import alone
from mkd_hrms.services.platform.work_queue import TIMEOUT
from mkd_hrms.services.standing import early_warnings, refresh

# From so many people on, a run over the whole company asks the database less than their names do.
MANY = 1000
# How often a run begins again after a deadlock with somebody who was saving.
ATTEMPTS = 3
# Entries of a company's box that mean everybody, by what started the run. No employee is called so.
EVERYBODY = {f"*{trigger}": trigger for trigger in (BY_POLICY, BY_RECORDS)}
# Who else is told of everybody that was evaluated, in the transaction that stores their standings.
LISTENERS: tuple[refresh.Listener, ...] = (early_warnings.notice, recheck.notice)


def start_everywhere() -> None:
	"""One job per company, so that workers on any number of hosts share the agencies."""
	for company in refresh.companies():
		start(company, NIGHTLY)


def start(company: str, trigger: str) -> bool:
	"""Leave a company to a worker. False where such a job waits or runs already."""
	job_id = f"mkd_evaluation::{company}"
	if is_job_enqueued(job_id):
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
	"""Evaluate everybody in a company. Returns the name of the run; None where another one is under way."""
	with alone(company) as mine:
		name = _evaluate_everybody(company, trigger) if mine else None
	if name:
		work_off(company)
	else:
		_tell_that_one_is_under_way(company, trigger)
	return name


def wish(company: str, employees: Collection[str] = (), trigger: str = BY_RECORDS) -> None:
	"""Note that people of a company, or all of them, are to be evaluated again; `work_off` does it."""
	work_queue.add(_box(company), employees or (f"*{trigger}",))


def work_off(company: str) -> None:
	"""Evaluate whoever waits in a company's box, unless somebody else is at it: he then finds them, too."""
	try:
		# Looked at again after the lock is given back: who came in between found it taken and left.
		while work_queue.waits(_box(company)):
			with alone(company) as mine:
				if not mine:
					return
				_evaluate(company, work_queue.take(_box(company)))
				work_queue.done(_box(company))
	except RedisError:
		frappe.logger("mkd_hrms").warning(f"{company}: no queue, the next night evaluates whoever waits")


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
	_close_what_was_killed(company)
	record = RunRecord(company, trigger, LISTENERS)
	record.open()
	_refresh(record)
	recheck.look_after(company)
	return record.name


def _evaluate_some(company: str, employees: Collection[str]) -> None:
	"""Single people leave no record of a run, or every saved document would; only a failure does."""
	_refresh(RunRecord(company, BY_RECORDS, LISTENERS), employees)
	recheck.look_after(company, employees)


def _refresh(record: RunRecord, employees: Collection[str] = ()) -> None:
	for attempt in range(1, ATTEMPTS + 1):
		try:
			counts = refresh.refresh(record.company, employees, record.listen, record.note_obstacle)
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


def _close_what_was_killed(company: str) -> None:
	"""Nobody else is at work on this company, so a run that still says so was killed."""
	left = frappe.get_all(EVALUATION_RUN, filters={"company": company, "status": RUNNING}, pluck="name")
	for name in left:
		reason = _("The worker ended before the run did. The next run began anew.")
		frappe.db.set_value(EVALUATION_RUN, name, {"status": INTERRUPTED, "error": reason})
	frappe.db.commit()


def _tell_that_one_is_under_way(company: str, trigger: str) -> None:
	frappe.logger("mkd_hrms").info(f"{company}: an evaluation is under way, {trigger} leaves it at that")
	if trigger == BY_HAND:
		said = _("An evaluation of {0} is under way already.").format(company)
		frappe.publish_realtime("msgprint", said, user=frappe.session.user)


def _box(company: str) -> str:
	return f"company:{company}"
