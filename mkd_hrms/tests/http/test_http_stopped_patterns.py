"""A superior ends the weekly pattern of one of his people from a date on, over HTTP, and nobody else does (W2, W9)."""

from datetime import timedelta

import frappe
from frappe.utils import format_date, getdate, strip_html

from mkd_hrms.constants import REQUEST
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	act,
	browser,
	days_of,
	head,
	open_house,
	person,
	stored,
	subordinate,
	user_with,
	week,
)

setUpModule = open_house

STOP = "mkd_hrms.api.stop_pattern"
REASON = "Tugas baru di kantor"


class TestStoppedPatterns(HTTPCase):
	def pattern(self, employee, weeks=40):
		"""Every Tuesday from next week on, approved by the superior."""
		first = week()[1]
		values = {"from_date": str(first), "to_date": str(first + timedelta(weeks=weeks)), "tuesday": 1}
		name = self.applied(employee, [], request_type="Weekly Pattern", **values)
		self.ok(act(head().user_id, name, "Approve"))
		return name

	def stop(self, user, name, since, reason=REASON):
		return browser(user).call(STOP, request=name, since=str(since), reason=reason)

	def states(self, name):
		return {row.mkd_date: row.status for row in days_of(name)}

	def told(self, user, name):
		about = {"for_user": user, "document_type": REQUEST, "document_name": name}
		logs = frappe.get_all("Notification Log", about, ["subject", "email_content"])
		return [strip_html(log.email_content) for log in logs if "ends from" in log.subject]

	def test_days_from_a_date_on_are_given_back_and_those_before_stay(self):
		employee = subordinate()
		name = self.pattern(employee)
		before = self.states(name)
		since = sorted(before)[2]
		self.ok(self.stop(head().user_id, name, since))
		expected = {day: "Released" if day >= since else "Approved" for day in before}
		self.assertEqual(self.states(name), expected)
		request = stored(name)
		self.assertEqual((request.status, request.pattern_stops_on), ("Approved", since))
		self.assertEqual(request.to_date, sorted(before)[0] + timedelta(weeks=40))
		for user in (employee.user_id, head().user_id):
			(notice,) = self.told(user, name)
			self.assertIn(REASON, notice)
			self.assertIn(format_date(since), notice)

	def test_stopped_today_nothing_is_left_of_it(self):
		employee = subordinate()
		name = self.pattern(employee)
		self.ok(self.stop(head().user_id, name, getdate()))
		request = stored(name)
		self.assertEqual((request.status, request.pattern_state), ("Revoked", "Ended"))
		self.assertEqual(set(self.states(name).values()), {"Released"})
		self.refused(self.stop(head().user_id, name, getdate()), "Only days of an approved request")

	def test_who_is_not_his_superior_ends_nothing(self):
		employee = subordinate()
		name = self.pattern(employee)
		before = self.states(name)
		other = person()
		subordinate_of_other = person(reports_to=other)
		for user in (
			employee.user_id,
			subordinate().user_id,
			other.user_id,
			subordinate_of_other.user_id,
			user_with("MKD Approver"),
		):
			with self.subTest(user):
				self.refused(self.stop(user, name, getdate()))
		self.assertEqual(self.states(name), before)
		self.assertEqual(stored(name).pattern_state, "Running")
		browser(employee.user_id).set_value(REQUEST, name, pattern_stops_on=str(getdate()))
		self.assertFalse(stored(name).pattern_stops_on)

	def test_hr_ends_it_and_the_superior_is_told(self):
		employee = subordinate()
		name = self.pattern(employee)
		self.ok(self.stop(user_with("MKD Officer"), name, getdate()))
		self.assertEqual(stored(name).pattern_state, "Ended")
		self.assertEqual(len(self.told(head().user_id, name)), 1)

	def test_not_without_a_reason_nor_for_a_date_that_is_none_of_it(self):
		employee = subordinate()
		name = self.pattern(employee, weeks=8)
		last = stored(name).to_date
		self.refused(self.stop(head().user_id, name, getdate(), reason=" "), "Say why")
		for since in (getdate() - timedelta(days=1), last + timedelta(days=1)):
			self.refused(self.stop(head().user_id, name, since), "between")
		single = self.approved(subordinate(), week()[:1])
		self.refused(self.stop(head().user_id, single, getdate()), "no weekly pattern")

	def test_the_form_offers_it_to_whom_it_is_open(self):
		employee = subordinate()
		name = self.pattern(employee)
		for user, offered in (
			(head().user_id, True),
			(employee.user_id, False),
			(user_with("HR Manager"), True),
		):
			loaded = browser(user).get("/api/method/frappe.desk.form.load.getdoc", doctype=REQUEST, name=name)
			told = loaded.json()["docs"][0]["__onload"]
			self.assertEqual(told["may_stop_pattern"], offered, user)
