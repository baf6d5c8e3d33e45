"""Who asks for the MKD schedule of a company or a unit: a program with the role for it, and who imports; within its companies."""

import frappe
from frappe import _

from mkd_hrms.constants import DAY, PULLS, SCHEDULE_READER
from mkd_hrms.facts.agency import is_company, read_company_of
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.services.people import hr

COMPANY = "company"


def refuse_stranger(user, company, unit=None):
	"""Raises PermissionError, in the same words for what is not left to the user and for what there is not."""
	if PULLS.isdisjoint(frappe.get_roles(user)):
		frappe.throw(
			_("The schedule is for users with the role {0}.").format(_(SCHEDULE_READER)),
			frappe.PermissionError,
		)
	left = hr.limits_of(user, DAY).get(COMPANY)
	if not (company in left if left else is_company(SiteDatabase(), company)):
		frappe.throw(
			_("The people of {0} are not left to you, or there is no such company.").format(company),
			frappe.PermissionError,
		)
	if unit and read_company_of(SiteDatabase(), unit) != company:
		frappe.throw(_("There is no unit {0} in {1}.").format(unit, company), frappe.PermissionError)
