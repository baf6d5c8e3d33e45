"""Measures the app beside Frappe HR on a site of its own, prints one table, writes .benchmark/results.json.

Environment: SCALE (1000, a quick look; 5000; 20000, the default; full adds 100,000 employees on the site and 4.8 million
outside one; province measures what people wait for at an agency of PROVINCE, employees x months, 36000x12 unless said,
1000x2 for a quick look; imports measures a file of ROWS rows, 100000 unless said, beside Frappe's Data Import), and
MKD_BENCH, MKD_DB_ROOT_PASSWORD, MKD_DB_HOST, MKD_DB_PORT as for run_tests.py. With --show or --docs nothing is measured:
the table of the last run is printed, or put into docs/performance.md.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.conclusions import conclusions
from benchmarks.outside import HUNDRED_THOUSAND, NATION, simulate
from benchmarks.province.running import province
from benchmarks.report import as_text, entered
from benchmarks.settings import adequate_buffer_pool, machine
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
PAGE = CHECKOUT / "docs" / "performance.md"


@dataclass(frozen=True)
class Scale:
	"""How many employees on the site, one after the other, and outside one, as employees of so many agencies."""

	on_site: tuple
	outside: tuple = (HUNDRED_THOUSAND,)
	province: bool = False
	rows: int = 0

	@property
	def kind(self):
		"""Of which table of the page: everybody at once, what people wait for, or a file."""
		return "province" if self.province else "file" if self.rows else "agency"


SCALES = {
	"1000": Scale((1000,), ()),
	"5000": Scale((1000, 5000)),
	"20000": Scale((1000, 5000, 20000)),
	"full": Scale((1000, 5000, 20000, 100000), (HUNDRED_THOUSAND, NATION)),
	"province": Scale((), (), province=True),
	"imports": Scale((5000,), (), rows=100_000),
}
DEFAULT = "20000"
ROUNDS = 3
# What takes turns, so that a busy moment of the machine meets all of it; an unchanged run needs the first one.
TURNS = (("scan",), ("first", "unchanged"))
PEERS = (("sheet",), ("earned_leave",))
# The peers ask several times per employee: beyond this they take minutes and tell nothing new about one employee.
LARGEST_FOR_PEERS = 5000


def main():
	parser = argparse.ArgumentParser(
		description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
	)
	parser.add_argument("--show", action="store_true", help="print the table of the last run")
	parser.add_argument("--docs", action="store_true", help="put the table of the last run into its page")
	options = parser.parse_args()
	if not (options.show or options.docs):
		run(os.environ.get("SCALE") or DEFAULT)
	if not RESULTS.exists():
		raise HarnessError("Nothing was measured yet.")
	results = json.loads(RESULTS.read_text())
	text = as_text(results)
	if options.docs:
		PAGE.write_text(entered(PAGE.read_text(), text, SCALES[results["details"]["scale"]].kind))
	else:
		print(text)
	return 0


def run(name):
	if name not in SCALES:
		raise HarnessError(f"SCALE is {name}; expected one of {', '.join(SCALES)}.")
	bench = wanted_bench()
	if not bench.is_usable:
		raise HarnessError(f"There is no bench in {bench.root}; name one with MKD_BENCH, or `make bench`.")
	server, scale = MariaDB(bench).connect(), SCALES[name]
	for folder in (ROOT, STATE):
		folder.mkdir(exist_ok=True)
	with exclusive(ROOT / "benchmark.lock"):
		drop_stale_databases(server)
		with adequate_buffer_pool(server, scale.province), RedisServers() as redis:
			details = {"scale": name, "commit": commit(), "machine": machine(server)}
			details |= measure(scale)(bench, server, redis, scale)
		details["outside_a_site"] = []
		keep(details)
		# The largest size takes longest: what is known before it is kept.
		for size in scale.outside:
			details["outside_a_site"].append(simulate(*size))
			keep(details)


def measure(scale):
	"""What is measured at a scale on a site."""
	if scale.rows:
		return a_file
	return a_province if scale.province else on_a_site


def keep(details):
	results = {**conclusions(details), "details": details}
	RESULTS.write_text(json.dumps(results, indent=1) + "\n")


def commit():
	command = ["git", "-C", CHECKOUT, "describe", "--always", "--dirty"]
	return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def on_a_site(bench, server, redis, scale):
	with a_site(bench, server, redis) as site:
		versions = site.part("world")
		sizes = scale.on_site
		batch = {str(sizes[0]): site.load(sizes[0])}
		with step("Measure one request, for one day and for four, without and with Server Scripts"):
			request = site.part("requests")
		for size in sizes:
			if str(size) not in batch:
				batch[str(size)] = site.load(size)
			batch[str(size)] |= site.everybody(size)
	return {"versions": versions, "request": request, "batch": batch}


def a_file(bench, server, redis, scale):
	"""What a file of another system takes that has very many rows."""
	with a_site(bench, server, redis) as site:
		versions = site.part("world")
		loaded = site.load(scale.on_site[0])
		rows = int(os.environ.get("ROWS") or scale.rows)
		with step(f"Import {rows:,} rows of K-Mob with a killed worker, and some by Data Import"):
			found = site.part("imports", rows)
	return {"versions": versions, "imports": {**loaded, **found}}


@contextmanager
def a_site(bench, server, redis):
	"""The site of the benchmark for the length of a block."""
	sites = SitesFolder(bench, server, redis, ROOT, (*HOST_APPS, APP)).prepare()
	install_missing_libraries(sites)
	dump = base_dump(bench, server, redis)
	with temporary_database(server, f"{PREFIX}bench_{CHECKOUT_ID}") as database:
		make_site(sites, SITE, database, dump)
		yield BenchmarkSite(sites)
	sites.remove_site(SITE)


def a_province(bench, server, redis, _scale):
	"""What people wait for, instead of what everybody takes at once."""
	sites = SitesFolder(bench, server, redis, ROOT, (*HOST_APPS, APP)).prepare()
	install_missing_libraries(sites)
	found = province(sites, base_dump(bench, server, redis), BenchmarkSite(sites).part)
	return {"versions": found.pop("versions"), "province": found}


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
		"""Everything that concerns all employees; each round begins with another one."""
		turns = [*TURNS, *(PEERS if employees <= LARGEST_FOR_PEERS else ())]
		found = {name: [] for turn in turns for name in turn}
		for number in range(ROUNDS):
			with step(
				f"Measure {', '.join(found)} for {employees:,} employees, round {number + 1} of {ROUNDS}"
			):
				start = number % len(turns)
				for name in (name for turn in turns[start:] + turns[:start] for name in turn):
					found[name].append(self.part(name))
		return found


if __name__ == "__main__":
	clean_up_when_terminated()
	try:
		sys.exit(main())
	except HarnessError as error:
		sys.exit(fail(error))
	except KeyboardInterrupt:
		sys.exit(0)
