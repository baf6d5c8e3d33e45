"""Requests that waited for a superior before there was a time for it have all of it from now on (rule W4)."""

import frappe

from mkd_hrms.constants import PENDING_APPROVAL, REQUEST
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.people.time_to_decide import last_day_from_today


def execute():
	waiting = {"status": PENDING_APPROVAL, "approver": ("is", "set"), "waits_since": ("is", "not set")}
	for name in frappe.get_all(REQUEST, waiting, pluck="name", order_by="name"):
		request = frappe.get_doc(REQUEST, name)
		decide_by = last_day_from_today(request, read_person(request.employee))
		values = {"waits_since": request.creation, "decide_by": decide_by}
		frappe.db.set_value(REQUEST, name, values, update_modified=False)
