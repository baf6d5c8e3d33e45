"""The platform's own Work From Home goes through MKD; an official duty comes before it (rule W10)."""

import frappe
from frappe import _
from frappe.utils import getdate

from mkd_hrms.constants import REQUEST, SETTINGS, USED_DAY_STATES
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import with_other_records
from mkd_hrms.facts.ledger.days import read_used_between
from mkd_hrms.facts.users import employment_of
from mkd_hrms.policy.model import among
from mkd_hrms.services.booked_days import superseding
from mkd_hrms.services.day import end_of_day
from mkd_hrms.services.platform.wording import day_list
from mkd_hrms.services.policies.in_force import in_force, submitted_policies
from mkd_hrms.services.standing.changes_noted import concerns_employee

FROM_HOME, ON_DUTY = "Work From Home", "On Duty"


class UseMKDRequest(frappe.ValidationError):
	"""Work from home is applied for with an MKD Request."""


class OverlapsMKD(frappe.ValidationError):
	"""A date is an MKD day already."""


def validate(doc, method=None):
	if not (doc.employee and doc.from_date and doc.to_date):
		return
	if doc.reason == FROM_HOME:
		refuse_way_round_mkd(doc)
		refuse_used_days(doc)
	elif doc.reason == ON_DUTY and doc.docstatus.is_draft():
		foretell(doc)


def refuse_way_round_mkd(doc):
	if not is_for_mkd(doc):
		return
	if not frappe.get_cached_value(SETTINGS, SETTINGS, "allow_wfh_attendance_request"):
		frappe.throw(
			_(
				"Work from home is applied for with an {0}: it knows the weekly limit, the superior and the report. HR can allow exceptions in MKD Settings."
			).format(f'<a href="/app/mkd-request/new">{_(REQUEST)}</a>'),
			UseMKDRequest,
			title=_("Apply for MKD"),
		)
	if not (doc.explanation or "").strip():
		frappe.throw(
			_("Say in the explanation why this is not applied for with an MKD Request."), UseMKDRequest
		)


def is_for_mkd(doc):
	"""Whether a policy is in force for the company on the last day, and speaks of people employed as this one is."""
	company, employed_as = employment_of(doc.employee)
	policy = in_force(submitted_policies(), doc.company or company, getdate(doc.to_date))
	return bool(policy and employed_as and among(employed_as, policy.employment_types))


def refuse_used_days(doc):
	if days := used_days(doc, USED_DAY_STATES):
		frappe.throw(
			_("MKD is already applied for on {0}. Withdraw those days first.").format(day_list(days)),
			OverlapsMKD,
		)


def foretell(doc):
	"""An order to be elsewhere is not refused for MKD; whoever writes it reads which whole days it will take."""
	half = getdate(doc.half_day_date or doc.from_date) if doc.half_day else None
	if days := [day for day in used_days(doc, superseding.GIVES_WAY) if day != half]:
		frappe.msgprint(
			_("Official duty takes precedence: once it is submitted, MKD on {0} is given back.").format(
				day_list(days)
			),
			alert=True,
		)


def used_days(doc, states):
	"""The MKD days of some states between the dates of a request, through whichever Employee record of the person."""
	scope = with_other_records(SiteDatabase(), [doc.employee])
	found = read_used_between(SiteDatabase(), scope, getdate(doc.from_date), getdate(doc.to_date), states)
	return sorted(day.mkd_date for days in found.values() for day in days)


def on_submit(doc, method=None):
	if doc.reason == ON_DUTY:
		superseding.give_way_to(doc, [doc.employee], getdate(doc.from_date), getdate(doc.to_date))
	# It has written attendance around every other rule.
	end_of_day.look_again(doc.employee, doc.from_date, doc.to_date)


def on_cancel(doc, method=None):
	superseding.ask_again(doc)
	end_of_day.look_again(doc.employee, doc.from_date, doc.to_date)


def on_change(doc, method=None):
	concerns_employee(doc)
