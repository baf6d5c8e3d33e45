"""Installing, migrating and uninstalling twice leaves a site as doing it once.

Runs with the bench's Python: install_cycle.py <sites folder> <site>
The site has frappe, erpnext, hrms and a company, and not yet the app; afterwards it has the app, and two people
more. Ends with 1 and the differences when a snapshot is not what it must be.
"""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import frappe

APP = "mkd_hrms"
# What these hold says when something happened, not how the site is set up.
LOGS = {
	"tabActivity Log",
	"tabAccess Log",
	"tabDeleted Document",
	"tabError Log",
	"tabPatch Log",
	"tabRoute History",
	"tabScheduled Job Log",
	"tabVersion",
	"tabInstalled Application",
}
# Looked at row by row; of the other tables only the number of rows.
ROWS = {
	"tabRole": "name, disabled, desk_access, is_custom",
	"tabHas Role": "parenttype, parent, role",
	"tabDocPerm": "parent, role, permlevel, `read`, `write`, `create`, `delete`, `submit`, `cancel`, `amend`",
	"tabCustom DocPerm": "parent, role, permlevel, `select`, `read`, `write`, `create`, `delete`, `submit`",
	"tabWorkflow": "name, document_type, is_active",
	"tabWorkflow Document State": "parent, idx, state, doc_status, allow_edit",
	"tabWorkflow Transition": "parent, idx, state, action, next_state, allowed",
	"tabWorkflow State": "name, style, icon",
	"tabWorkflow Action Master": "name",
	"tabServer Script": "name, disabled, script",
	"tabClient Script": "name",
	"tabNotification": "name",
	"tabCustom Field": "dt, fieldname, label, fieldtype, insert_after, idx",
	"tabProperty Setter": "doc_type, field_name, property, value",
	"tabDocType": "name",
	"tabModule Def": "name, app_name",
	"tabReport": "name",
	"tabPrint Format": "name",
	"tabWorkspace": "name",
	"tabNumber Card": "name",
	"tabDashboard": "name",
	"tabDashboard Chart": "name",
	"tabEmail Template": "name",
	"tabEmployment Type": "name",
	"tabUser Document Type": "parent, document_type, `read`, `write`, `create`, `delete`, `submit`",
	"tabUser Select Document Type": "parent, parentfield, document_type",
	"tabUser Type Module": "parent, module",
	"tabBlock Module": "parent, module",
	"tabScheduled Job Type": "method, frequency, cron_format",
	"tabDefaultValue": "parent, defkey, defvalue",
	"tabSingles": "doctype, field",
	"tabSeries": "name",
}
COLUMNS = """
	select table_name, column_name, column_type, is_nullable, column_default
	from information_schema.columns where table_schema = database()
"""
INDEXES = """
	select table_name, index_name, non_unique, seq_in_index, column_name
	from information_schema.statistics where table_schema = database()
"""
FORMATS = "select table_name, row_format from information_schema.tables where table_schema = database()"


def main(sites, site):
	os.chdir(sites)
	with connected(site):
		hire_two_people()
	before = snapshot(site)
	bench(site, "install-app", APP)
	installed = snapshot(site)
	bench(site, "migrate")
	bench(site, "migrate")
	problems = differences("two migrations", installed, snapshot(site))
	with connected(site):
		use_the_app()
	bench(site, "uninstall-app", APP, "--yes", "--no-backup")
	problems += differences("uninstalling", before, snapshot(site))
	bench(site, "install-app", APP)
	problems += differences("installing again", installed, snapshot(site))
	print(*problems, f"{len(problems)} differences", sep="\n")
	return 1 if problems else 0


def hire_two_people():
	"""One reports to the other, who is therefore given a role when the app comes."""
	user = frappe.get_doc(
		{"doctype": "User", "email": "superior@cycle.test", "first_name": "Superior", "send_welcome_email": 0}
	).insert()
	superior = hire("Superior", user_id=user.name)
	hire("Report", reports_to=superior)


def hire(first_name, **values):
	employee = {
		"doctype": "Employee",
		"first_name": first_name,
		"company": frappe.db.get_value("Company", {}, "name"),
		"gender": frappe.db.get_value("Gender", {}, "name"),
		"date_of_birth": "1990-01-01",
		"date_of_joining": "2020-01-01",
		**values,
	}
	return frappe.get_doc(employee).insert().name


def use_the_app():
	"""Leave records, remarks and links behind that uninstalling has to cope with."""
	employee = frappe.db.get_value("Employee", {"first_name": "Report"})
	record = {
		"doctype": "MKD Suspension",
		"employee": employee,
		"from_date": "2026-01-01",
		"to_date": "2026-01-31",
		"ground": "Install cycle",
	}
	suspension = frappe.get_doc(record).insert()
	suspension.submit()
	suspension.add_comment("Comment", "Install cycle")
	frappe.get_doc({"doctype": "Workflow Action", "reference_doctype": "MKD Request"}).insert()
	frappe.db.set_value("Employee", employee, "mkd_nip", "199001012020011001")


@contextmanager
def connected(site):
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	try:
		yield
		frappe.db.commit()
	finally:
		frappe.destroy()


def bench(site, *arguments):
	print(f"== {' '.join(arguments)}", flush=True)
	command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", site, *arguments]
	done = subprocess.run(command, capture_output=True, text=True)
	# Frappe ends with 0 after some failures, and then the snapshots tell.
	if done.returncode:
		sys.exit(f"{done.stdout}\n{done.stderr}\n`{' '.join(arguments)}` failed")


def snapshot(site):
	"""Everything that must come back, as a set of lines."""
	with connected(site):
		lines = {f"column {row}" for row in frappe.db.sql(COLUMNS)}
		lines |= {f"index {row}" for row in frappe.db.sql(INDEXES)}
		lines |= {f"format {row}" for row in frappe.db.sql(FORMATS)}
		for table in frappe.db.get_tables(cached=False):
			if table not in LOGS:
				lines |= set(contents(table))
		return lines


def contents(table):
	yield f"{table}: {frappe.db.sql(f'select count(*) from `{table}`')[0][0]} rows"
	if table in ROWS:
		for row in frappe.db.sql(f"select {ROWS[table]} from `{table}`"):
			yield f"{table}: {row}"


def differences(event, expected, found):
	lost = [f"{event}: lost {line}" for line in sorted(expected - found)]
	return lost + [f"{event}: left {line}" for line in sorted(found - expected)]


if __name__ == "__main__":
	if len(sys.argv) != 3:
		sys.exit(__doc__)
	sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
