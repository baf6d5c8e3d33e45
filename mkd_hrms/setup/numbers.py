"""Numbers follow the highest that is used, also after a restore that lost where they stood."""

import frappe

from mkd_hrms.constants import MODULE
from mkd_hrms.services.platform import numbers


def sync():
	for doctype in numbers.NUMBERED:
		numbers.mend(doctype)
	in_series = {"module": MODULE, "autoname": ("like", "%#")}
	for doctype in frappe.get_all("DocType", filters=in_series, pluck="name"):
		numbers.mend_series(doctype)
