"""Measures the app beside Frappe HR on a site of its own, prints one table, writes .benchmark/results.json.

Environment: SCALE (5000, the default; 1000 or 20000; full adds 100,000 employees on the site and outside one),
and MKD_BENCH, MKD_DB_ROOT_PASSWORD, MKD_DB_HOST, MKD_DB_PORT as for run_tests.py.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path

from benchmarks.report import conclusions, print_table
from harness.base_site import base_dump
from harness.bench import HOST_APPS, wanted_bench
from harness.console import HarnessError, clean_up_when_terminated, fail, step
from harness.extras import install_missing_libraries
from harness.leases import drop_stale_databases, exclusive, temporary_database
from harness.mariadb import PREFIX, MariaDB
from harness.paths import CHECKOUT, CHECKOUT_ID, STATE
from harness.redis import RedisServers
from harness.sites import APP, SitesFolder
from platform_suite import make_site

SITE = "mkd.benchmark"
ROOT = CHECKOUT / ".benchmark"
RESULTS = ROOT / "results.json"
SIZES = {
	"1000": (1000,),
	"5000": (1000, 5000),
	"20000": (1000, 5000, 20000),
	"full": (1000, 5000, 20000, 100000),
}
ROUNDS = 3
# The sheet asks four times per employee: beyond this it takes minutes and tells nothing new about one employee.
LARGEST_SHEET = 5000
OUTSIDE = 100000


def main():
	scale = os.environ.get("SCALE") or "5000"
	if scale not in SIZES:
		raise HarnessError(f"SCALE is {scale}; expected one of {', '.join(SIZES)}.")
	bench = wanted_bench()
	if not bench.is_usable:
		raise HarnessError(f"There is no bench in {bench.root}; name one with MKD_BENCH, or `make bench`.")
	server = MariaDB(bench).connect()
	for folder in (ROOT, STATE):
		folder.mkdir(exist_ok=True)
	with exclusive(ROOT / "benchmark.lock"), RedisServers() as redis:
		drop_stale_databases(server)
		results = {"machine": machine(server), **on_a_site(bench, server, redis, SIZES[scale])}
	if scale == "full":
		results["outside_a_site"] = outside_a_site()
	results.update(conclusions(results))
	RESULTS.write_text(json.dumps(results, indent=1) + "\n")
	print_table(results)
	return 0


def on_a_site(bench, server, redis, sizes):
	sites = SitesFolder(bench, server, redis, ROOT, (*HOST_APPS, APP)).prepare()
	install_missing_libraries(sites)
	dump = base_dump(bench, server, redis)
	with temporary_database(server, f"{PREFIX}bench_{CHECKOUT_ID}") as database:
		make_site(sites, SITE, database, dump)
		site = BenchmarkSite(sites)
		versions = site.part("world")
		batch = {str(sizes[0]): site.load(sizes[0])}
		with step("Measure one request, for one day and for four, without and with Server Scripts"):
			request = site.part("requests")
		for size in sizes:
			if str(size) not in batch:
				batch[str(size)] = site.load(size)
			batch[str(size)] |= site.everybody(size)
	sites.remove_site(SITE)
	return {"versions": versions, "request": request, "batch": batch}


class BenchmarkSite:
	"""Runs parts of the benchmark on the site, each in a process of its own."""

	def __init__(self, sites):
		self.sites = sites

	def part(self, name, employees=0):
		with tempfile.TemporaryDirectory() as folder:
			target = Path(folder) / "result.json"
			script = CHECKOUT / "scripts" / "benchmark_on_site.py"
			if self.sites.python(script, SITE, name, target, employees):
				raise HarnessError(f"The part '{name}' of the benchmark failed; see above.")
			return json.loads(target.read_text())

	def load(self, employees):
		with step(f"Load {employees:,} employees with a year of attendance"):
			return self.part("load", employees)

	def everybody(self, employees):
		"""Scan, first and unchanged run by turns, so that a busy moment of the machine meets all of them."""
		found = {"scan": [], "first": [], "unchanged": []}
		with step(f"Evaluate {employees:,} employees {ROUNDS} times for the first time and once more"):
			for _round in range(ROUNDS):
				for name, measures in found.items():
					measures.append(self.part(name))
		if employees <= LARGEST_SHEET:
			with step(f"HRMS's Monthly Attendance Sheet for {employees:,} employees"):
				found["sheet"] = [self.part("sheet")]
		return found


def machine(server):
	"""What the figures depend on."""
	buffer_pool = int(server.sql("SELECT @@innodb_buffer_pool_size"))
	return {
		"measured_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
		"processors": os.cpu_count(),
		"processor": processor(),
		"mariadb": server.version(),
		"buffer_pool_mb": buffer_pool // 2**20,
		"flush_log_at_commit": int(server.sql("SELECT @@innodb_flush_log_at_trx_commit")),
	}


def processor():
	path = Path("/proc/cpuinfo")
	lines = path.read_text().splitlines() if path.exists() else []
	return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")


def outside_a_site():
	"""Sample and check on DuckDB, as somebody without a bench runs them."""
	seconds = {}
	with tempfile.TemporaryDirectory() as folder:
		sample = ("sample", "--employees", str(OUTSIDE), "--out", folder, "--overwrite")
		check = ("check", folder, "--quiet", "--json", f"{folder}.json")
		for name, arguments in (("sample", sample), ("check", check)):
			with step(f"`mkd {name}` for {OUTSIDE:,} employees"):
				started = time.monotonic()
				subprocess.run([CHECKOUT / ".venv" / "bin" / "mkd", *arguments], check=True)
				seconds[name] = time.monotonic() - started
		Path(f"{folder}.json").unlink(missing_ok=True)
	return seconds


if __name__ == "__main__":
	clean_up_when_terminated()
	try:
		sys.exit(main())
	except HarnessError as error:
		sys.exit(fail(error))
	except KeyboardInterrupt:
		sys.exit(0)
