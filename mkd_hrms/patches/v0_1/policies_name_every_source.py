"""Policies from before a number was asked for have its default, and name the source that the shipped pack names for it.

Otherwise the next version, which begins as a duplicate, could not be submitted before somebody had typed them.
"""

import frappe

from mkd_hrms.constants import POLICY
from mkd_hrms.policy import packs
from mkd_hrms.services.policies.in_force import clear_cache

ROWS, TABLE = "MKD Policy Source", "sources"
# Where a policy came from none of those that are shipped.
GENERAL = "jabar-2023"


def execute():
	for name, pack in frappe.get_all(POLICY, fields=["name", "pack"], as_list=True):
		about = {"parent": name, "parenttype": POLICY, "parentfield": TABLE}
		named = frappe.get_all(ROWS, about, pluck="parameter")
		known = packs.load(pack if pack in packs.names() else GENERAL).sources
		missing = [parameter for parameter in packs.PARAMETERS if parameter not in named]
		for number, parameter in enumerate(missing, len(named) + 1):
			source = known[parameter]
			row = {"parameter": parameter, "unit": source.unit, "source": source.source, "idx": number}
			frappe.get_doc({"doctype": ROWS, **about, **row}).db_insert()
	clear_cache()
