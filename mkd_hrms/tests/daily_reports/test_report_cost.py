"""What a daily report costs: a save reads its person once, whichever way it goes, and passing one on takes little."""

from datetime import date

import frappe

from mkd_hrms.constants import RETURN
from mkd_hrms.services.daily_reports import escalation
from mkd_hrms.tests.support.day_case import FRIDAY, THURSDAY, at, written
from mkd_hrms.tests.support.factories import officer, superior
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.statements import one_more, statements_of, without_mail
from mkd_hrms.tests.support.verification_case import FRIDAY_NOON, VerificationCase

STATEMENTS_A_REPORT = 0.6


class TestReading(VerificationCase):
	def assert_read_once(self, user, when, work):
		with at(*when), acting_as(user):
			asked = [query for query, _values in statements_of(work) if is_of_a_person(query)]
		self.assertEqual(len(asked), 1, "\n".join(asked))

	def test_a_draft_and_its_handing_in(self):
		worker = self.approved()
		report = frappe.get_doc(written(worker))
		self.assert_read_once(worker.user_id, (THURSDAY, 19), report.insert)
		self.assert_read_once(worker.user_id, (THURSDAY, 20), report.submit)

	def test_handing_in_by_hr(self):
		report = frappe.get_doc(written(self.approved()))
		hr = officer()
		self.assert_read_once(hr, (THURSDAY, 19), report.insert)
		self.assert_read_once(hr, (THURSDAY, 20), report.submit)

	def test_returning_revising_and_verifying(self):
		worker, report = self.waiting()
		self.open(report, self.boss.user_id)
		self.assert_read_once(
			self.boss.user_id, FRIDAY_NOON, self.saved(report, RETURN, verifier_note="Sebutkan keluarannya")
		)
		revised = self.saved(report, "Hand In")
		self.assert_read_once(worker.user_id, (FRIDAY, 13), revised)
		self.open(report, self.boss.user_id, (FRIDAY, 14))
		self.assert_read_once(self.boss.user_id, (FRIDAY, 14), self.saved(report, "Verify Report"))

	def test_cancelling(self):
		_worker, report = self.waiting()
		self.assert_read_once(officer(), FRIDAY_NOON, self.stored(report).cancel)

	def saved(self, report, action, **values):
		"""The save that a button of the form brings about, with what was written beside it."""
		states = {RETURN: "Returned", "Hand In": "Submitted", "Verify Report": "Verified"}
		document = self.stored(report)
		document.update({"status": states[action], "workflow_state": states[action], **values})
		return document.save


class TestPassingOn(VerificationCase):
	def setUp(self):
		super().setUp()
		# Somebody stands above: else everybody of HR is told, however many they are.
		self.stands_below(superior().name)
		self.addCleanup(self.stands_below, None)

	def stands_below(self, above):
		frappe.db.set_value("Employee", self.boss.name, "reports_to", above)
		frappe.db.commit()

	def asked_for(self, number):
		for _each in range(number):
			self.waiting()
		with at(date(2026, 12, 2), 9), without_mail():
			return number, statements_of(escalation.escalate)

	def test_another_report_that_nobody_verified_takes_few_statements(self):
		# The first time fills the caches.
		self.asked_for(1)
		cost, kinds = one_more(self.asked_for(1), self.asked_for(4))
		self.assertLessEqual(cost, STATEMENTS_A_REPORT, kinds)


def is_of_a_person(query):
	"""Whether a statement reads an Employee record with all that the rules ask of it."""
	return "tabEmployee" in query and "default_holiday_list" in query
