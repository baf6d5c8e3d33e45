"""What the desk tells our forms and lists about the user before any document is loaded."""

import frappe

from mkd_hrms.constants import MODULE
from mkd_hrms.permissions.who import own_active_record
from mkd_hrms.services.people.approvers import is_hr


def extend(bootinfo):
	bootinfo.mkd_acts_for_hr = is_hr(frappe.session.user)
	bootinfo.mkd_own_record = own_active_record(frappe.session.user)
	offer_no_import_that_is_refused(bootinfo.user)
	lead_back_to_a_home_of_his(bootinfo)


def offer_no_import_that_is_refused(user):
	"""A list offers Import for the right to its DocType alone; the platform leaves Data Import to who administers the site."""
	if user.get("can_import") and not frappe.has_permission("Data Import", "create"):
		ours = set(frappe.get_all("DocType", {"module": MODULE}, pluck="name"))
		user["can_import"] = [doctype for doctype in user["can_import"] if doctype not in ours]


def lead_back_to_a_home_of_his(bootinfo):
	"""What stands above a list leads to the oldest workspace of its module, whoever may open it: to his own instead."""
	allowed = [page for page in bootinfo.get("allowed_workspaces") or () if page.get("module") == MODULE]
	bootinfo.module_wise_workspaces[MODULE] = [page["title"] for page in allowed]
