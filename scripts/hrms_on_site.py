"""Runs the tests of some DocTypes of HRMS on a site, all in one process, as `bench run-tests --app hrms` does.

Runs with the bench's Python inside a sites folder: hrms_on_site.py <site> <JUnit report> <DocType>…
With NO_POLICY=1 no MKD Policy is in force, as on the site of an agency that has not decided for one yet.
"""

import os
import sys

import frappe
from frappe import test_runner


def main(site, report, doctypes):
	frappe.init(site=site)
	frappe.connect()
	if os.environ.get("NO_POLICY"):
		cancel_policies()
	result = test_runner.main(site=site, app="hrms", doctype=doctypes, junit_xml_output=report)
	return 0 if result.wasSuccessful() else 1


def cancel_policies():
	for name in frappe.get_all("MKD Policy", filters={"docstatus": 1}, pluck="name"):
		frappe.get_doc("MKD Policy", name).cancel()
	frappe.db.commit()


if __name__ == "__main__":
	sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
