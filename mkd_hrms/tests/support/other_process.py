"""Other processes of the same site: a worker of the queue, and Python that has a connection of its own.

Both see only what is committed, and both can be killed like a worker on any host.
"""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from rq import Queue

import frappe
from frappe.utils.background_jobs import generate_qname, get_redis_conn

from mkd_hrms.services.platform.locks import lock_name
from mkd_hrms.tests.support.frozen import NOON

SECONDS_TO_END = 120
PROLOGUE = """
import os, signal, sys
from freezegun import freeze_time
import frappe
frappe.init(site={site!r}, sites_path={sites!r})
frappe.connect()
freeze_time({clock!r}, tick=True).start()
"""


def python(code, clock=NOON, **names):
	"""A process that runs code on this site at the hour of the tests; `names` are literals that the code may use."""
	sites = str(Path(frappe.local.sites_path).resolve())
	prologue = PROLOGUE.format(site=frappe.local.site, sites=sites, clock=clock)
	values = "".join(f"{name} = {value!r}\n" for name, value in names.items())
	return subprocess.Popen(
		[sys.executable, "-c", prologue + values + code],
		cwd=sites,
		stdin=subprocess.PIPE,
		stdout=subprocess.PIPE,
		stderr=subprocess.PIPE,
		text=True,
	)


def outcome(process):
	"""Exit code, output and errors of a process that ends by itself."""
	output, errors = process.communicate(timeout=SECONDS_TO_END)
	return process.returncode, output, errors


@contextmanager
def meanwhile(code, **names):
	"""Code that says "ready" and then waits for its input to end, which it does with this block."""
	process = python(code, **names)
	try:
		said = process.stdout.readline().strip()
		assert said == "ready", said + process.stderr.read()
		yield process
	finally:
		process.stdin.close()
		process.wait(SECONDS_TO_END)
		process.stdout.close()
		process.stderr.close()


def work_the_queue(queue="long"):
	"""A worker as the bench starts it, until its queue is empty. Returns what it printed."""
	result = subprocess.run(
		[*_worker(queue), "--burst"],
		cwd=Path(frappe.local.sites_path).resolve(),
		env={**os.environ, "CI": "1"},
		capture_output=True,
		text=True,
		timeout=SECONDS_TO_END,
	)
	assert result.returncode == 0, result.stdout + result.stderr
	return result.stdout + result.stderr


@contextmanager
def at_the_queue(queue="long"):
	"""A worker as the bench starts it, for the length of a block."""
	sites = Path(frappe.local.sites_path).resolve()
	with (sites / frappe.local.site / "logs" / "worker.log").open("w") as log:
		process = subprocess.Popen(
			_worker(queue), cwd=sites, env={**os.environ, "CI": "1"}, stdout=log, stderr=subprocess.STDOUT
		)
	try:
		yield process
	finally:
		process.terminate()
		process.wait(SECONDS_TO_END)


def _worker(queue):
	return [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "worker", "--queue", queue]


def long_queue():
	return Queue(generate_qname("long"), connection=get_redis_conn())


def forget_all_jobs():
	"""No queue holds a job: what other tests left for a worker names people whom they took away again."""
	for name in ("short", "default", "long"):
		Queue(generate_qname(name), connection=get_redis_conn()).empty()


def forget_what_waits():
	"""No job and no change of another test is left in the queue's Redis."""
	queue, redis = long_queue(), get_redis_conn()
	queue.empty()
	for key in redis.scan_iter(f"rq:mkd:{frappe.conf.db_name}:*"):
		redis.delete(key)
	for key in redis.scan_iter(f"rq:job:{frappe.local.site}::mkd_*"):
		redis.delete(key)


def wait_until_free(work):
	"""The database gives a killed process's lock back as soon as it notices that the process is gone."""
	deadline = time.monotonic() + SECONDS_TO_END
	while frappe.db.sql("select is_free_lock(%s)", lock_name(work)) != ((1,),):
		assert time.monotonic() < deadline, f"the lock of {work} is still held"
		time.sleep(0.05)
