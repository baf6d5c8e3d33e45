"""Jobs that wait in a queue while the app is upgraded find their functions: those have moved to `tasks`, for good."""

import sys
from contextlib import contextmanager
from types import ModuleType

from redis.exceptions import RedisError

import frappe
from frappe.utils.background_jobs import get_queue, get_queue_list

from mkd_hrms import tasks

SERVICES = "mkd_hrms.services"
MOVED = {
	f"{SERVICES}.outage_effects.settle_by_worker": tasks.settle_outage,
	f"{SERVICES}.superseding.give_way_to_holidays": tasks.give_way_to_holidays,
	f"{SERVICES}.hr_review.decide_in_background": tasks.decide_requests,
	f"{SERVICES}.classification.evaluate_waiting": tasks.evaluate_waiting,
	f"{SERVICES}.impact_kept.compare_in_background": tasks.compare_policies,
	f"{SERVICES}.notices.send": tasks.send_notices,
}


def execute():
	with module_of_notices():
		try:
			for name in get_queue_list():
				for job in get_queue(name).get_jobs():
					rename(job)
		except RedisError:
			print("MKD HRMS: no queue can be reached, so no job waits under an old name.")


@contextmanager
def module_of_notices():
	"""A notice was queued as a function, which pickle looks up in the module where it stood."""
	module = ModuleType(f"{SERVICES}.notices")
	module.send = tasks.send_notices
	sys.modules[module.__name__] = module
	try:
		yield
	finally:
		del sys.modules[module.__name__]


def rename(job):
	"""Let a job of this site call what its function is now called."""
	if job.kwargs.get("site") != frappe.local.site:
		return
	method = job.kwargs.get("method")
	target = MOVED.get(method) if isinstance(method, str) else method
	if target in MOVED.values():
		job.kwargs = {**job.kwargs, "method": f"{target.__module__}.{target.__name__}"}
		job.save()
