"""HRMS's own tests, on a site without the app and on one with it: the outcome of every test must be the same.

Environment: as in run_tests.py, but TESTS names DocTypes, separated by commas. Payments is taken along where the bench has it, because some tests import it.
"""

import os
import sys

from harness.bench import HOST_APPS, wanted_bench
from harness.console import HarnessError, clean_up_when_terminated, fail, step
from harness.extras import install_missing_libraries
from harness.junit import FAILED, PASSED, read_outcomes
from harness.leases import drop_stale_databases, temporary_database
from harness.mariadb import PREFIX, MariaDB
from harness.paths import CHECKOUT, CHECKOUT_ID, REPORTS, STATE
from harness.redis import RedisServers
from harness.sites import ADMIN_PASSWORD, APP, SitesFolder

HELPFUL = "payments"
# The DocTypes of Frappe HR that the app lives on, and how many tests they have in HRMS 15.58.4.
DOCTYPES = (
	"Attendance",
	"Attendance Request",
	"Employee Checkin",
	"Shift Type",
	"Shift Assignment",
	"Shift Request",
	"Leave Application",
	"Appraisal",
	"Appraisal Cycle",
	"Employee Performance Feedback",
	"Goal",
	"Employee Attendance Tool",
)


def main():
	bench = wanted_bench()
	if not bench.is_usable:
		raise HarnessError(f"No bench in {bench.root}; name one with MKD_BENCH, or `make bench`.")
	REPORTS.mkdir(parents=True, exist_ok=True)
	server = MariaDB(bench).connect()
	drop_stale_databases(server)
	with RedisServers() as redis:
		without = outcomes(bench, server, redis, with_app=False)
		with_app = outcomes(bench, server, redis, with_app=True)
	return compare(without, with_app)


def outcomes(bench, server, redis, with_app):
	"""By test, how it ended on a new site with or without the app."""
	kind = "with" if with_app else "without"
	label, site = f"{kind} {APP}", f"hrms-{kind}.test"
	hosts = [*HOST_APPS, *([HELPFUL] if (bench.root / "apps" / HELPFUL).is_dir() else [])]
	root = STATE / "hrms" / kind
	sites = SitesFolder(bench, server, redis, root, (*hosts, *([APP] if with_app else []))).prepare()
	install_missing_libraries(sites)
	report = REPORTS / f"hrms-{kind}.xml"
	report.unlink(missing_ok=True)
	with temporary_database(server, f"{PREFIX}hrms_{CHECKOUT_ID}") as database:
		with step(f"A new site {label}"):
			new_site(sites, site, database, [*hosts[1:], *([APP] if with_app else [])])
		with step(f"HRMS's own tests {label}"):
			sites.python(CHECKOUT / "scripts" / "hrms_on_site.py", site, report, *wanted(), CI="1")
	sites.remove_site(site)
	return read_outcomes(report)


def wanted():
	"""The DocTypes to test: those that somebody named, or all."""
	names = [name.strip() for name in os.environ.get("TESTS", "").split(",")]
	return [name for name in names if name] or DOCTYPES


def new_site(sites, site, database, apps):
	"""As HRMS's own pipeline makes it: no set-up wizard, which its tests answer themselves."""
	sites.remove_site(site)
	credentials = ["--no-setup-db", "--db-name", database.name, "--db-password", database.password]
	sites.must(site, "new-site", site, *credentials, "--admin-password", ADMIN_PASSWORD)
	sites.must(site, "install-app", *apps)
	# A job that an earlier run left in the queue would not be queued again.
	sites.must(site, "purge-jobs")


def compare(without, with_app):
	for label, found in (("without", without), ("with", with_app)):
		seen = list(found.values())
		print(f"hrms, {label} {APP}: {seen.count(PASSED)} passed, {seen.count(FAILED)} failed")
	names = sorted(without.keys() | with_app.keys())
	different = [name for name in names if without.get(name) != with_app.get(name)]
	for case, test in different:
		print(
			f"  {case}.{test}: {without.get((case, test))} without, {with_app.get((case, test))} with {APP}"
		)
	if not any(outcome == PASSED for outcome in without.values()):
		return fail("HRMS's own tests did not run.")
	return fail(f"{len(different)} tests of HRMS end differently with {APP}.") if different else 0


if __name__ == "__main__":
	clean_up_when_terminated()
	try:
		sys.exit(main())
	except HarnessError as error:
		sys.exit(fail(error))
