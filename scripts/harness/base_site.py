"""The common start of every site: frappe, erpnext and hrms installed, setup wizard done, as a cached dump."""

import hashlib
from datetime import datetime, timedelta, timezone

from .bench import HOST_APPS
from .console import step
from .leases import temporary_database
from .mariadb import PREFIX
from .paths import CACHE, CHECKOUT, CHECKOUT_ID, STATE
from .sites import ADMIN_PASSWORD, SitesFolder

# Raise it when the base site itself changes, for instance in complete_setup.py.
SCHEMA = 1
SITE = "mkd.base"

# The clock of the site, in which a new year begins hours before that of UTC.
JAKARTA = timezone(timedelta(hours=7))


def base_dump(bench, server, redis):
	"""The path of the dump for this bench; built when there is none yet."""
	year = datetime.now(JAKARTA).year
	path = CACHE / f"base-{_key(bench, server, year)}.sql.gz"
	if not path.exists():
		with step("Build the base site (once per bench version and year, takes minutes)"):
			_build(bench, server, redis, year, path)
	return path


def _key(bench, server, year):
	"""The year counts, because the base site has the fiscal years around it."""
	parts = (bench.fingerprint(), server.version(), year, SCHEMA)
	return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _build(bench, server, redis, year, target):
	sites = SitesFolder(bench, server, redis, STATE / "base", HOST_APPS).prepare()
	sites.remove_site(SITE)
	CACHE.mkdir(parents=True, exist_ok=True)
	with temporary_database(server, f"{PREFIX}base_{CHECKOUT_ID}") as database:
		# We made the database, so that Frappe does not ask for the root password.
		credentials = ["--no-setup-db", "--db-name", database.name, "--db-password", database.password]
		sites.must(SITE, "new-site", SITE, *credentials, "--admin-password", ADMIN_PASSWORD)
		sites.must(SITE, "install-app", "erpnext", "hrms")
		sites.must_python(CHECKOUT / "scripts" / "complete_setup.py", SITE, year)
		server.dump(database.name, target)
	sites.remove_site(SITE)
