"""Who may act on a daily report: the rule, the form and the controller agree for every state, action and person (D4, D5)."""

import frappe

from mkd_hrms.constants import (
	CANCEL,
	CANCELLED,
	DAILY_REPORT,
	HAND_IN,
	MISSING,
	REJECT,
	REJECTED,
	RETURN,
	RETURNED,
	SUBMITTED,
	VERIFIED,
	VERIFY,
)
from mkd_hrms.services.daily_reports import actors, states
from mkd_hrms.tests.support.actors_case import ActorsCase, Situation
from mkd_hrms.tests.support.day_case import FRIDAY, THURSDAY, at, written
from mkd_hrms.tests.support.factories import officer
from mkd_hrms.tests.support.people import acting_as, make_user
from mkd_hrms.tests.support.verification_case import FRIDAY_NOON, VerificationCase, delegation

HR = {"officer", "manager", "hr user"}
WAITS = {VERIFY: VERIFIED, REJECT: REJECTED, RETURN: RETURNED, CANCEL: CANCELLED}
EVENING, A_WEEK_LATER = (THURSDAY, 20, 30), (FRIDAY.replace(month=12, day=7), 12)


class TestActors(ActorsCase, VerificationCase):
	MACHINE, ACTORS = states, actors

	def setUp(self):
		super().setUp()
		self.superior, self.delegate = self.boss.user_id, self.person().user_id
		delegation(self.superior, self.delegate, THURSDAY, A_WEEK_LATER[0])
		self.others = {
			"superior": self.superior,
			"delegate": self.delegate,
			"officer": officer(),
			"manager": make_user("HR Manager", "Employee"),
			"hr user": make_user("HR User", "Employee"),
			"another superior": make_user("MKD Approver", "Employee"),
			"stranger": self.person().user_id,
		}

	def assert_may(self, report, leads_to, may, when=FRIDAY_NOON, **parts):
		"""Everybody has opened the report and said why: what is left to ask is who he is."""
		people = {**parts, **self.others}
		with at(*when):
			for user in people.values():
				view = {"doctype": "View Log", "viewed_by": user}
				view |= {"reference_doctype": DAILY_REPORT, "reference_name": report.name}
				frappe.get_doc(view).insert(ignore_permissions=True)
			frappe.db.set_value(DAILY_REPORT, report.name, "verifier_note", "Sebutkan keluarannya")
			self.assert_agree(Situation(self.stored(report), people, leads_to, may))

	def deciding(self, *parts):
		return {VERIFY: {*parts}, REJECT: {*parts}, RETURN: {*parts}, CANCEL: HR}

	def of_somebody(self, **values):
		worker = self.approved(**values)
		return self.report(worker), {"author": worker.user_id}

	def of_hr(self):
		"""A report of somebody in HR, above whom nobody is."""
		worker = self.approved()
		frappe.get_doc("User", worker.user_id).add_roles("MKD Officer", "HR Manager")
		frappe.db.set_value("Employee", worker.name, "reports_to", None)
		return worker

	def draft(self, worker, user=None):
		with at(THURSDAY, 19), acting_as(user or worker.user_id):
			return frappe.get_doc(written(worker)).insert()

	def missed(self, worker):
		"""A draft whose time is over."""
		report = self.draft(worker)
		self.end()
		self.assertEqual(self.status(report), MISSING)
		return report

	def returned(self, **values):
		report, parts = self.of_somebody(**values)
		self.decide(report, RETURN, self.superior, note="Sebutkan keluarannya")
		return report, parts

	def test_a_draft(self):
		worker = self.approved()
		may = {HAND_IN: {"author", *HR}}
		self.assert_may(self.draft(worker), {HAND_IN: SUBMITTED}, may, EVENING, author=worker.user_id)

	def test_what_is_missing_is_written_by_hr(self):
		worker = self.approved()
		self.assert_may(self.missed(worker), {HAND_IN: SUBMITTED}, {HAND_IN: HR}, author=worker.user_id)

	def test_what_is_missing_of_somebody_in_hr_is_written_by_another(self):
		worker = self.of_hr()
		report, parts = self.missed(worker), {"author of hr": worker.user_id}
		self.assert_may(report, {HAND_IN: SUBMITTED}, {HAND_IN: HR}, **parts)

	def test_what_waits_for_the_superior(self):
		report, parts = self.of_somebody()
		self.assert_may(report, WAITS, self.deciding("superior", "delegate"), **parts)

	def test_what_was_escalated(self):
		report, parts = self.of_somebody()
		parts["next above"] = self.person().user_id
		frappe.get_doc("User", parts["next above"]).add_roles("MKD Approver")
		escalated = {"escalated_on": "2026-11-27 11:00:00", "escalated_to": parts["next above"]}
		frappe.db.set_value(DAILY_REPORT, report.name, escalated)
		may = self.deciding("superior", "delegate", "next above", *HR)
		self.assert_may(report, WAITS, may, **parts)

	def test_what_waits_for_hr_because_nobody_is_above(self):
		worker = self.approved()
		frappe.db.set_value("Employee", worker.name, "reports_to", None)
		self.assert_may(self.report(worker), WAITS, self.deciding(*HR), author=worker.user_id)

	def test_hr_that_wrote_a_report_does_not_verify_it(self):
		worker, filer = self.approved(), officer()
		frappe.db.set_value("Employee", worker.name, "reports_to", None)
		may = self.deciding(*HR) | {CANCEL: {"filer", *HR}}
		report = self.report(worker, user=filer)
		self.assert_may(report, WAITS, may, author=worker.user_id, filer=filer)

	def test_a_superior_who_wrote_a_report_as_hr_leaves_it_to_another(self):
		worker, superior = self.approved(), self.person()
		frappe.get_doc("User", superior.user_id).add_roles("MKD Officer", "HR Manager")
		frappe.db.set_value("Employee", worker.name, "reports_to", superior.name)
		parts = {"author": worker.user_id, "superior in hr": superior.user_id}
		may = self.deciding(*HR) | {CANCEL: {"superior in hr", *HR}}
		self.assert_may(self.report(worker, user=superior.user_id), WAITS, may, **parts)

	def test_hr_decides_nothing_about_its_own_report(self):
		worker = self.of_hr()
		self.assert_may(self.report(worker), WAITS, self.deciding(*HR), **{"author of hr": worker.user_id})

	def test_what_is_being_revised_is_handed_in_and_not_decided(self):
		report, parts = self.returned()
		leads_to = {HAND_IN: SUBMITTED, VERIFY: VERIFIED, REJECT: REJECTED, CANCEL: CANCELLED}
		self.assert_may(report, leads_to, {HAND_IN: {"author", *HR}, CANCEL: HR}, **parts)

	def test_what_was_not_revised_in_time_is_decided_and_not_handed_in(self):
		report, parts = self.returned()
		leads_to = {HAND_IN: SUBMITTED, VERIFY: VERIFIED, REJECT: REJECTED, CANCEL: CANCELLED}
		decide = {"superior", "delegate"}
		may = {VERIFY: decide, REJECT: decide, CANCEL: HR}
		self.assert_may(report, leads_to, may, A_WEEK_LATER, **parts)

	def test_what_was_revised_is_not_returned_again(self):
		report, parts = self.returned()
		self.act(report, HAND_IN, parts["author"], (FRIDAY, 12, 30))
		may = self.deciding("superior", "delegate")
		del may[RETURN]
		leads_to = {action: state for action, state in WAITS.items() if action != RETURN}
		self.assert_may(report, leads_to, may, (FRIDAY, 13), **parts)

	def test_what_is_decided_is_cancelled_by_hr(self):
		for action, note in ((VERIFY, None), (REJECT, "Tidak lengkap")):
			report, parts = self.of_somebody()
			self.decide(report, action, self.superior, note=note)
			self.assert_may(report, {CANCEL: CANCELLED}, {CANCEL: HR}, **parts)
