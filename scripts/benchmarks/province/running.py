"""The province from outside the bench: what was filled is kept as a dump, and measured at one month and at all of them.

Standard library only.
"""

import hashlib
import json
from pathlib import Path

from benchmarks.province.size import SCHEMA, wanted_size
from harness.console import HarnessError, step
from harness.leases import temporary_database
from harness.mariadb import PREFIX
from harness.paths import CACHE, CHECKOUT, CHECKOUT_ID
from platform_suite import make_site

SITE = "mkd.benchmark"
# What a filled site depends on: tables and what fills them. Raise SCHEMA where the services write something else.
FILLED_BY = "size mix stage stories capture values people copying filling".split()
DEPENDS_ON = (
	*("mkd_hrms/mkd_hrms/doctype/*/*.json", "mkd_hrms/custom_fields.py", "mkd_hrms/setup/indexes.py"),
	*(f"scripts/benchmarks/province/{name}.py" for name in FILLED_BY),
)
AGES = ("month", "all")
SO_FAR = CHECKOUT / ".benchmark" / "province.json"
# Employees times months of which all months are kept: to restore more takes longer than to fill it, and fills the disk.
KEPT_UP_TO = 100_000
# What does not fit is told in part.
MOST_OF_IT = 4000


def province(sites, dump, part):
	"""Measure the wanted size; `part` runs a part of the benchmark on the site and returns its result."""
	size, found = wanted_size(), Found()
	server = sites.server
	with temporary_database(server, f"{PREFIX}bench_{CHECKOUT_ID}") as database:
		kept = {age: CACHE / f"province-{size}-{age}-{key(dump, size)}.sql.gz" for age in AGES}
		if kept["month"].exists():
			restore(sites, database, kept["month"])
		else:
			make_site(sites, SITE, database, dump)
			part("world")
			found["stories"] = announced("Play the stories", part, "province_play", size)
			found["month"] = announced(f"Fill {size} with its last month", part, "province_populate", size)
			check(part, size)
			server.dump(database.name, kept["month"])
		found["versions"] = part("world")
		found["look_month"] = announced("Look at it after a month", part, "province_look", size)
		if kept["all"].exists():
			restore(sites, server.create(database.name), kept["all"])
		else:
			found["all"] = announced("Fill the months before", part, "province_extend", size)
			if size.employees * size.months <= KEPT_UP_TO:
				server.dump(database.name, kept["all"])
		found["look"] = announced("Look at it after all months", part, "province_look", size)
		found["sizes"] = part("province_sizes", size)
		found["scan"] = part("scan")
		found["jobs"] = announced("Run the jobs of a day", part, "province_jobs", size)
		found["audit"] = announced("Ask the audit about everybody", part, "province_asked", size)
		found["night"] = announced("Evaluate with one worker and with two", part, "province_night", size)
		found["request"] = announced("Measure one request", part, "requests", size)
		found["crowd"] = announced("Let a crowd apply on Monday", part, "province_crowd", size)
	sites.remove_site(SITE)
	return {**found, "employees": size.employees, "months": size.months}


class Found(dict):
	"""What is known so far stands in a file as well: what comes later takes hours, and may fail."""

	def __setitem__(self, key, value):
		super().__setitem__(key, value)
		SO_FAR.write_text(json.dumps(self, indent=1) + "\n")


def check(part, size):
	"""What breaks an invariant could not have been written by the app: then nothing is measured."""
	found = announced("Ask whether the app could have written it", part, "province_audit", size)
	if found["violations"] or found["differences"]:
		raise HarnessError(
			f"The province is not one that the app could have written: {str(found)[:MOST_OF_IT]}"
		)


def announced(title, part, name, size):
	with step(title):
		return part(name, size)


def restore(sites, database, path):
	sites.add_site(SITE, database)
	with step(f"Restore {path.name}"):
		sites.server.restore(database.name, path)


def key(dump, size):
	"""The base site, the app and the stories, by their contents."""
	digest = hashlib.sha256(repr((Path(dump).name, str(size), SCHEMA)).encode())
	for pattern in DEPENDS_ON:
		for path in sorted(CHECKOUT.glob(pattern)):
			digest.update(path.read_bytes())
	return digest.hexdigest()[:16]
