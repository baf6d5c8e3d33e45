"""HRMS's own tests, on a site without the app and on two with it.

With the app, whether its policy is in force or not, every test must end as without it.

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

WITHOUT, UNUSED, IN_FORCE = "without", "unused", "in-force"
LABELS = {
	WITHOUT: f"without {APP}",
	UNUSED: f"with {APP}, no policy in force",
	IN_FORCE: f"with {APP}, its policy in force",
}


def main():
	bench = wanted_bench()
	if not bench.is_usable:
		raise HarnessError(f"No bench in {bench.root}; name one with MKD_BENCH, or `make bench`.")
	REPORTS.mkdir(parents=True, exist_ok=True)
	server = MariaDB(bench).connect()
	drop_stale_databases(server)
	with RedisServers() as redis:
		for kind in LABELS:
			run(bench, server, redis, kind)
	return compare({kind: read_outcomes(report_of(kind)) for kind in LABELS})


def run(bench, server, redis, kind):
	"""The tests on a new site of a kind; how each ended stands in the report."""
	label, site, with_app = LABELS[kind], f"hrms-{kind}.test", kind != WITHOUT
	hosts = [*HOST_APPS, *([HELPFUL] if (bench.root / "apps" / HELPFUL).is_dir() else [])]
	root = STATE / "hrms" / kind
	sites = SitesFolder(bench, server, redis, root, (*hosts, *([APP] if with_app else []))).prepare()
	install_missing_libraries(sites)
	report = report_of(kind)
	report.unlink(missing_ok=True)
	environment = {"CI": "1", **({"NO_POLICY": "1"} if kind == UNUSED else {})}
	with temporary_database(server, f"{PREFIX}hrms_{CHECKOUT_ID}") as database:
		with step(f"A new site {label}"):
			new_site(sites, site, database, [*hosts[1:], *([APP] if with_app else [])])
		with step(f"HRMS's own tests {label}"):
			sites.python(CHECKOUT / "scripts" / "hrms_on_site.py", site, report, *wanted(), **environment)
	sites.remove_site(site)


def report_of(kind):
	return REPORTS / f"hrms-{kind}.xml"


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


def compare(found):
	"""0 when nothing differs; says what does."""
	for kind, outcomes in found.items():
		seen = list(outcomes.values())
		print(f"hrms, {LABELS[kind]}: {seen.count(PASSED)} passed, {seen.count(FAILED)} failed")
	without = found[WITHOUT]
	if not any(outcome == PASSED for outcome in without.values()):
		return fail("HRMS's own tests did not run.")
	wrong = different(UNUSED, without, found[UNUSED]) + different(IN_FORCE, without, found[IN_FORCE])
	return fail(f"{len(wrong)} tests of HRMS end otherwise than they should with {APP}.") if wrong else 0


def different(kind, expected, found):
	"""The tests that ended otherwise than expected."""
	tests = [test for test in sorted(expected.keys() | found.keys()) if expected.get(test) != found.get(test)]
	for test in tests:
		print(f"  {name_of(test)}: {found.get(test)} {LABELS[kind]}; expected: {expected.get(test)}")
	return tests


def name_of(test):
	return ".".join(test)


if __name__ == "__main__":
	clean_up_when_terminated()
	try:
		sys.exit(main())
	except HarnessError as error:
		sys.exit(fail(error))
