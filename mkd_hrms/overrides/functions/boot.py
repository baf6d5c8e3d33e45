"""What the desk tells our forms and lists about the user before any document is loaded."""

import frappe

from mkd_hrms.permissions.who import own_active_record
from mkd_hrms.services.people.approvers import is_hr


def extend(bootinfo):
	bootinfo.mkd_acts_for_hr = is_hr(frappe.session.user)
	bootinfo.mkd_own_record = own_active_record(frappe.session.user)
	offer_no_import_that_is_refused(bootinfo.user)


def offer_no_import_that_is_refused(user):
	"""A list offers Import for the right to its DocType alone; the platform leaves Data Import to who administers the site."""
	if user.get("can_import") and not frappe.has_permission("Data Import", "create"):
		ours = set(frappe.get_all("DocType", {"module": "MKD HRMS"}, pluck="name"))
		user["can_import"] = [doctype for doctype in user["can_import"] if doctype not in ours]
