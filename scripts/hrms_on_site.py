"""Runs the tests of some DocTypes of HRMS on a site, all in one process, as `bench run-tests --app hrms` does.

Runs with the bench's Python inside a sites folder: hrms_on_site.py <site> <JUnit report> <DocType>…
"""

import sys

import frappe
from frappe import test_runner


def main(site, report, doctypes):
	frappe.init(site=site)
	frappe.connect()
	result = test_runner.main(site=site, app="hrms", doctype=doctypes, junit_xml_output=report)
	return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
	sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
