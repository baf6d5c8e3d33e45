"""Sets of names that wait for a worker, in the Redis that carries the jobs.

What a worker takes is kept until it says that it is done, so what a killed one had taken is taken again.
"""

from __future__ import annotations

from collections.abc import Iterable

import frappe
from frappe.utils.background_jobs import get_redis_conn

# A job that is lost together with its queue must not keep others from being started for ever.
LONGEST_WAIT = 15 * 60
# How long, in seconds, a job may take that works off a box.
TIMEOUT = 3600


def add(box: str, names: Iterable[str]) -> None:
	"""Put names into a box; what waits there already waits once."""
	if names := list(names):
		get_redis_conn().sadd(_key(box), *names)


def take(box: str) -> set[str]:
	"""Everything that waits in a box; it stays taken until `done`."""
	with get_redis_conn().pipeline() as steps:
		steps.sunionstore(_taken(box), _taken(box), _key(box))
		steps.delete(_key(box))
		steps.smembers(_taken(box))
		names = steps.execute()[-1]
	return {name.decode() for name in names}


def done(box: str) -> None:
	"""What was taken from a box is worked off."""
	get_redis_conn().delete(_taken(box))


def waits(box: str) -> bool:
	"""Whether anything is in a box, or was taken by a worker that did not finish."""
	return bool(get_redis_conn().exists(_key(box), _taken(box)))


def claim_job(box: str) -> bool:
	"""True for the first who asks until `release_job`: one job is enough for everything that waits by then."""
	return bool(get_redis_conn().set(_job(box), 1, nx=True, ex=LONGEST_WAIT))


def release_job(box: str) -> None:
	"""Called by the job before it takes anything: what comes from now on needs another job."""
	get_redis_conn().delete(_job(box))


def _key(box: str) -> str:
	# A bench that gives its queue's Redis to a user of its own opens it only for keys that begin like this.
	return f"rq:mkd:{frappe.conf.db_name}:{box}"


def _taken(box: str) -> str:
	return f"{_key(box)}:taken"


def _job(box: str) -> str:
	return f"{_key(box)}:job"
