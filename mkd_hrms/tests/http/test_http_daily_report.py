"""The daily report and the confirmation of an absence through the browser, and around the form."""

from mkd_hrms.constants import DAILY_REPORT, DAY
from mkd_hrms.tests.support.http_day_case import ReportingCase
from mkd_hrms.tests.support.http_world import browser, head, officer, open_house, stored, subordinate
from mkd_hrms.tests.support.people import UNLIMITED

setUpModule = open_house
CONFIRM = "mkd_hrms.api.confirm_no_show"
LIST = "frappe.client.get_list"


class TestReporting(ReportingCase):
	def test_the_employee_writes_and_hands_in_and_only_those_concerned_read_it(self):
		employee, colleague = subordinate(), subordinate()
		day = self.a_day_of(employee)
		draft = self.ok(browser(employee.user_id).insert(self.content(employee)))
		for user in (colleague.user_id, head().user_id):
			self.refused(browser(user).insert(self.content(employee)))
			self.refused(browser(user).set_value(DAILY_REPORT, draft["name"], docstatus=1))
		answer = self.ok(browser(employee.user_id).set_value(DAILY_REPORT, draft["name"], docstatus=1))
		self.assertEqual((answer["status"], answer["is_late"]), ("Submitted", 0))
		self.assertEqual(stored(day, DAY).daily_report, draft["name"])
		for user in (employee.user_id, head().user_id, officer()):
			self.ok(browser(user).resource(DAILY_REPORT, draft["name"]))
			self.assertEqual(self.listed(user, draft["name"]), (True, True))
		self.refused(browser(colleague.user_id).resource(DAILY_REPORT, draft["name"]))
		self.assertEqual(self.listed(colleague.user_id, draft["name"]), (False, False))

	def test_what_was_handed_in_is_not_changed_and_not_taken_back_by_its_author(self):
		employee = subordinate()
		self.a_day_of(employee)
		client = browser(employee.user_id)
		name = self.ok(client.insert(self.content(employee)))["name"]
		self.ok(client.set_value(DAILY_REPORT, name, docstatus=1))
		self.assertEqual(stored(name, DAILY_REPORT).status, "Submitted")
		self.refused(client.set_value(DAILY_REPORT, name, status="Verified"))
		self.refused(client.set_value(DAILY_REPORT, name, docstatus=2))
		self.refused(client.delete(f"/api/resource/{DAILY_REPORT}/{name}"))
		report = stored(name, DAILY_REPORT)
		self.assertEqual((report.status, report.docstatus), ("Submitted", 1))


class TestConfirming(ReportingCase):
	def test_the_superior_confirms_and_nobody_else_does(self):
		employee, colleague = subordinate(), subordinate()
		day = self.a_day_of(employee, absence_proposed=1)
		arguments = {"mkd_day": day, "confirmed": 1, "reason": "Tidak dapat dihubungi"}
		for user, why in ((employee.user_id, "nobody about himself"), (colleague.user_id, "not open to you")):
			self.refused(browser(user).call(CONFIRM, **arguments), why)
		self.assertEqual(stored(day, DAY).status, "Approved")
		answer = self.ok(browser(head().user_id).call(CONFIRM, **arguments))
		self.assertEqual(answer["status"], "No Show")
		row = stored(stored(day, DAY).attendance, "Attendance")
		self.assertEqual((row.status, row.docstatus, row.mkd_day), ("Absent", 1, day))

	def test_a_colleague_who_lists_attendance_learns_nothing_of_the_mkd_day(self):
		employee, colleague = subordinate(), subordinate(**UNLIMITED)
		day = self.a_day_of(employee, absence_proposed=1)
		arguments = {"mkd_day": day, "confirmed": 1, "reason": "Tidak dapat dihubungi"}
		self.ok(browser(head().user_id).call(CONFIRM, **arguments))
		name, client = stored(day, DAY).attendance, browser(colleague.user_id)
		for column in ("confirmation_reason", "confirmation\\u005freason", "status"):
			asked = {"doctype": "Attendance", "filters": {"name": name}}
			response = client.call(LIST, **asked, fields=f'["name", "mkd\\u005fday.{column} as why"]')
			self.assertNotIn("why", response.json().get("message") or "")
		asked = {"doctype": "Attendance", "filters": {"name": name}, "fields": '["name", "mkd_day"]'}
		for response in (
			client.get(f"/api/resource/Attendance/{name}", expand_links=1),
			client.call(LIST, **asked, expand=["mkd_day"]),
		):
			self.assertIn("mkd_day", response.text)
			self.assertNotIn("Tidak dapat dihubungi", response.text)
			self.assertNotIn("confirmed_by", response.text)
