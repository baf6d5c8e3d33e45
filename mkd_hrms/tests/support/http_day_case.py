"""Days that were applied for and approved through the browser, for tests of what happens on them and around them."""

import json

import frappe
from frappe.utils import getdate

from mkd_hrms.constants import DAILY_REPORT, DAY
from mkd_hrms.tests.support.http_world import HTTPCase, browser, days_of, week


class ApprovedDayCase(HTTPCase):
	def approved_day(self, employee, **values):
		"""The names of an approved request for one day ahead, and of that day."""
		request = self.approved(employee, week()[:1], **values)
		(day,) = days_of(request)
		return request, day.name

	def approved_today(self, employee, request=None, **values):
		"""The same with a day that is today: requests are only for days ahead, so the row is moved.

		`request` are values of the request, the others of the row.
		"""
		name, day = self.approved_day(employee, **(request or {}))
		frappe.db.set_value(DAY, day, {"mkd_date": getdate(), **values})
		frappe.db.commit()
		return name, day


class ReportingCase(ApprovedDayCase):
	"""Daily reports of today, which go when the test has ended."""

	def a_day_of(self, employee, **values):
		_request, day = self.approved_today(employee, **values)
		self.addCleanup(self.clear, employee)
		return day

	def clear(self, employee):
		frappe.db.delete(DAILY_REPORT, {"employee": employee.name})
		frappe.db.commit()

	def content(self, employee, **values):
		row = {"activity": "Rapat daring", "output": "Notula", "minutes": 90}
		return {
			"doctype": DAILY_REPORT,
			"employee": employee.name,
			"mkd_date": str(getdate()),
			"activities": [row],
			**values,
		}

	def listed(self, user, name):
		"""Whether the report is in the user's list, and its rows in theirs."""
		client = browser(user)
		found = self.ok(client.get(f"/api/resource/{DAILY_REPORT}", filters=json.dumps({"name": name})))
		asked = {"doctype": "MKD Daily Report Activity", "parent": DAILY_REPORT, "fields": ["parent"]}
		rows = self.ok(client.call("frappe.client.get_list", filters={"parent": name}, **asked))
		return bool(found), bool(rows)
