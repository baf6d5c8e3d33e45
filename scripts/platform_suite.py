"""The platform suite: a fresh site, the app installed from this checkout, its tests run by Frappe."""

from harness.base_site import base_dump
from harness.bench import HOST_APPS
from harness.console import HarnessError, step
from harness.extras import install_missing_libraries
from harness.junit import read_result
from harness.leases import drop_stale_databases, temporary_database
from harness.mariadb import PREFIX, MariaDB
from harness.paths import CHECKOUT, CHECKOUT_ID, REPORTS, STATE
from harness.redis import RedisServers
from harness.sites import APP, SitesFolder

SITE = "mkd.test"
REPORT = REPORTS / "platform.xml"


def run_platform_suite(bench, module=None, keep_site=False):
	"""`module` narrows the run to one test module; `keep_site` leaves the site for a look at it."""
	server = MariaDB(bench).connect()
	drop_stale_databases(server)
	with RedisServers() as redis:
		sites = SitesFolder(bench, server, redis, STATE, (*HOST_APPS, APP)).prepare()
		install_missing_libraries(sites)
		dump = base_dump(bench, server, redis)
		with temporary_database(server, f"{PREFIX}{CHECKOUT_ID}", keep=keep_site) as database:
			if module:
				make_site(sites, SITE, database, dump)
			else:
				restore_site(sites, SITE, database, dump)
				_install_twice(sites)
			exit_code = _run_tests(sites, module)
		if keep_site:
			print(f"Kept: site {SITE} in {sites.path}, database {database.name}")
		else:
			sites.remove_site(SITE)
	return read_result("platform", REPORT, exit_code)


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


def _run_tests(sites, module):
	REPORT.unlink(missing_ok=True)
	selection = ["--module", module] if module else []
	with step(f"Run {module or 'the platform suite'}"):
		# Without CI in the environment Frappe ends with 0 even when tests fail.
		return sites.frappe(SITE, "run-tests", "--app", APP, *selection, "--junit-xml-output", REPORT, CI="1")
