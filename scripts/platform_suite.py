"""The platform suite: fresh sites, the app installed from this checkout, its tests run by Frappe.

One site keeps a processor busy only in part, so two of them share the modules, each with its own folder, database,
Redis servers and process. Which module belongs to which share depends on nothing but the names of the modules.

Runs one share: platform_suite.py <number>/<of>
"""

import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace

from harness.base_site import base_dump
from harness.bench import HOST_APPS, wanted_bench
from harness.console import HarnessError, clean_up_when_terminated, fail, step
from harness.extras import install_missing_libraries
from harness.junit import read_result
from harness.leases import drop_stale_databases, temporary_database
from harness.mariadb import PREFIX, MariaDB
from harness.paths import CHECKOUT, CHECKOUT_ID, REPORTS, STATE
from harness.redis import RedisServers
from harness.sites import APP, SitesFolder

SITE = "mkd.test"
SHARED = "mkd_hrms.tests.share"


@dataclass(frozen=True)
class Share:
	"""The first share lives where a single module does, so that a developer finds its site in one place."""

	number: int = 1
	of: int = 1

	def __str__(self):
		return f"{self.number}/{self.of}"

	@property
	def suffix(self):
		return f"_{self.number}" if self.number > 1 else ""

	@property
	def folder(self):
		return STATE / f"share{self.suffix}" if self.suffix else STATE

	@property
	def report(self):
		return REPORTS / f"platform{self.suffix}.xml"

	@property
	def log(self):
		return REPORTS / f"platform{self.suffix}.log"


def run_platform_suite(bench, module=None, keep_site=False):
	"""`module` narrows the run to one test module; `keep_site` leaves the site for a look at it."""
	prepare(bench)
	if module:
		return run_share(bench, Share(), module, keep_site)
	first, *others = shares()
	with running(others) as processes:
		results = [run_share(bench, first, keep_site=keep_site)]
		results += [finished(share, process) for share, process in zip(others, processes, strict=True)]
	return together(results)


def shares():
	"""MKD_TEST_SHARES says how many sites; two where there are two processors."""
	of = int(os.environ.get("MKD_TEST_SHARES") or min(2, os.cpu_count() or 1))
	return [Share(number, of) for number in range(1, of + 1)]


def prepare(bench):
	"""What the shares have in common is there before the first of them starts."""
	server = MariaDB(bench).connect()
	drop_stale_databases(server)
	with RedisServers() as redis:
		sites = SitesFolder(bench, server, redis, STATE, (*HOST_APPS, APP)).prepare()
		install_missing_libraries(sites)
		base_dump(bench, server, redis)


def run_share(bench, share, module=None, keep_site=False):
	"""The install cycle is gone through once, by the first share."""
	server = MariaDB(bench).connect()
	with RedisServers() as redis:
		sites = SitesFolder(bench, server, redis, share.folder, (*HOST_APPS, APP)).prepare()
		dump = base_dump(bench, server, redis)
		name = f"{PREFIX}{CHECKOUT_ID}{share.suffix}"
		with temporary_database(server, name, keep=keep_site) as database:
			if module or share.number > 1:
				make_site(sites, SITE, database, dump)
			else:
				restore_site(sites, SITE, database, dump)
				_install_twice(sites)
			exit_code = _run_tests(sites, share, module)
		if keep_site:
			print(f"Kept: site {SITE} in {sites.path}, database {database.name}")
		else:
			sites.remove_site(SITE)
	return read_result("platform", share.report, exit_code)


@contextmanager
def running(others):
	"""The other shares, at work in processes of their own; none of them outlives the block."""
	processes = []
	try:
		for share in others:
			with share.log.open("w") as log:
				command = [sys.executable, __file__, str(share)]
				processes.append(subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT))
		yield processes
	finally:
		for process in processes:
			process.terminate()
		for process in processes:
			process.wait()


def finished(share, process):
	with step(f"Wait for share {share}"):
		exit_code = process.wait()
	print(f"\n---- What share {share} printed:", share.log.read_text(errors="replace"), sep="\n", flush=True)
	return read_result("platform", share.report, exit_code)


def together(results):
	"""As one suite. A share in which nothing ran makes all of it worthless."""
	first, *others = results
	for other in others:
		first = replace(
			first,
			exit_code=first.exit_code or other.exit_code or int(not other.passed),
			passed=first.passed + other.passed,
			failed=first.failed + other.failed,
			skipped=first.skipped + other.skipped,
		)
	return first


def restore_site(sites, site, database, dump):
	"""A site as an administrator has it before he gets our app."""
	sites.add_site(site, database)
	with step(f"Restore the base site as {site}"):
		sites.server.restore(database.name, dump)


def _install_twice(sites):
	"""Install, migrate twice, uninstall, install again: the tests then run on what that leaves."""
	with step(f"Install, migrate, uninstall and install {APP} on {SITE}"):
		if sites.python(CHECKOUT / "scripts" / "install_cycle.py", sites.path, SITE):
			raise HarnessError("Installing twice leaves another site than installing once; see above.")


def make_site(sites, site, database, dump):
	"""A site as an administrator would get it: the host apps first, then ours by `install-app`."""
	restore_site(sites, site, database, dump)
	with step(f"Install {APP} on {site}"):
		sites.must(site, "install-app", APP)


def _run_tests(sites, share, module):
	share.report.unlink(missing_ok=True)
	selection = ["--module", module or SHARED]
	with step(f"Run {module or f'share {share} of the platform suite'}"):
		# Without CI in the environment Frappe ends with 0 even when tests fail.
		return sites.frappe(
			SITE,
			"run-tests",
			*("--app", APP, *selection, "--junit-xml-output", share.report),
			CI="1",
			MKD_TEST_SHARE=str(share),
		)


def main():
	number, of = map(int, sys.argv[1].split("/"))
	try:
		result = run_share(wanted_bench(), Share(number, of))
	except HarnessError as error:
		return fail(error)
	print(result)
	return 0 if result.is_good else 1


if __name__ == "__main__":
	clean_up_when_terminated()
	sys.exit(main())
