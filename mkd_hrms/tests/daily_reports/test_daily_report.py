"""The daily report of an MKD day (rule D4): who writes it, until when, and what it must hold."""

import frappe

from mkd_hrms.services.daily_reports.handing_in import ReportIncomplete, ReportNotPossible
from mkd_hrms.tests.support.day_case import AFTER_GRACE, BEFORE_GRACE, FRIDAY, THURSDAY, DayCase, at, written
from mkd_hrms.tests.support.factories import act, applied, officer
from mkd_hrms.tests.support.people import acting_as, make_user

EVENING = (THURSDAY, 20)


class ReportCase(DayCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.worker = cls().approved()
		frappe.db.commit()

	def insert(self, content=None, user=None, when=EVENING, submit=False):
		with at(*when), acting_as(user or self.worker.user_id):
			doc = frappe.get_doc(content or written(self.worker)).insert()
			if submit:
				doc.submit()
		return doc

	def refused(self, error, words, **how):
		with self.assertRaisesRegex(error, words):
			self.insert(**how)


class TestTheTime(ReportCase):
	def test_a_report_of_the_day_is_in_time_and_stands_on_the_day(self):
		report = self.insert(submit=True)
		self.assertEqual((report.status, report.is_late, report.on_behalf), ("Submitted", 0, 0))
		self.assertEqual(str(report.submitted_on)[:16], f"{THURSDAY} 20:00")
		self.assertEqual((report.mkd_day, report.total_minutes), (self.day(self.worker).name, 420))
		self.assertEqual(self.day(self.worker).daily_report, report.name)

	def test_the_next_morning_it_is_late(self):
		report = self.insert(when=BEFORE_GRACE, submit=True)
		self.assertEqual((report.status, report.is_late), ("Submitted", 1))

	def test_a_draft_written_in_time_and_handed_in_late_is_late(self):
		report = self.insert()
		self.assertEqual((report.status, report.is_late), ("Draft", 0))
		with at(*BEFORE_GRACE), acting_as(self.worker.user_id):
			report.submit()
		self.assertEqual(report.is_late, 1)

	def test_after_the_grace_time_only_hr_writes_it(self):
		words = "until 27-11-2026 10:00. Ask HR"
		self.refused(ReportNotPossible, words, when=AFTER_GRACE)
		draft = self.insert()
		with (
			at(*AFTER_GRACE),
			acting_as(self.worker.user_id),
			self.assertRaisesRegex(ReportNotPossible, words),
		):
			draft.submit()
		with at(*AFTER_GRACE), acting_as(officer()):
			report = frappe.get_doc(draft.doctype, draft.name)
			report.submit()
		self.assertEqual((report.status, report.is_late, report.on_behalf), ("Submitted", 1, 1))

	def test_hr_takes_a_missing_report_after_the_day_has_ended(self):
		self.end()
		self.assertEqual(self.day(self.worker).absence_proposed, 1)
		self.refused(ReportNotPossible, "has its report already", user=officer(), when=(FRIDAY, 15))
		(missing,) = frappe.get_all("MKD Daily Report", {"employee": self.worker.name}, pluck="name")
		with at(FRIDAY, 15), acting_as(officer()):
			report = frappe.get_doc("MKD Daily Report", missing)
			self.assertEqual((report.status, report.docstatus, report.activities), ("Missing", 0, []))
			report.update({"activities": written(self.worker)["activities"]})
			report.save()
			report.submit()
			self.assertEqual((report.status, report.on_behalf), ("Submitted", 1))
		self.end((FRIDAY, 15, 15))
		day = self.day(self.worker)
		self.assertEqual((day.status, day.report_missing, day.absence_proposed), ("Worked", 0, 0))
		self.assertFalse(frappe.db.exists("ToDo", {"reference_name": day.name, "status": "Open"}))

	def tearDown(self):
		super().tearDown()
		# Ending days commits; every test begins with the approved day.
		frappe.db.delete("MKD Daily Report", {"employee": self.worker.name})
		frappe.db.delete("Attendance", {"mkd_day": ("is", "set"), "employee": self.worker.name})
		values = {"status": "Approved", "daily_report": None, "attendance": None, "absence_proposed": 0}
		frappe.db.set_value("MKD Day", {"employee": self.worker.name}, values)
		frappe.db.commit()


class TestTheDay(ReportCase):
	def test_a_day_that_is_to_come_has_no_report(self):
		self.refused(ReportNotPossible, "has not come yet", when=(THURSDAY.replace(day=25), 20))

	def test_without_an_approved_day_there_is_nothing_to_report_on(self):
		other = written(self.worker, THURSDAY.replace(day=25))
		self.refused(ReportNotPossible, "has no approved MKD day", content=other)

	def test_one_report_a_day(self):
		first = self.insert()
		self.refused(ReportNotPossible, f"has its report already.*{first.name}")
		first.delete(ignore_permissions=True)
		self.insert(submit=True)
		self.refused(ReportNotPossible, "has its report already")

	def test_of_two_drafts_at_once_the_second_is_refused(self):
		first = self.insert()
		first.db_set("mkd_day", None)
		self.insert(submit=True)
		with at(*EVENING), self.assertRaisesRegex(ReportNotPossible, "has its report already"):
			first.reload().submit()

	def test_hr_cancels_and_the_employee_writes_anew(self):
		report = self.insert(submit=True)
		for user in (self.worker.user_id, self.boss.user_id):
			with at(*EVENING), acting_as(user), self.assertRaises(frappe.PermissionError):
				frappe.get_doc(report.doctype, report.name).cancel()
		with at(*EVENING), acting_as(officer()):
			frappe.get_doc(report.doctype, report.name).cancel()
		self.assertFalse(self.day(self.worker).daily_report)
		self.insert(submit=True)


class TestWhatItHolds(ReportCase):
	def activities(self, *rows):
		usual = {"activity": "Rapat daring", "output": "Notula"}
		return {**written(self.worker), "activities": [{**usual, **row} for row in rows]}

	def incomplete(self, words, *rows):
		self.refused(ReportIncomplete, words, content=self.activities(*rows))

	def test_times_make_minutes(self):
		content = self.activities({"from_time": "08:00", "to_time": "09:30", "minutes": 1}, {"minutes": 30})
		report = self.insert(content)
		self.assertEqual(([row.minutes for row in report.activities], report.total_minutes), ([90, 30], 120))

	def test_what_cannot_be_right_is_refused_with_its_row(self):
		self.incomplete("Row 1: an activity takes at least one minute", {"minutes": 0})
		self.incomplete("Row 2: an activity takes", {"minutes": 5}, {"minutes": -5})
		self.incomplete("Row 1: an activity takes", {"from_time": "10:00", "to_time": "09:00"})
		self.incomplete("Row 1: give both times", {"from_time": "10:00", "minutes": 5})
		self.incomplete("Row 1: say what was done", {"output": " ", "minutes": 5})
		overlap = [{"from_time": "08:00", "to_time": "10:00"}, {"from_time": "09:59", "to_time": "11:00"}]
		self.incomplete("Rows 1 and 2 overlap", *overlap)

	def test_a_day_holds_no_more_than_the_policy_says(self):
		self.incomplete("721 minutes in one day; at most 720", {"minutes": 360}, {"minutes": 361})
		self.assertEqual(self.insert(self.activities({"minutes": 720})).total_minutes, 720)

	def test_an_empty_report_is_refused(self):
		self.refused(ReportIncomplete, "at least one activity", content=self.activities())

	def test_the_goal_is_his_own(self):
		other = self.person()
		goal = frappe.get_doc(
			{"doctype": "Goal", "goal_name": "Sasaran", "employee": other.name, "start_date": THURSDAY}
		).insert()
		self.incomplete("is not a goal of this employee", {"minutes": 5, "goal": goal.name})

	def test_what_the_services_write_counts_whatever_the_caller_sends(self):
		forged = {
			"status": "Verified",
			"is_late": 1,
			"on_behalf": 1,
			"total_minutes": 9,
			"submitted_on": "2020-01-01",
		}
		report = self.insert({**written(self.worker), **forged, "verifier": self.worker.user_id})
		self.assertEqual((report.status, report.is_late, report.on_behalf), ("Draft", 0, 0))
		self.assertEqual((report.total_minutes, report.submitted_on, report.verifier), (420, None, None))


class TestWhoReadsAndWrites(ReportCase):
	def reads(self, user, report):
		with acting_as(user):
			listed = frappe.get_list("MKD Daily Report", pluck="name")
			rows = frappe.get_list(
				"MKD Daily Report Activity", parent_doctype="MKD Daily Report", pluck="parent"
			)
			return (
				report.name in listed,
				report.name in rows,
				bool(frappe.has_permission("MKD Daily Report", "read", report)),
			)

	def test_the_employee_his_superior_and_hr_read_it_and_nobody_else(self):
		report, colleague = self.insert(submit=True), self.person()
		for user in (self.worker.user_id, self.boss.user_id, officer()):
			self.assertEqual(self.reads(user, report), (True, True, True))
		self.assertEqual(self.reads(colleague.user_id, report), (False, False, False))

	def test_neither_a_colleague_nor_the_superior_writes_it(self):
		colleague, draft = self.person(), self.insert()
		for user in (colleague.user_id, self.boss.user_id):
			self.refused(frappe.PermissionError, "", user=user)
			with at(*EVENING), acting_as(user), self.assertRaises(frappe.PermissionError):
				frappe.get_doc(draft.doctype, draft.name).submit()

	def test_hr_writes_it_for_him_and_it_says_so(self):
		user = officer()
		report = self.insert(user=user, submit=True)
		self.assertEqual((report.on_behalf, report.written_by), (1, user))

	def test_a_row_is_not_changed_alone(self):
		report = self.insert()
		row = frappe.get_doc("MKD Daily Report Activity", report.activities[0].name)
		with acting_as(self.worker.user_id), self.assertRaises(frappe.PermissionError):
			row.save(ignore_permissions=True)

	def test_a_user_of_the_self_service_type_reports_too(self):
		employee = self.person(with_user=False)
		employee.reload()
		employee.user_id = make_user(user_type="Employee Self Service")
		employee.save(ignore_permissions=True)
		self.assertNotIn("Employee", frappe.get_roles(employee.user_id))
		act(applied(employee, [THURSDAY]), "Approve", self.boss.user_id)
		report = self.insert(written(employee), user=employee.user_id, submit=True)
		self.assertEqual((report.status, report.on_behalf), ("Submitted", 0))
		self.assertEqual(self.reads(employee.user_id, report), (True, True, True))
