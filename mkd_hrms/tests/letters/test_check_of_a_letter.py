"""The page of a letter, which a stranger with its code opens: whether it holds, and nothing of anybody."""

import frappe

from mkd_hrms.constants import LETTER, REQUEST
from mkd_hrms.tests.support.http_world import act, officer, open_house, stored, subordinate, week
from mkd_hrms.tests.support.letter_case import IssuedCase
from mkd_hrms.tests.support.world import COMPANY

setUpModule = open_house


class TestTheCheckOfALetter(IssuedCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		case = cls()
		cls.employee = subordinate(first_name="Rahasiawati")
		cls.request = case.approved(cls.employee, week()[:1])
		cls.letter = case.issued(officer(), REQUEST, cls.request, "Permit")
		cls.token = frappe.db.get_value(LETTER, cls.letter["name"], "token")
		frappe.db.commit()

	def test_a_stranger_is_told_that_it_holds_and_nothing_of_anybody(self):
		answer = self.checked(stored(self.letter["name"], LETTER).token)
		self.assertEqual(answer.status_code, 200, answer.text)
		for words in (self.letter["number"], "Surat Izin", "Berlaku"):
			self.assertIn(words, answer.text)
		for words in ("Rahasiawati", self.employee.name, self.request, self.letter["name"], COMPANY):
			self.assertNotIn(words, answer.text)
		self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")

	def test_a_wrong_code_tells_nothing(self):
		token = stored(self.letter["name"], LETTER).token
		for wrong in ("", "x" * 22, token[:-1], token.swapcase(), f"{token} ", "%", self.letter["name"]):
			with self.subTest(wrong):
				answer = self.checked(wrong)
				self.assertEqual(answer.status_code, 404)
				self.assertNotIn(self.letter["number"], answer.text)

	def test_a_revoked_one_is_told_as_revoked(self):
		employee = subordinate()
		request = self.approved(employee, week()[:1])
		letter = self.issued(officer(), REQUEST, request, "Permit")
		self.ok(act(officer(), request, "Cancel"))
		answer = self.checked(stored(letter["name"], LETTER).token)
		self.assertIn("Dicabut", answer.text)
		self.assertNotIn("Berlaku", answer.text)

	def test_who_asks_too_often_waits(self):
		asked = [self.checked("x" * 22).status_code for _each in range(130)]
		self.assertEqual(asked[-1], 429)
		frappe.cache.delete_keys("rl:")
