"""Runs the pure suite and the platform suite and says how many tests each of them ran.

Environment: CI (any value: all that the pure suite can try, else enough for a desk), MKD_BENCH (the bench to use),
MKD_REQUIRE_BENCH=1 (no bench is a failure), TESTS (one module of the platform suite), MKD_TEST_SHARES (on how
many sites at once), KEEP_SITE=1 (leave the test site), MKD_DB_ROOT_PASSWORD, MKD_DB_HOST, MKD_DB_PORT.
"""

import argparse
import os
import subprocess
import sys

from harness.bench import wanted_bench
from harness.console import HarnessError, banner, clean_up_when_terminated, fail, step
from harness.junit import SuiteResult, read_result
from harness.paths import CHECKOUT, REPORTS
from platform_suite import run_platform_suite

# A file stays on one processor, because its tests share agencies. In the order of their names the long ones come first.
ON_ALL_PROCESSORS = ("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")


def main():
	parser = argparse.ArgumentParser(description=__doc__)
	only = parser.add_mutually_exclusive_group()
	only.add_argument("--pure", action="store_true", help="only the suite that needs no Frappe")
	only.add_argument("--platform", action="store_true", help="only the suite that needs a bench")
	options = parser.parse_args()
	module = os.environ.get("TESTS") or None

	REPORTS.mkdir(parents=True, exist_ok=True)
	results = []
	if not options.platform and (options.pure or not module):
		results.append(run_pure_suite())
	if not options.pure:
		results += platform_results(module)
	return summarize(results)


def run_pure_suite():
	report = REPORTS / "pure.xml"
	report.unlink(missing_ok=True)
	with step("Run the pure suite"):
		command = [sys.executable, "-m", "pytest", "--quiet", *ON_ALL_PROCESSORS, f"--junit-xml={report}"]
		exit_code = subprocess.run(command, cwd=CHECKOUT).returncode
	return read_result("pure", report, exit_code)


def platform_results(module):
	"""No bench is no failure, because the rules can be worked on without one, but nobody may overlook it.

	Half a bench is a failure: whoever has one means to test on it.
	"""
	bench = wanted_bench()
	if bench.is_usable:
		return [tested_on(bench, module)]
	broken, required = bench.root.exists(), os.environ.get("MKD_REQUIRE_BENCH") == "1"
	banner(
		"THE PLATFORM SUITE DID NOT RUN.",
		f"There is no bench with frappe, erpnext and hrms in {bench.root}.",
		"Set MKD_BENCH to the folder of one, or create it with `make bench`.",
		*([f"The folder is there and lacks {', '.join(bench.lacks)}: that is a failure."] if broken else []),
		*(["MKD_REQUIRE_BENCH=1 makes this a failure."] if required else []),
	)
	return [SuiteResult("platform", exit_code=1)] if broken or required else []


def tested_on(bench, module):
	"""A platform that cannot be prepared is a failed suite; the other suite's counts still get printed."""
	try:
		return run_platform_suite(bench, module, keep_site=os.environ.get("KEEP_SITE") == "1")
	except HarnessError as error:
		fail(error)
		return SuiteResult("platform", exit_code=1)


def summarize(results):
	print()
	for result in results:
		print(result)
	bad = [result.name for result in results if not result.is_good]
	return fail(f"not passed: {', '.join(bad)}") if bad else 0


if __name__ == "__main__":
	clean_up_when_terminated()
	sys.exit(main())
