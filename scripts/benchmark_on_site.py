"""One part of the benchmark, in a process of its own, so that its memory can be told from that of the others.

Runs with the bench's Python in a sites folder: benchmark_on_site.py <site> <part> <file for the result> [employees, of a province times months; of imports
the rows, or the import]
"""

import json
import sys
from pathlib import Path

import frappe

from benchmarks import earned_leave, everybody, imports, one_request, population
from benchmarks.province import crowd, filling, jobs, looking, night
from mkd_hrms.tests.support import world


def make_world(_employees):
	"""The agency of the platform tests, for the single requests. Returns the versions that are measured."""
	world.before_tests()
	return {app: frappe.get_attr(f"{app}.__version__") for app in frappe.get_installed_apps()}


def load_agency(employees):
	return population.replace_agency(employees)


PARTS = {
	"world": make_world,
	"load": lambda employees: load_agency(int(employees)),
	"requests": lambda _employees: one_request.measure(),
	"scan": lambda _employees: everybody.scan(),
	"first": lambda _employees: everybody.first_run(),
	"unchanged": lambda _employees: everybody.unchanged_run(),
	"sheet": lambda _employees: everybody.sheet(),
	"earned_leave": lambda _employees: earned_leave.allocate(),
	"imports": lambda rows: imports.measure(int(rows)),
	"import_worker": imports.work,
	"province_play": filling.play,
	"province_populate": filling.populate,
	"province_extend": filling.extend,
	"province_audit": filling.audit,
	"province_sizes": filling.sizes,
	"province_look": looking.look,
	"province_jobs": jobs.run_all,
	"province_asked": jobs.audit_all,
	"province_night": night.measure,
	"province_crowd": crowd.rush,
}


def main(site, part, target, employees="0"):
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	try:
		result = PARTS[part](employees)
	finally:
		frappe.destroy()
	Path(target).write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
	if len(sys.argv) not in (4, 5):
		sys.exit(__doc__)
	main(*sys.argv[1:])
