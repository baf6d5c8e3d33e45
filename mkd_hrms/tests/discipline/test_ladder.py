"""What follows from a missing report, a no-show or a false place (rule D8), with real days, reports and check-ins."""

from datetime import date

import frappe
from frappe.utils import getdate, strip_html

from mkd_hrms.constants import SUSPENSION, WARNING
from mkd_hrms.services.day import places
from mkd_hrms.services.discipline import ladder, measures
from mkd_hrms.services.platform import work_queue
from mkd_hrms.services.standing import changes_noted
from mkd_hrms.services.workflow.states import MoveNotAllowed
from mkd_hrms.tests.support.conduct_case import SECOND_GRACE, TUESDAY, ConductCase
from mkd_hrms.tests.support.day_case import AFTER_GRACE, FRIDAY, THURSDAY, at
from mkd_hrms.tests.support.factories import applied
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.other_process import forget_what_waits
from mkd_hrms.tests.support.people import acting_as, make_user
from mkd_hrms.tests.support.statements import one_more, statements_of, without_mail

STATEMENTS_A_MEASURE = 0.6


class TestMissingReports(ConductCase):
	def test_the_first_one_is_answered_by_a_warning_with_reason_end_and_notice(self):
		employee = self.without_report()
		warning = self.measure(WARNING, employee)
		self.assertEqual((warning.docstatus, warning.status, warning.step), (1, "In Force", 1))
		self.assertEqual((warning.from_date, warning.to_date), (date(2026, 11, 28), date(2026, 12, 27)))
		self.assertEqual(warning.objection_until, date(2026, 12, 11))
		self.assertEqual(warning.reference_name, self.day(employee).name)
		self.assertIn("26-11-2026", warning.ground)
		self.assertEqual(warning.clause, "Own design, rule D8")
		(notice,) = self.notices(employee.user_id, warning.name)
		self.assertIn(warning.ground, notice.email_content)
		self.assertIn("11-12-2026", notice.email_content)
		self.assertFalse(self.measures(SUSPENSION, employee))

	def test_looking_again_changes_nothing(self):
		employee = self.without_report()
		before = self.measures(WARNING, employee)
		self.climb()
		with at(*AFTER_GRACE):
			ladder.settle(employee.name)
		self.assertEqual(self.measures(WARNING, employee), before)

	def test_the_second_within_thirty_days_suspends_for_fourteen_and_closes_those_days(self):
		employee = self.without_report((THURSDAY, TUESDAY))
		self.miss(employee, TUESDAY, SECOND_GRACE)
		suspension = self.measure(SUSPENSION, employee)
		self.assertEqual(
			(suspension.measure, suspension.status, suspension.step), ("Suspension", "In Force", 2)
		)
		self.assertEqual((suspension.from_date, suspension.to_date), (date(2026, 12, 10), date(2026, 12, 23)))
		self.assertEqual(len(self.measures(WARNING, employee)), 1)
		with at(date(2026, 12, 9), 11):
			request = applied(employee, [date(2026, 12, 23)])
			self.assertEqual((request.status, request.failed_gates), ("Denied", "Suspension"))
			self.assertEqual(applied(employee, [date(2026, 12, 28)]).status, "Pending Approval")

	def test_a_report_that_hr_writes_takes_the_warning_back_with_a_record(self):
		employee = self.without_report()
		self.written_by_hr(employee, (FRIDAY, 14))
		self.climb((FRIDAY, 14, 15))
		warning = self.measure(WARNING, employee)
		self.assertEqual((warning.docstatus, warning.status), (2, "Annulled"))
		self.assertTrue(warning.annulled_on and warning.annul_reason)
		self.assertEqual(len(self.notices(employee.user_id, warning.name)), 2)
		self.climb((FRIDAY, 14, 30))
		self.assertEqual(self.measure(WARNING, employee).name, warning.name)

	def test_without_its_second_event_a_suspension_falls_and_the_warning_stays(self):
		employee = self.without_report((THURSDAY, TUESDAY))
		self.miss(employee, TUESDAY, SECOND_GRACE)
		self.written_by_hr(employee, (date(2026, 12, 9), 14), on=TUESDAY)
		self.climb((date(2026, 12, 9), 15))
		self.assertEqual(self.measure(SUSPENSION, employee).status, "Annulled")
		self.assertEqual(self.measure(WARNING, employee).status, "In Force")

	def test_without_its_first_event_the_second_is_answered_as_a_first_one(self):
		employee = self.without_report((THURSDAY, TUESDAY))
		self.miss(employee, TUESDAY, SECOND_GRACE)
		self.written_by_hr(employee, (date(2026, 12, 9), 14))
		self.climb((date(2026, 12, 9), 15))
		self.assertEqual([row.status for row in self.measures(SUSPENSION, employee)], ["Annulled"])
		self.assertEqual([row.status for row in self.measures(WARNING, employee)], ["Annulled", "In Force"])

	def test_what_hr_annuls_is_not_given_again(self):
		employee = self.without_report()
		with at(*AFTER_GRACE), acting_as(self.officer):
			frappe.get_doc(WARNING, self.measure(WARNING, employee).name).cancel()
		self.climb()
		self.assertEqual(self.measure(WARNING, employee).status, "Annulled")

	def test_the_database_takes_the_same_events_once(self):
		employee = self.without_report()
		copy = frappe.copy_doc(self.measure(WARNING, employee), ignore_no_copy=True)
		copy.name, copy.flags.from_ladder = None, True
		with self.assertRaises(frappe.UniqueValidationError):
			copy.insert()

	def asked_for(self, number):
		"""What the ladder asks when the reports of so many are missing."""
		for _each in range(number):
			self.check_in(self.approved())
		self.end()
		with at(*AFTER_GRACE), without_mail():
			return number, statements_of(ladder.climb)

	def test_another_measure_takes_few_statements(self):
		# The first time fills the caches.
		self.asked_for(1)
		cost, kinds = one_more(self.asked_for(1), self.asked_for(4))
		self.assertLessEqual(cost, STATEMENTS_A_MEASURE, kinds)

	def test_the_number_of_queries_does_not_depend_on_the_number_of_people(self):
		people = [self.without_report() for _number in range(2)]
		with at(*AFTER_GRACE):
			for employees in ([people[0].name], [person.name for person in people]):
				with self.assertQueryCount(4):
					self.assertEqual(ladder._waiting(employees), [])


class TestAnotherRecord(ConductCase):
	def test_events_of_all_records_of_a_nip_count_together_and_the_active_one_bears_the_measure(self):
		nip = "199001012015031088"
		old = self.approved(mkd_nip=nip)
		old.reload()
		old.update({"status": "Left", "relieving_date": FRIDAY})
		old.save()
		new = self.approved((TUESDAY,), mkd_nip=nip)
		self.miss(old, THURSDAY, AFTER_GRACE)
		self.assertEqual(self.measure(WARNING, new).step, 1)
		self.miss(new, TUESDAY, SECOND_GRACE)
		suspension = self.measure(SUSPENSION, new)
		self.assertEqual((suspension.measure, suspension.step), ("Suspension", 2))
		self.assertFalse(self.measures(WARNING, old) + self.measures(SUSPENSION, old))


class TestNoShows(ConductCase):
	def test_a_confirmed_one_revokes_for_three_months_and_asks_hr_about_a_case(self):
		employee = self.no_show()
		revocation = self.measure(SUSPENSION, employee)
		self.assertEqual((revocation.measure, revocation.step), ("Revocation", 3))
		self.assertEqual((revocation.from_date, revocation.to_date), (date(2026, 11, 28), date(2027, 2, 27)))
		asked = {"reference_type": SUSPENSION, "reference_name": revocation.name, "status": "Open"}
		self.assertIn(self.officer, frappe.get_all("ToDo", asked, pluck="allocated_to"))
		self.assertFalse(frappe.db.exists("MKD Discipline Record", {"employee": employee.name}))
		self.assertFalse(self.measures(WARNING, employee))

	def test_an_excused_one_calls_for_nothing(self):
		employee = self.no_show(confirmed=False)
		self.climb()
		self.assertFalse(self.measures(SUSPENSION, employee) + self.measures(WARNING, employee))

	def test_a_cancelled_request_takes_its_no_show_with_it(self):
		employee = self.no_show()
		with at(FRIDAY, 12), acting_as(self.officer):
			frappe.get_doc("MKD Request", employee.request).cancel()
		self.climb((FRIDAY, 12, 15))
		revocation = self.measure(SUSPENSION, employee)
		self.assertEqual(revocation.status, "Annulled")
		asked = {"reference_type": SUSPENSION, "reference_name": revocation.name}
		self.assertEqual(set(frappe.get_all("ToDo", asked, pluck="status")), {"Cancelled"})

	def test_a_false_place_is_confirmed_by_the_superior_and_not_by_the_employee_or_a_colleague(self):
		employee, colleague = self.approved(), self.person()
		self.report(employee)
		self.end()
		day = self.day(employee).name
		with at(*AFTER_GRACE):
			for user in (employee.user_id, colleague.user_id):
				with acting_as(user), self.assertRaises(frappe.PermissionError):
					places.confirm(day, "Berada di luar kota")
			with acting_as(self.boss.user_id):
				with self.assertRaises(frappe.MandatoryError):
					places.confirm(day, " ")
				places.confirm(day, "Berada di luar kota")
				with self.assertRaises(MoveNotAllowed):
					places.confirm(day, "Sekali lagi")
		self.assertEqual((self.measure(SUSPENSION, employee).step, self.day(employee).false_place), (4, 1))


class TestEnding(ConductCase):
	def suspended(self, **values):
		"""Suspended by HR from the coming Monday on, for two weeks."""
		employee = self.person(**values)
		with acting_as(self.manager):
			doc = frappe.get_doc(
				{
					"doctype": SUSPENSION,
					"employee": employee.name,
					"from_date": "2026-11-25",
					"to_date": "2026-12-18",
					"ground": "Laporan tidak benar",
					"status": "Lifted",
					"lifted_on": "2026-11-25",
				}
			).insert()
			doc.submit()
		return employee, doc

	def test_what_only_the_services_write_is_not_taken_from_the_form(self):
		employee, doc = self.suspended()
		self.assertEqual((doc.status, doc.lifted_on), ("In Force", None))
		self.assertEqual(doc.objection_until, date(2026, 12, 9))
		self.assertTrue(self.notices(employee.user_id, doc.name))

	def test_it_is_lifted_with_a_reason_and_its_dates_stay(self):
		employee, doc = self.suspended()
		self.assertEqual(applied(employee, WEEK[:1]).status, "Denied")
		with acting_as(self.officer):
			with self.assertRaises(frappe.MandatoryError):
				measures.lift(doc.name, "  ")
			measures.lift(doc.name, "Bukti baru")
			with self.assertRaises(MoveNotAllowed):
				measures.lift(doc.name, "Sekali lagi")
		doc.reload()
		self.assertEqual((doc.status, doc.lifted_by, doc.lift_reason), ("Lifted", self.officer, "Bukti baru"))
		self.assertEqual((doc.lifted_on, doc.to_date), (date(2026, 11, 25), date(2026, 12, 18)))
		told = [strip_html(notice.email_content) for notice in self.notices(employee.user_id, doc.name)]
		self.assertIn("Bukti baru", told)
		self.assertEqual(applied(employee, WEEK[1:2]).status, "Pending Approval")

	def test_its_dates_are_not_edited(self):
		_employee, doc = self.suspended()
		with acting_as(self.officer):
			doc.to_date = "2026-11-26"
			with self.assertRaises(frappe.UpdateAfterSubmitError):
				doc.save()

	def test_nobody_lifts_his_own_and_an_hr_user_lifts_none(self):
		employee, doc = self.suspended()
		frappe.get_doc("User", employee.user_id).add_roles("MKD Officer", "HR Manager")
		for user in (employee.user_id, make_user("HR User"), self.boss.user_id):
			with acting_as(user), self.assertRaises(frappe.PermissionError):
				measures.lift(doc.name, "Sudah cukup")
		self.assertEqual(doc.reload().status, "In Force")

	def test_the_day_after_its_end_it_is_over_and_the_employee_is_evaluated_and_told_once(self):
		employee, doc = self.suspended(default_shift="Jam Kantor")
		frappe.db.commit()
		with at(getdate("2026-12-18"), 8):
			measures.end_over()
			self.assertEqual(doc.reload().status, "In Force")
		forget_what_waits()
		self.addCleanup(forget_what_waits)
		with at(getdate("2026-12-19"), 1):
			measures.end_over()
			noted = {tuple(frappe.parse_json(entry)) for entry in work_queue.take(changes_noted.INBOX)}
			self.assertIn(("Employee", employee.name), noted)
			told = self.notices(employee.user_id, doc.name)
			measures.end_over()
		self.assertEqual(doc.reload().status, "Ended")
		self.assertEqual(len(told), 2)
		self.assertEqual(self.notices(employee.user_id, doc.name), told)
