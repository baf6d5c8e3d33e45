"""Who verifies a daily report, how often it is returned, and what happens when nobody looks at it (rule D5)."""

from datetime import date, timedelta
from unittest.mock import patch

import frappe
from frappe.model.workflow import WorkflowPermissionError

from mkd_hrms.constants import DAILY_REPORT, REPORT_WORKFLOW
from mkd_hrms.services.daily_reports import escalation, handing_in
from mkd_hrms.services.daily_reports.verification import NotOpened
from mkd_hrms.services.workflow import open_actions
from mkd_hrms.services.workflow.states import MoveNotAllowed
from mkd_hrms.tests.support.day_case import FRIDAY, at, written
from mkd_hrms.tests.support.factories import eligible, officer
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.verification_case import FRIDAY_NOON, VerificationCase, delegation
from mkd_hrms.tests.support.world import SERVICE, TODAY, unit

MONDAY, TUESDAY, WEDNESDAY = (FRIDAY + timedelta(days=n) for n in (3, 4, 5))


class TestWhoVerifies(VerificationCase):
	def setUp(self):
		self.worker, self.handed_in = self.waiting()

	def test_the_superior_verifies_once_he_has_opened_it(self):
		boss = self.boss.user_id
		self.assertEqual(
			(self.handed_in.approver, str(self.handed_in.verify_by)), (boss, "2026-12-01 23:59:00")
		)
		with self.assertRaisesRegex(NotOpened, "Open report .* and read it"):
			self.act(self.handed_in, "Verify Report", boss)
		self.decide(self.handed_in, "Verify Report", boss)
		report = self.stored(self.handed_in)
		self.assertEqual(
			(report.status, report.workflow_state, report.docstatus), ("Verified", "Verified", 1)
		)
		self.assertEqual((report.verifier, str(report.verified_on)[:16]), (boss, f"{FRIDAY} 12:00"))

	def test_the_mail_of_the_workflow_asks_him_once_and_has_him_open_it(self):
		workflow = frappe.get_doc("Workflow", REPORT_WORKFLOW)
		before = [workflow.send_email_alert, *(row.send_email for row in workflow.states)]
		workflow.send_email_alert = 1
		for row in workflow.states:
			row.send_email = 1
		workflow.save()
		self.addCleanup(self.set_mail, before)
		_worker, report = self.waiting()
		mails = frappe.get_all("Email Queue", {"reference_name": report.name}, ["name", "message"])
		asked = [
			frappe.get_all("Email Queue Recipient", {"parent": mail.name}, pluck="recipient")
			for mail in mails
		]
		self.assertEqual(asked, [[self.boss.user_id]])
		self.assertNotIn("apply_action", mails[0].message.replace("=\n", ""))

	def set_mail(self, flags):
		workflow = frappe.get_doc("Workflow", REPORT_WORKFLOW)
		workflow.send_email_alert = flags[0]
		for row, flag in zip(workflow.states, flags[1:], strict=True):
			row.send_email = flag
		workflow.save()
		frappe.db.commit()

	def test_its_open_action_is_the_one_for_which_somebody_waits(self):
		worker, report = self.waiting()
		self.assertEqual(self.open_actions(report), ["Submitted"])
		self.decide(report, "Return Report", self.boss.user_id, note="Sebutkan keluarannya")
		self.assertEqual(self.open_actions(report), ["Returned"])
		self.act(report, "Hand In", worker.user_id, (FRIDAY, 14))
		self.assertEqual(self.open_actions(report), ["Submitted"])
		self.decide(report, "Verify Report", self.boss.user_id, (FRIDAY, 15))
		self.assertEqual(self.open_actions(report), [])
		self.assertEqual(
			self.actions(report, "completed_by_role"),
			[
				("Draft", "Employee"),
				("Returned", "Employee"),
				("Submitted", "MKD Approver"),
				("Verified", None),
			],
		)

	def test_frappe_finds_them_settled(self):
		"""It asks the same roles, and opens nothing beside."""
		ours = self.roles_asked()
		with patch.object(open_actions, "settle", lambda report: None):
			self.assertEqual(ours, self.roles_asked())

	def roles_asked(self):
		_worker, report = self.waiting()
		name = dict(self.actions(report, "name"))["Submitted"]
		return sorted(row.role for row in frappe.get_doc("Workflow Action", name).permitted_roles)

	def open_actions(self, report):
		return [state for state, status in self.actions(report, "status") if status == "Open"]

	def actions(self, report, *columns):
		about = {"reference_doctype": DAILY_REPORT, "reference_name": report.name}
		asked = ["workflow_state", *columns]
		return [*frappe.get_all("Workflow Action", about, asked, order_by="workflow_state", as_list=True)]

	def test_what_was_opened_before_it_was_handed_in_anew_has_to_be_opened_again(self):
		self.decide(self.handed_in, "Return Report", self.boss.user_id, note="Sebutkan keluarannya")
		self.act(self.handed_in, "Hand In", self.worker.user_id, (FRIDAY, 14))
		with self.assertRaises(NotOpened):
			self.act(self.handed_in, "Verify Report", self.boss.user_id, (FRIDAY, 15))

	def refused(self, user):
		# Where he is the author, the platform is faster.
		with self.assertRaises((frappe.PermissionError, frappe.ValidationError)):
			self.decide(self.handed_in, "Verify Report", user)
		frappe.db.rollback()
		self.assertEqual(self.status(self.handed_in), "Submitted")

	def test_neither_another_superior_nor_a_colleague_nor_hr_verifies_it(self):
		stranger = eligible(today=TODAY)
		self.person(reports_to=stranger)
		frappe.db.commit()
		for user in (stranger.user_id, self.person().user_id, officer()):
			self.refused(user)

	def test_nobody_verifies_his_own_work_whatever_his_roles(self):
		frappe.get_doc("User", self.worker.user_id).add_roles("MKD Approver", "HR Manager", "MKD Officer")
		self.refused(self.worker.user_id)
		delegation(self.boss.user_id, self.worker.user_id, TODAY, FRIDAY)
		self.refused(self.worker.user_id)

	def test_who_wrote_it_for_him_does_not_verify_it(self):
		alone, author = self.approved(), officer()
		report = self.report(alone, user=author)
		frappe.db.set_value("Employee", alone.name, "reports_to", None)
		frappe.db.commit()
		with self.assertRaisesRegex(frappe.ValidationError, "Self approval"):
			self.decide(report, "Verify Report", author)
		# Without a superior another one of HR decides.
		self.decide(report, "Verify Report", officer())
		self.assertEqual(self.status(report), "Verified")

	def test_a_delegate_verifies_in_his_time_and_for_his_unit(self):
		delegate = self.person().user_id
		delegation(self.boss.user_id, delegate, MONDAY, TUESDAY)
		delegation(self.boss.user_id, delegate, FRIDAY, FRIDAY, department=unit(SERVICE))
		frappe.db.commit()
		self.refused(delegate)
		self.assertIn("MKD Approver", frappe.get_roles(delegate))
		with at(MONDAY, 8), acting_as(delegate):
			self.assertEqual(frappe.get_list(DAILY_REPORT, pluck="name"), [self.handed_in.name])
		self.decide(self.handed_in, "Verify Report", delegate, (MONDAY, 8))
		self.assertEqual(self.stored(self.handed_in).verifier, delegate)
		_worker, other = self.waiting()
		with at(WEDNESDAY, 8), acting_as(delegate):
			# What he decided he opens later, too, and nothing else.
			self.assertEqual(frappe.get_list(DAILY_REPORT, pluck="name"), [self.handed_in.name])
			self.assertFalse(
				frappe.has_permission(DAILY_REPORT, "read", frappe.get_doc(DAILY_REPORT, other.name))
			)

	def test_nobody_stands_in_for_himself_or_makes_himself_a_delegate(self):
		self.assertRaises(
			frappe.ValidationError, delegation, self.boss.user_id, self.boss.user_id, TODAY, FRIDAY
		)
		clever = officer()
		with acting_as(clever), self.assertRaises(frappe.PermissionError):
			delegation(self.boss.user_id, clever, TODAY, FRIDAY)


class TestPathsAround(VerificationCase):
	def setUp(self):
		self.worker, self.handed_in = self.waiting()

	def refused(self, user, error, **values):
		self.open(self.handed_in, user)
		with at(*FRIDAY_NOON), acting_as(user), self.assertRaises(error):
			self.change(self.handed_in, **values)
		frappe.db.rollback()
		self.assertEqual(self.stored(self.handed_in).status, "Submitted")

	def test_a_state_without_its_action_is_refused(self):
		boss = self.boss.user_id
		self.refused(boss, MoveNotAllowed, status="Verified")
		self.refused(boss, MoveNotAllowed, workflow_state="Verified")
		self.refused(boss, MoveNotAllowed, status="Missing", workflow_state="Missing")
		self.refused(
			self.worker.user_id, frappe.PermissionError, status="Verified", workflow_state="Verified"
		)

	def test_what_was_handed_in_stands(self):
		content = [{**written(self.worker)["activities"][0], "minutes": 20}]
		for user in (self.worker.user_id, self.boss.user_id, officer()):
			self.refused(user, MoveNotAllowed, activities=content)

	def test_a_note_is_for_whoever_verifies(self):
		self.refused(self.worker.user_id, frappe.PermissionError, verifier_note="Bagus")
		self.refused(officer(), frappe.PermissionError, verifier_note="Bagus")

	def test_computed_fields_are_nobody_elses(self):
		with at(*FRIDAY_NOON), acting_as(self.boss.user_id):
			self.change(self.handed_in, verifier=self.worker.user_id, verify_by="2030-01-01", is_late=1)
		report = self.stored(self.handed_in)
		self.assertEqual(
			(report.verifier, str(report.verify_by.date()), report.is_late), (None, "2026-12-01", 0)
		)

	def test_a_report_on_record_is_not_deleted(self):
		with acting_as(officer()), self.assertRaises(frappe.ValidationError):
			frappe.delete_doc(DAILY_REPORT, self.handed_in.name)


class TestReturning(VerificationCase):
	def setUp(self):
		self.worker, self.handed_in = self.waiting()
		self.decide(self.handed_in, "Return Report", self.boss.user_id, note="Sebutkan keluarannya")
		frappe.db.commit()

	def test_a_return_says_why_and_until_when(self):
		report = self.stored(self.handed_in)
		self.assertEqual((report.status, report.return_note), ("Returned", "Sebutkan keluarannya"))
		self.assertEqual(
			(str(report.revise_by), str(report.verify_by)), ("2026-12-01 23:59:00", "2026-12-07 23:59:00")
		)
		self.assertEqual(report.verifier_note, None)

	def test_the_employee_revises_it_once(self):
		content = [{**written(self.worker)["activities"][0], "output": "Naskah bab dua", "minutes": 200}]
		with at(MONDAY, 9), acting_as(self.worker.user_id):
			self.change(self.handed_in, activities=content)
		self.act(self.handed_in, "Hand In", self.worker.user_id, (MONDAY, 10))
		frappe.db.commit()
		report = self.stored(self.handed_in)
		self.assertEqual((report.status, report.total_minutes, report.is_late), ("Submitted", 200, 0))
		# Thursday, 3 December, is a holiday.
		self.assertEqual(str(report.verify_by), "2026-12-04 23:59:00")
		with self.assertRaisesRegex(frappe.ValidationError, "Not a valid Workflow Action"):
			self.decide(self.handed_in, "Return Report", self.boss.user_id, (MONDAY, 11), note="Lagi")
		with (
			at(MONDAY, 11),
			acting_as(self.boss.user_id),
			self.assertRaises((MoveNotAllowed, WorkflowPermissionError)),
		):
			self.change(self.handed_in, status="Returned", workflow_state="Returned", verifier_note="Lagi")
		frappe.db.rollback()
		self.decide(self.handed_in, "Verify Report", self.boss.user_id, (MONDAY, 12))
		self.assertEqual(self.status(self.handed_in), "Verified")

	def test_a_revision_is_held_against_the_same_rules(self):
		content = [{**written(self.worker)["activities"][0], "minutes": 721}]
		with at(MONDAY, 9), acting_as(self.worker.user_id):
			with self.assertRaisesRegex(handing_in.ReportIncomplete, "721 minutes"):
				self.change(self.handed_in, activities=content)

	def test_until_the_time_for_revision_is_over_nobody_decides_and_after_it_nobody_revises(self):
		with self.assertRaisesRegex(MoveNotAllowed, "may revise this report until 01-12-2026 23:59"):
			self.decide(self.handed_in, "Reject", self.boss.user_id, (MONDAY, 9), note="Kurang")
		frappe.db.rollback()
		with self.assertRaisesRegex(MoveNotAllowed, "could be revised until 01-12-2026 23:59"):
			self.act(self.handed_in, "Hand In", self.worker.user_id, (WEDNESDAY, 0, 1))
		frappe.db.rollback()
		self.decide(self.handed_in, "Reject", self.boss.user_id, (WEDNESDAY, 9), note="Tidak diperbaiki")
		self.assertEqual(self.status(self.handed_in), "Rejected")

	def test_rejecting_says_why(self):
		other = self.approved()
		report = self.report(other)
		with self.assertRaises(frappe.MandatoryError):
			self.decide(report, "Reject", self.boss.user_id)


class TestReopening(VerificationCase):
	def test_an_upheld_objection_opens_a_rejected_report_again(self):
		worker = self.approved()
		report = self.report(worker)
		with acting_as(officer()), self.assertRaises(MoveNotAllowed):
			handing_in.reopen(self.stored(report), "Keberatan dikabulkan")
		self.decide(report, "Reject", self.boss.user_id, note="Kurang")
		with at(MONDAY, 9), acting_as(officer()):
			handing_in.reopen(self.stored(report), "Keberatan dikabulkan")
		stored = self.stored(report)
		self.assertEqual(
			(stored.status, stored.workflow_state, stored.docstatus), ("Returned", "Returned", 1)
		)
		self.assertEqual(
			(stored.return_note, str(stored.revise_by.date())), ("Keberatan dikabulkan", "2026-12-02")
		)
		self.act(report, "Hand In", worker.user_id, (MONDAY, 10))
		self.decide(report, "Reject", self.boss.user_id, (MONDAY, 11), note="Tetap kurang")
		with at(TUESDAY, 9), acting_as(officer()):
			handing_in.reopen(self.stored(report), "Keberatan dikabulkan", "Verified")
		self.assertEqual(self.status(report), "Verified")


class TestEscalating(VerificationCase):
	def setUp(self):
		self.middle = self.person()
		self.worker = self.approved_by(self.middle)
		self.handed_in = self.report(self.worker)
		frappe.db.commit()

	def approved_by(self, superior):
		boss, self.boss = self.boss, superior
		try:
			return self.approved(reports_to=superior)
		finally:
			self.boss = boss

	def escalate(self, *when):
		with at(*when):
			return escalation.escalate()

	def test_after_three_working_days_the_next_above_decides_and_nothing_is_accepted(self):
		self.assertEqual(self.escalate(date(2026, 12, 1), 23, 59), 0)
		self.assertEqual(self.escalate(date(2026, 12, 2), 0, 0), 1)
		self.assertEqual(self.escalate(date(2026, 12, 9), 9), 0)
		report = self.stored(self.handed_in)
		self.assertEqual((report.status, report.escalated_to), ("Submitted", self.boss.user_id))
		self.assertEqual(str(report.escalated_on)[:16], "2026-12-02 00:00")
		self.decide(report, "Verify Report", self.boss.user_id, (date(2026, 12, 9), 9))
		self.assertEqual(self.status(report), "Verified")

	def test_whoever_should_have_decided_and_the_next_above_are_told_each_in_his_language(self):
		below, above = self.handed_in.approver, self.boss.user_id
		frappe.db.set_value("User", above, "language", "id")
		self.addCleanup(frappe.db.set_value, "User", above, "language", None)
		self.escalate(date(2026, 12, 2), 9)
		told = frappe.get_all(
			"Notification Log",
			{"document_name": self.handed_in.name, "type": "Alert", "for_user": ("in", (below, above))},
			["for_user", "subject", "email_content"],
		)
		said = {notice.for_user: notice for notice in told}
		self.assertEqual((len(told), set(said)), (2, {below, above}))
		self.assertIn("was not verified in time", said[below].subject)
		self.assertIn("tidak diperiksa tepat waktu", said[above].subject)
		self.assertIn(f"/app/mkd-daily-report/{self.handed_in.name}", said[above].email_content)

	def test_a_report_that_cannot_be_passed_on_keeps_no_other_waiting(self):
		broken = self.report(self.approved_by(self.middle))
		frappe.db.set_value(DAILY_REPORT, broken.name, "employee", "nobody")
		frappe.db.commit()
		self.addCleanup(frappe.db.delete, DAILY_REPORT, {"name": broken.name})
		self.assertEqual(self.escalate(date(2026, 12, 2), 9), 1)
		self.assertEqual(
			[bool(self.stored(report).escalated_on) for report in (self.handed_in, broken)], [True, False]
		)
		self.assertTrue(frappe.db.exists("Error Log", {"reference_name": broken.name}))

	def test_before_that_the_next_above_only_reads(self):
		with self.assertRaises(frappe.PermissionError):
			self.decide(self.handed_in, "Verify Report", self.boss.user_id)

	def test_where_there_is_nobody_above_hr_decides(self):
		top = self.approved()
		report = self.report(top)
		self.escalate(date(2026, 12, 2), 9)
		report = self.stored(report)
		self.assertEqual((bool(report.escalated_on), report.escalated_to), (True, None))
		self.decide(report, "Verify Report", officer(), (date(2026, 12, 2), 10))
		self.assertEqual(self.status(report), "Verified")
