"""How far the shares of a run are: it stands in the run itself, and changes only under the lock of its row.

Whoever works on a share holds a lock of the database meanwhile. It ends with his connection, so a share that is not
over and that nobody holds was killed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from redis.exceptions import RedisError

import frappe
from frappe.utils.background_jobs import is_job_enqueued

from mkd_hrms.constants import COMPLETED, EVALUATION_RUN, INTERRUPTED, RUN_FAILED, RUNNING, WAITING
from mkd_hrms.facts.database.scope import Share
from mkd_hrms.facts.shares import Part
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.platform.locks import is_held

OVER = (COMPLETED, RUN_FAILED, INTERRUPTED)
COUNTED = ("evaluated", "changed", "removed", "failed")
BORDERS = ("since", "before", "also", "without")


def open_run(company: str, trigger: str, parts: Iterable[Part]) -> str:
	"""Store the record of a run with its shares, so that everybody sees it while it goes on. Commits."""
	shares = [
		{name: getattr(share, name) for name in BORDERS} | {"people": people, "status": WAITING}
		for share, people in parts
	]
	run = frappe.get_doc(
		{
			"doctype": EVALUATION_RUN,
			"company": company,
			"trigger": trigger,
			"status": RUNNING,
			"evaluated_for": clock.today() + timedelta(days=1),
			"started": clock.now(),
			"started_by": frappe.session.user,
			**_written(shares),
		}
	)
	run.flags.from_evaluation = True
	run.insert(ignore_permissions=True)
	frappe.db.commit()
	return run.name


def begin(run: str, number: int) -> Share | None:
	"""The share, for whoever holds its lock; None where somebody has begun it already. Commits."""
	# Since it was left to a worker, the run may have gone together with its company.
	found = _locked(run) if frappe.db.exists(EVALUATION_RUN, run) else None
	if not found or found.status != RUNNING or found.shares[number]["status"] != WAITING:
		frappe.db.commit()
		return None
	share = found.shares[number]
	share["status"] = RUNNING
	_store(run, found.shares)
	frappe.db.commit()
	since, before, also, without = (share[name] for name in BORDERS)
	return Share(since, before, tuple(also), tuple(without))


def count(run: str, number: int, **counts: int) -> list[dict]:
	"""Say how far a share is, in the caller's transaction. Returns all shares as they are by then."""
	shares = _locked(run).shares
	shares[number].update(counts)
	_store(run, shares)
	return shares


def end(run: str, number: int, **result: Any) -> bool:
	"""A share is over. True for the one after which none is left, whose worker ends the run. Commits.

	What was killed is over, too: nobody is at it, and nobody will be.
	"""
	found = _locked(run)
	shares = found.shares
	shares[number].update(result)
	for other, share in enumerate(shares):
		if share["status"] not in OVER and not _is_alive(found.company, run, other, share):
			share["status"] = INTERRUPTED
	_store(run, shares)
	frappe.db.commit()
	return all(share["status"] in OVER for share in shares)


def shares_of(run: str) -> list[dict]:
	"""The shares of a run as they are stored, in their order."""
	return json.loads(frappe.db.get_value(EVALUATION_RUN, run, "parts") or "[]")


def trigger_of(run: str) -> str | None:
	"""What started a run; None where it has gone."""
	return frappe.db.get_value(EVALUATION_RUN, run, "trigger")


def running(company: str) -> list[str]:
	"""The runs of a company that are not over, by what they say themselves."""
	return frappe.get_all(EVALUATION_RUN, filters={"company": company, "status": RUNNING}, pluck="name")


def under_way(company: str) -> bool:
	"""Whether somebody is at work on a run of the company, or will be."""
	return any(
		is_held(lock_of(company, number)) or _has_job(run, number, share)
		for run in running(company)
		for number, share in enumerate(shares_of(run))
	)


def lock_of(company: str, number: int) -> str:
	"""What is locked for a share; the same for each run, so that two runs never evaluate the same people at once."""
	return f"share {number} of {company}"


def job_of(run: str, number: int) -> str:
	"""The id of the job that takes a share."""
	return f"mkd_evaluation::{run}::{number}"


def _is_alive(company: str, run: str, number: int, share: dict) -> bool:
	# Whoever divided the company holds its lock while he takes what waits.
	waits = share["status"] == WAITING and is_held(company)
	return waits or is_held(lock_of(company, number)) or _has_job(run, number, share)


def _has_job(run: str, number: int, share: dict) -> bool:
	"""Whether a job for it waits, or has just been taken from the queue."""
	try:
		return share["status"] == WAITING and is_job_enqueued(job_of(run, number))
	except RedisError:
		return False


def _locked(run: str) -> frappe._dict:
	found = frappe.db.get_value(
		EVALUATION_RUN, run, ["company", "status", "parts"], as_dict=True, for_update=True
	)
	found.shares = json.loads(found.parts)
	return found


def _store(run: str, shares: Sequence[dict]) -> None:
	frappe.db.set_value(EVALUATION_RUN, run, _written(shares))


def _written(shares: Sequence[dict]) -> dict[str, Any]:
	"""The columns of the run that follow from its shares."""
	counted = {name: sum(share.get(name, 0) for share in shares) for name in COUNTED}
	people = sum(share["people"] for share in shares)
	return {
		**counted,
		"people": people,
		"shares": len(shares),
		"shares_over": sum(share["status"] in OVER for share in shares),
		"progress": min(99, 100 * counted["evaluated"] // max(people, 1)),
		"parts": json.dumps(shares),
	}
