"""The verification sheet of a day and of a period, over HTTP: who issues and prints it, what stands in it, when it falls."""

import json

import frappe
from frappe.utils import add_days, getdate

from mkd_hrms.constants import DAILY_REPORT, LETTER
from mkd_hrms.tests.support.http_day_case import ReportingCase
from mkd_hrms.tests.support.http_world import (
	browser,
	head,
	officer,
	open_house,
	person,
	stored,
	subordinate,
	user_with,
)
from mkd_hrms.tests.support.printed_letter_case import PrintedCase

setUpModule = open_house

SHEET = "mkd_hrms.api.issue_verification_sheet"
FORM = "MKD Verification Sheet"


class SheetCase(PrintedCase, ReportingCase):
	def verified(self, employee=None, action="Verify Report", **values):
		"""An employee with the report of today that his superior has decided."""
		employee = employee or subordinate()
		self.a_day_of(employee)
		name = self.ok(browser(employee.user_id).insert(self.content(employee, **values)))["name"]
		self.act_on(employee.user_id, name, "Hand In")
		opened = "/api/method/frappe.desk.form.load.getdoc"
		self.ok_page(browser(head().user_id).get(opened, doctype=DAILY_REPORT, name=name))
		if action == "Reject":
			note = {"verifier_note": "Hasil tidak sesuai"}
			self.ok(browser(head().user_id).set_value(DAILY_REPORT, name, **note))
		self.act_on(head().user_id, name, action)
		return employee, name

	def act_on(self, user, name, action):
		doc = json.dumps({"doctype": DAILY_REPORT, "name": name})
		self.ok(browser(user).call("frappe.model.workflow.apply_workflow", doc=doc, action=action))

	def ok_page(self, response):
		self.assertEqual(response.status_code, 200, response.text[:300])

	def issue_period(self, user, employee, since=None, until=None, **values):
		period = {"from_date": str(since or add_days(getdate(), -7)), "to_date": str(until or getdate())}
		return browser(user).call(SHEET, employee=employee.name, **period, **values)


class TestOfOneDay(SheetCase):
	def test_who_verified_issues_it_and_the_employee_prints_it(self):
		employee, name = self.verified()
		letter = self.issued(head().user_id, DAILY_REPORT, name, "Verification Sheet")
		self.assertRegex(letter["number"], r"/BKD/\d{4}$")
		html = self.printed(employee.user_id, DAILY_REPORT, name, FORM)
		for words in (letter["number"], "Lembar Verifikasi", "Rapat daring", "Notula", "Diverifikasi"):
			self.assertIn(words, html)
		self.assertIn(head().employee_name, html)

	def test_neither_the_employee_nor_a_colleague_issues_it_and_none_comes_of_what_waits(self):
		employee, name = self.verified()
		for user in (employee.user_id, subordinate().user_id):
			self.refused(self.issue(user, DAILY_REPORT, name, "Verification Sheet"))
		other = subordinate()
		self.a_day_of(other)
		waiting = self.ok(browser(other.user_id).insert(self.content(other)))["name"]
		self.act_on(other.user_id, waiting, "Hand In")
		self.refused(self.issue(officer(), DAILY_REPORT, waiting, "Verification Sheet"))
		html = self.printed(other.user_id, DAILY_REPORT, waiting, FORM)
		self.assertIn("belum diverifikasi", html)
		self.assertNotIn("Notula", html)

	def test_a_colleague_prints_none(self):
		_employee, name = self.verified()
		letter = self.issued(officer(), DAILY_REPORT, name, "Verification Sheet")["name"]
		client = browser(subordinate().user_id)
		for doctype, of, form in ((DAILY_REPORT, name, FORM), (LETTER, letter, "MKD Letter")):
			key = {"doctype": doctype, "name": of, "format": form}
			self.refused(client.get("/api/method/frappe.utils.print_format.download_pdf", **key))


class TestOfAPeriod(SheetCase):
	def test_the_superior_and_hr_issue_it_once_for_the_same_days(self):
		employee, _name = self.verified()
		letter = self.ok(self.issue_period(head().user_id, employee))
		entry = stored(letter["name"], LETTER)
		self.assertEqual((entry.employee, entry.days), (employee.name, str(getdate())))
		self.refused(self.issue_period(officer(), employee))
		for user in (employee.user_id, head().user_id, officer()):
			html = self.printed(user, LETTER, letter["name"], "MKD Letter")
			self.assertIn("Notula", html)
			self.assertIn("Diverifikasi: 1; ditolak: 0", html)

	def test_nobody_else_issues_it_nor_learns_who_there_is(self):
		employee, _name = self.verified()
		stranger = user_with("MKD Approver")
		for user in (employee.user_id, subordinate().user_id, stranger):
			self.refused(self.issue_period(user, employee))
		nobody = frappe._dict(name="HR-EMP-99999")
		said = [self.issue_period(stranger, each).text.count("MKD") for each in (employee, nobody)]
		self.assertEqual(*said)
		self.refused(self.issue_period(stranger, nobody))

	def test_of_a_period_without_a_report_or_one_that_is_too_long_there_is_none(self):
		employee, _name = self.verified()
		yesterday = add_days(getdate(), -1)
		self.refused(self.issue_period(officer(), employee, until=yesterday))
		self.refused(self.issue_period(officer(), employee, since=add_days(getdate(), -100)))
		self.refused(self.issue_period(officer(), employee, since=getdate(), until=yesterday))

	def test_a_report_that_is_opened_again_takes_its_sheets_with_it(self):
		employee, name = self.verified(action="Reject")
		sheet = self.issued(officer(), DAILY_REPORT, name, "Verification Sheet")["name"]
		period = self.ok(self.issue_period(officer(), employee))["name"]
		self.ok(browser(officer()).call("frappe.client.cancel", doctype=DAILY_REPORT, name=name))
		for letter in (sheet, period):
			entry = stored(letter, LETTER)
			self.assertEqual(entry.status, "Revoked")
			self.assertIn(name, entry.revoke_reason)

	def test_who_was_the_superior_prints_it_no_more_than_the_reports(self):
		other = person()
		employee, _name = self.verified()
		letter = self.ok(self.issue_period(head().user_id, employee))["name"]
		key = {"doctype": LETTER, "name": letter, "format": "MKD Letter"}
		self.refused(browser(other.user_id).get("/api/method/frappe.utils.print_format.download_pdf", **key))

	def test_as_a_pdf(self):
		employee, name = self.verified()
		self.look(DAILY_REPORT, name, "Verification Sheet", FORM, "sheet", "LEMBAR VERIFIKASI", "Notula")
		letter = self.ok(self.issue_period(officer(), employee))
		text = self.text_of(LETTER, letter["name"], "MKD Letter", "sheet_of_period")
		self.check_words(text, "period")
		for words in (letter["number"], "Periode", employee.employee_name, "Rapat daring"):
			self.assertIn(words, text)
