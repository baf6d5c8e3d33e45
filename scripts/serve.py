"""Serves a demo site with the app of this checkout; the site is kept between runs.

Environment: PORT (8000), BIND (127.0.0.1), RESET=1 (start from an empty site), and those of run_tests.py.
"""

import os
import subprocess
import sys
from contextlib import contextmanager

from harness.base_site import base_dump
from harness.bench import HOST_APPS, wanted_bench
from harness.console import HarnessError, clean_up_when_terminated, fail, step
from harness.leases import exclusive
from harness.mariadb import PREFIX, MariaDB
from harness.paths import CHECKOUT_ID, STATE
from harness.redis import RedisServers
from harness.sites import ADMIN_PASSWORD, APP, SitesFolder
from platform_suite import make_site

SITE = "mkd.demo"
DATABASE = f"{PREFIX}demo_{CHECKOUT_ID}"


def main():
	bench = wanted_bench()
	if not bench.is_usable:
		raise HarnessError(f"There is no bench in {bench.root}; name one with MKD_BENCH, or `make bench`.")
	server = MariaDB(bench).connect()
	STATE.mkdir(exist_ok=True)
	with exclusive(STATE / "serve.lock"), RedisServers() as redis:
		sites = SitesFolder(bench, server, redis, STATE, (*HOST_APPS, APP)).prepare()
		prepare_demo_site(sites)
		return serve(sites)


def prepare_demo_site(sites):
	exists = (sites.path / SITE).is_dir() and sites.server.has(DATABASE)
	if exists and os.environ.get("RESET") != "1":
		with step(f"Bring {SITE} up to date with this checkout"):
			sites.must(SITE, "migrate", "--skip-search-index")
	else:
		dump = base_dump(sites.bench, sites.server, sites.redis)
		make_site(sites, SITE, sites.server.create(DATABASE), dump)
	with step("Make demo data"):
		sites.must(SITE, "execute", f"{APP}.setup.demo.make")


def serve(sites):
	host = os.environ.get("BIND") or "127.0.0.1"
	port = os.environ.get("PORT") or "8000"
	name_site_after_hosts(sites, {"localhost", "127.0.0.1", host})
	print(f"\nOpen http://localhost:{port} and log in as Administrator, password '{ADMIN_PASSWORD}'.")
	sites.frappe(SITE, "execute", f"{APP}.setup.demo.show")
	print("Ctrl-C ends it.\n", flush=True)
	workers = ["--workers", "2", "--threads", "4", "--worker-class", "gthread", "--timeout", "120"]
	application = "frappe.app:application_with_statics()"
	with worker(sites):
		return sites.python("-m", "gunicorn", "--bind", f"{host}:{port}", *workers, application)


@contextmanager
def worker(sites):
	"""Evaluations and notices are left to the queues: without a worker the demo would show neither."""
	command = (sites.bench.python, "-m", "frappe.utils.bench_helper", "frappe", "worker", "--quiet")
	process = subprocess.Popen(
		[*command, "--queue", "short,default,long"], cwd=sites.path, env=sites.environment()
	)
	try:
		yield
	finally:
		process.terminate()
		process.wait()


def name_site_after_hosts(sites, hosts):
	"""Frappe picks the site by the host name of the request, so the folder answers to those too."""
	for host in hosts:
		link = sites.path / host
		link.unlink(missing_ok=True)
		link.symlink_to(SITE)


if __name__ == "__main__":
	clean_up_when_terminated()
	try:
		sys.exit(main())
	except HarnessError as error:
		sys.exit(fail(error))
	except KeyboardInterrupt:
		sys.exit(0)
