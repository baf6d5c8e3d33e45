"""An application from draft to decision, on a frozen Wednesday."""

from datetime import date, timedelta

from freezegun import freeze_time

import frappe

from mkd_hrms.api import explain
from mkd_hrms.services.calendar import holidays
from mkd_hrms.services.ledger.booking import QuotaExceeded
from mkd_hrms.services.requests.answers import NotAnswered
from mkd_hrms.services.requests.asked_dates import InvalidDays
from mkd_hrms.tests.support.factories import (
	act,
	applied,
	days_of,
	draft,
	officer,
	rate,
	working_days_before,
)
from mkd_hrms.tests.support.frozen import AFTER_CUT_OFF, WEEK, RequestCase
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.world import (
	COMPANY,
	COUNTER,
	HOLIDAY,
	SERVICE,
	SERVICE_BACK_OFFICE,
	TODAY,
	UNCLASSIFIED,
	classify,
	holiday_list,
	unit,
)

QUESTIONS = {
	"has_computer": "I have a computer for this work",
	"has_internet": "I have an internet connection for this work",
}


class TestTheMainJob(RequestCase):
	def test_three_days_are_approved_by_the_superior_and_stand_in_the_ledger(self):
		request = applied(self.employee, WEEK[:3])
		self.assertEqual((request.status, request.outcome), ("Pending Approval", "Eligible"))
		self.assertEqual(request.approver, self.boss.user_id)
		request = act(request, "Approve", self.boss.user_id)
		self.assertEqual((request.status, request.docstatus), ("Approved", 1))
		self.assertEqual([day.status for day in days_of(request)], ["Approved"] * 3)
		self.assertEqual([day.slot for day in days_of(request)], [1, 2, 3])
		self.assertFalse(
			frappe.db.exists("Attendance", {"employee": self.employee.name, "attendance_date": WEEK[0]})
		)

	def test_a_weekly_pattern_becomes_dates_within_the_horizon(self):
		request = draft(
			self.employee,
			[],
			request_type="Weekly Pattern",
			from_date=str(WEEK[0]),
			to_date="2027-06-30",
			monday=1,
			thursday=1,
		)
		days = [row.mkd_date for row in request.dates]
		self.assertEqual(days[:3], [WEEK[0], WEEK[3], WEEK[0] + timedelta(days=7)])
		self.assertEqual(max(days), date(2027, 1, 21))
		self.assertEqual({day.isoweekday() for day in days}, {1, 4})
		self.assertEqual(str(request.to_date), "2027-06-30")

	def test_a_range_skips_weekends_and_holidays_and_names_them(self):
		request = draft(self.employee, [], from_date="2026-12-02", to_date="2026-12-07")
		self.assertEqual(
			[str(row.mkd_date) for row in request.dates], ["2026-12-02", "2026-12-04", "2026-12-07"]
		)
		self.assertIn(frappe.utils.format_date(HOLIDAY), request.skipped_dates)
		self.assertEqual({row.iso_week for row in request.dates}, {"2026-W49", "2026-W50"})

	def test_a_changed_range_makes_new_dates(self):
		request = draft(self.employee, [], from_date=str(WEEK[0]), to_date=str(WEEK[1]))
		with acting_as(self.employee.user_id):
			request.to_date = str(WEEK[2])
			request.save()
		self.assertEqual(len(request.dates), 3)


class TestMessagesOnADraft(RequestCase):
	def refused(self, dates, error, *words, **values):
		with self.assertRaises(error) as refused:
			draft(self.employee, dates, **values)
		for word in words:
			self.assertIn(str(word), str(refused.exception))

	def test_a_fifth_day_is_refused_with_week_limit_used_and_asked(self):
		applied(self.employee, WEEK[:4])
		self.refused(WEEK[4:], QuotaExceeded, "2026-W50", "limit 4", "used 4", "asked 1")

	def test_every_week_that_does_not_fit_is_named(self):
		other = [day + timedelta(days=7) for day in WEEK]
		self.refused([*WEEK, *other], QuotaExceeded, "2026-W50", "2026-W51", "asked 5")

	def test_a_holiday_week_leaves_one_day_in_the_office(self):
		days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 4)]
		self.refused(days, QuotaExceeded, "2026-W49", "limit 3", "asked 4")

	def test_an_overlap_names_the_other_request(self):
		first = applied(self.employee, WEEK[:2])
		self.refused(WEEK[1:2], InvalidDays, first.name)

	def test_a_date_that_no_holiday_list_covers_is_an_error_that_says_so(self):
		self.addCleanup(holidays.forget)
		frappe.db.delete("MKD Calendar")
		frappe.db.set_value("Company", COMPANY, "default_holiday_list", holiday_list(TODAY.year - 1))
		frappe.clear_document_cache("MKD Settings", "MKD Settings")
		self.addCleanup(frappe.clear_document_cache, "MKD Settings", "MKD Settings")
		holidays.forget()
		self.refused(WEEK[1:2], InvalidDays, "Calendar missing", frappe.format(WEEK[1], "Date"))

	def test_days_that_are_over_or_too_far_ahead_are_refused(self):
		self.refused([date(2026, 11, 24)], InvalidDays, "is over")
		self.refused([date(2027, 6, 1)], InvalidDays, "too far ahead")

	def stays_a_draft(self, request, *labels):
		with self.assertRaises(NotAnswered) as asked:
			act(request, "Apply", self.employee.user_id)
		for label in labels:
			self.assertIn(label, str(asked.exception))
		frappe.db.rollback(save_point="asking")
		self.assertEqual(frappe.db.get_value("MKD Request", request.name, "status"), "Draft")

	def test_what_was_not_answered_is_asked_for_and_nobody_is_denied(self):
		"""A box that a client leaves open says nothing, whatever it sends for it."""
		for left_open in (
			{},
			{"has_computer": 0, "has_internet": 0},
			{"has_computer": None},
			{"has_internet": ""},
		):
			with self.subTest(**left_open):
				answers = left_open or {"has_computer": "", "has_internet": ""}
				request = draft(self.employee, WEEK[:1], **answers)
				frappe.db.savepoint("asking")
				self.stays_a_draft(request, *(QUESTIONS[name] for name in answers))
				request.reload().delete()

	def test_a_place_elsewhere_says_where(self):
		request = draft(self.employee, WEEK[:1], place="Other")
		frappe.db.savepoint("asking")
		self.stays_a_draft(request, "Place Details")

	def test_an_answer_counts_however_it_is_sent(self):
		for yes, stored in ((1, "Yes"), ("1", "Yes"), (True, "Yes"), ("ya", "Yes"), (" YES", "Yes")):
			with self.subTest(yes):
				request = draft(self.employee, WEEK[:1], has_computer=yes, has_internet=yes)
				self.assertEqual((request.has_computer, request.has_internet), (stored, stored))
				request.delete()
		with self.assertRaises(frappe.ValidationError):
			draft(self.employee, WEEK[:1], has_computer="Maybe")

	def test_only_weekends_is_an_error_that_names_them(self):
		self.refused([date(2026, 12, 5), date(2026, 12, 6)], InvalidDays, "None of these dates")

	def test_a_track_record_with_a_smaller_tier_is_told_when_applying(self):
		once_absent = self.person(absent_on=working_days_before(TODAY, 1))
		request = draft(once_absent, WEEK[:4])
		with self.assertRaises(QuotaExceeded) as refused:
			act(request, "Apply", once_absent.user_id)
		self.assertIn("limit 3", str(refused.exception))

	def test_after_the_cut_off_of_the_working_day_before_a_request_is_urgent(self):
		self.assertEqual(draft(self.employee, [date(2026, 11, 26)]).urgent, 0)
		with freeze_time(AFTER_CUT_OFF):
			self.assertEqual(draft(self.employee, [date(2026, 11, 26)]).urgent, 1)


class TestDenials(RequestCase):
	def denied(self, employee, *gates):
		request = applied(employee, WEEK[:2])
		self.assertEqual((request.status, request.docstatus), ("Denied", 0))
		self.assertEqual(request.failed_gates, ", ".join(gates))
		self.assertEqual(str(request.objection_until), "2026-12-09")
		self.assertEqual(days_of(request), [])
		with acting_as(employee.user_id):
			return request, {line["gate"]: line for line in explain(request.name)["findings"]}

	def test_the_third_absence_denies_and_the_second_does_not(self):
		twice = self.person(absent_on=working_days_before(TODAY, 2))
		self.assertEqual(applied(twice, WEEK[:1]).status, "Pending Approval")
		thrice = self.person(absent_on=working_days_before(TODAY, 3))
		_request, findings = self.denied(thrice, "Absence")
		self.assertIn("3 unexcused absences", findings["Absence"]["sentence"])
		self.assertIn("PP 94/2021", findings["Absence"]["sentence"])

	def test_an_explicit_no_denies(self):
		for name in QUESTIONS:
			request = applied(self.person(), WEEK[:1], **{name: "No"})
			self.assertEqual((request.status, request.failed_gates), ("Denied", "Readiness"))

	def test_excluded_roles_and_service_units_are_denied(self):
		self.denied(self.person(designation=COUNTER), "Role")
		self.denied(self.person(department=unit(SERVICE)), "Service Unit")
		back_office = self.person(department=unit(SERVICE_BACK_OFFICE))
		self.assertEqual(applied(back_office, WEEK[:1]).status, "Pending Approval")

	def test_a_sanction_in_process_denies(self):
		employee = self.person()
		case = frappe.get_doc(
			{
				"doctype": "MKD Discipline Record",
				"employee": employee.name,
				"level": "Medium",
				"stage": "In Process",
				"from_date": "2026-11-01",
			}
		).insert()
		case.submit()
		self.denied(employee, "Discipline")

	def test_all_reasons_are_shown_at_once(self):
		employee = self.person(
			designation=COUNTER, absent_on=working_days_before(TODAY, 4), employment_type="CPNS"
		)
		self.denied(employee, "Type", "Role", "Absence")

	def test_a_denied_request_is_closed(self):
		request, _findings = self.denied(self.person(designation=COUNTER), "Role")
		open_actions = {"reference_name": request.name, "status": "Open"}
		self.assertFalse(frappe.db.exists("Workflow Action", open_actions))
		stored = frappe.get_doc("MKD Request", request.name)
		stored.reason = "Other"
		self.assertRaises(frappe.ValidationError, stored.save)
		self.assertRaises(frappe.ValidationError, frappe.delete_doc, "MKD Request", request.name)


class TestUnknown(RequestCase):
	def review(self, employee, *gates):
		request = applied(employee, WEEK[:2])
		self.assertEqual((request.status, request.unknown_gates), ("Pending HR Review", ", ".join(gates)))
		self.assertEqual([day.status for day in days_of(request)], ["Pending", "Pending"])
		return request

	def test_an_unclassified_role_goes_to_hr_and_on_once_classified(self):
		request = self.review(self.person(designation=UNCLASSIFIED), "Role")
		classify("Designation", UNCLASSIFIED, "Suitable")
		request = act(request, "Evaluate Again", officer())
		self.assertEqual((request.status, request.approver), ("Pending Approval", self.boss.user_id))
		self.assertEqual(len(days_of(request)), 2)

	def test_a_stale_or_missing_result_goes_to_hr(self):
		stale = self.person()
		frappe.db.delete("MKD Performance Record", {"employee": stale.name})
		self.review(stale, "Performance", "Freshness")
		rate(stale.name, "Baik", date(2024, 12, 31))
		frappe.db.delete("MKD Day", {"employee": stale.name})
		self.review(stale, "Freshness")

	def test_too_many_days_without_a_record_go_to_hr(self):
		employee = self.person()
		frappe.db.delete("Attendance", {"employee": employee.name, "attendance_date": (">", "2026-09-01")})
		self.review(employee, "Records")


class TestNotices(RequestCase):
	def notices(self, user):
		return frappe.get_all(
			"Notification Log", filters={"for_user": user}, fields=["subject", "email_content"]
		)

	def test_the_employee_is_told_every_reason_and_the_deadline(self):
		employee = self.person(designation=COUNTER, absent_on=working_days_before(TODAY, 3))
		applied(employee, WEEK[:1])
		(notice,) = self.notices(employee.user_id)
		for words in ("denied", "Public Service", "3 unexcused absences", "object until"):
			self.assertIn(words, notice.subject + notice.email_content)

	def test_the_superior_is_told_to_decide_and_the_employee_what_was_decided(self):
		request = applied(self.employee, WEEK[:1])
		self.assertTrue(any(request.name in notice.subject for notice in self.notices(self.boss.user_id)))
		act(request, "Approve", self.boss.user_id)
		self.assertTrue(any("Approved" in notice.subject for notice in self.notices(self.employee.user_id)))
