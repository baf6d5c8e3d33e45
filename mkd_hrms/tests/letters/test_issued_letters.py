"""Letters over HTTP: issued by whoever decided, printed with their number, revoked with what they are of."""

import frappe
from frappe.utils import getdate

from mkd_hrms.constants import LETTER, REQUEST, WARNING
from mkd_hrms.services.letters.letter import long_date
from mkd_hrms.tests.support.http_world import (
	act,
	browser,
	days_of,
	head,
	officer,
	open_house,
	stored,
	subordinate,
	user_with,
	week,
)
from mkd_hrms.tests.support.letter_case import LETTERS, IssuedCase
from mkd_hrms.tests.support.world import COMPANY

setUpModule = open_house


class TestIssuedLetters(IssuedCase):
	def granted(self):
		employee = subordinate()
		return employee, self.approved(employee, week()[:2])

	def test_who_decided_issues_a_permit_and_its_print_has_the_number_from_then_on(self):
		employee, request = self.granted()
		open_to_him = self.ok(browser(head().user_id).call(LETTERS, doctype=REQUEST, name=request))
		self.assertEqual([each["kind"] for each in open_to_him["open"]], ["Permit", "Assignment"])
		self.assertTrue(all(each["is_numbered"] for each in open_to_him["open"]))
		letter = self.issued(head().user_id, REQUEST, request, "Permit")
		self.assertRegex(letter["number"], r"^\d+/K0/BKD/\d{4}$")
		html = self.printed(employee.user_id, REQUEST, request, "MKD Request Letter")
		self.assertIn(letter["number"], html)
		self.assertIn("data:image/png;base64,", html)
		self.assertNotIn("BSrE", html)
		self.refused(self.issue(head().user_id, REQUEST, request, "Permit"))
		shown = self.ok(browser(employee.user_id).call(LETTERS, doctype=REQUEST, name=request))
		self.assertEqual(
			([each["number"] for each in shown["issued"]], shown["open"]), ([letter["number"]], [])
		)

	def test_neither_the_employee_nor_a_colleague_issues_one(self):
		employee, request = self.granted()
		for user in (employee.user_id, subordinate().user_id):
			self.refused(self.issue(user, REQUEST, request, "Permit"))
		self.refused(self.issue(head().user_id, REQUEST, request, "Refusal"))
		self.refused(self.issue(head().user_id, "User", employee.user_id, "Permit"))
		frappe.db.rollback()
		self.assertFalse(frappe.db.exists(LETTER, {"reference_name": request}))

	def test_nobody_writes_deletes_or_invents_an_entry(self):
		_employee, request = self.granted()
		name = self.issued(officer(), REQUEST, request, "Permit")["name"]
		client, before = browser(officer()), stored(name, LETTER)
		self.refused(client.delete(f"/api/resource/{LETTER}/{name}"))
		client.set_value(
			LETTER, name, status="Revoked", letter_date="2020-01-01", employee_name="Lain", token="x" * 22
		)
		self.refused(client.set_value(LETTER, name, number="1/X"))
		self.refused(client.insert({"doctype": LETTER, "kind": "Permit", "company": COMPANY, "number": "9"}))
		found = stored(name, LETTER)
		for field in ("number", "status", "letter_date", "employee_name", "token"):
			self.assertEqual(found.get(field), before.get(field), field)
		self.assertNotIn(found.token, client.resource(LETTER, name).text)

	def test_a_request_that_was_cancelled_leaves_a_revoked_permit(self):
		employee, request = self.granted()
		letter = self.issued(officer(), REQUEST, request, "Permit")
		self.ok(act(officer(), request, "Cancel"))
		self.assertEqual(stored(letter["name"], LETTER).status, "Revoked")
		# The platform itself prints nothing that was cancelled, so the letter is printed from the register.
		html = self.printed(employee.user_id, LETTER, letter["name"], "MKD Letter")
		with frappe.translate.print_language("id"):
			first_day = long_date(week()[0])
		for words in ("DICABUT", letter["number"], first_day):
			self.assertIn(words, html)

	def test_a_revocation_takes_the_permit_with_it_and_says_which_days(self):
		employee, request = self.granted()
		permit = self.issued(officer(), REQUEST, request, "Permit")
		day = days_of(request)[0].name
		self.revoke(day)
		letter = self.issued(officer(), REQUEST, request, "Revocation")
		self.assertEqual(stored(permit["name"], LETTER).status, "Revoked")
		html = self.printed(employee.user_id, REQUEST, request, "MKD Revocation Letter")
		for words in (letter["number"], permit["number"], "Kebutuhan dinas", "Pencabutan"):
			self.assertIn(words, html)
		# Whoever decides is not told why a day was taken back (rule P3).
		html = self.printed(head().user_id, REQUEST, request, "MKD Revocation Letter")
		self.assertNotIn("Kebutuhan dinas", html)
		self.refused(self.issue(officer(), REQUEST, request, "Revocation"))
		# For the day that is left another permit may follow.
		self.assertNotEqual(self.issued(officer(), REQUEST, request, "Permit")["number"], permit["number"])

	def test_a_warning_is_told_to_nobody_above_and_falls_with_its_measure(self):
		employee = subordinate()
		values = {"from_date": str(getdate()), "to_date": str(getdate()), "ground": "Tidak hadir"}
		client = browser(user_with("HR Manager"))
		doc = {"doctype": WARNING, "employee": employee.name, **values, "docstatus": 1}
		name = self.ok(client.insert(doc))["name"]
		self.refused(self.issue(head().user_id, WARNING, name, "Warning"))
		letter = self.issued(officer(), WARNING, name, "Warning")
		self.refused(browser(head().user_id).resource(LETTER, letter["name"]))
		html = self.printed(employee.user_id, WARNING, name, "MKD Warning Letter")
		for words in (letter["number"], "Tidak hadir", "Peringatan"):
			self.assertIn(words, html)
		self.ok(client.call("frappe.client.cancel", doctype=WARNING, name=name))
		self.assertEqual(stored(letter["name"], LETTER).status, "Revoked")
		self.assertIn("DICABUT", self.printed(employee.user_id, LETTER, letter["name"], "MKD Letter"))
