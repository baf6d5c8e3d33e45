"""Lists name people and dates: of delegations, links and circulars from before, who and when is noted beside the records."""

import frappe

from mkd_hrms.constants import COLLECTIVE_DAY, DELEGATION, FEED, PERSON
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.people import read_people
from mkd_hrms.services.collective_days import circular


def execute():
	name_delegates()
	name_feeds()
	date_circulars()


def name_delegates():
	for row in frappe.get_all(
		DELEGATION, {"delegate_name": ("is", "not set")}, ["name", "approver", "delegate"]
	):
		names = {
			f"{field}_name": frappe.db.get_value("User", row[field], "full_name")
			for field in ("approver", "delegate")
		}
		frappe.db.set_value(DELEGATION, row.name, names, update_modified=False)


def name_feeds():
	fields = ["name", "reference_doctype", "reference_name"]
	feeds = frappe.get_all(FEED, {"reference_title": ("is", "not set")}, fields)
	own = tuple({row.reference_name for row in feeds if row.reference_doctype == PERSON})
	people = read_people(SiteDatabase(), Scope(employees=own)) if own else {}
	for row in feeds:
		person = people.get(row.reference_name)
		title = person.employee_name if person else row.reference_name
		frappe.db.set_value(FEED, row.name, "reference_title", title, update_modified=False)


def date_circulars():
	for name in frappe.get_all(COLLECTIVE_DAY, {"first_date": ("is", "not set")}, pluck="name"):
		if dates := circular.dates_of(frappe.get_doc(COLLECTIVE_DAY, name)):
			values = {"first_date": dates[0], "last_date": dates[-1]}
			frappe.db.set_value(COLLECTIVE_DAY, name, values, update_modified=False)
