"""What the desk tells our forms about the user before any document is loaded."""

import frappe

from mkd_hrms.services.people.approvers import is_hr


def extend(bootinfo):
	bootinfo.mkd_acts_for_hr = is_hr(frappe.session.user)
