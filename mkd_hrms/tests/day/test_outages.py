"""An outage (rule D11): what falls due in it comes later, and marks that arose because of it are taken back."""

from datetime import timedelta

import frappe

from mkd_hrms.constants import DAILY_REPORT
from mkd_hrms.facts.attendance.outages import read_outages
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.services.calendar.outages import extended_day
from mkd_hrms.services.daily_reports import escalation
from mkd_hrms.services.day import no_shows
from mkd_hrms.tests.support.day_case import AFTER_GRACE, FRIDAY, THURSDAY, at, moment, written
from mkd_hrms.tests.support.factories import officer
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.verification_case import VerificationCase
from mkd_hrms.tests.support.world import COMPANY, OFFICE, SERVICE, unit

MONDAY, TUESDAY, WEDNESDAY = (FRIDAY + timedelta(days=n) for n in (3, 4, 5))
NINE, NOON = moment(FRIDAY, 9), moment(FRIDAY, 12)


class TestWhomItConcerns(VerificationCase):
	def of(self, employee):
		found = read_outages(SiteDatabase(), Scope(employees=(employee.name,)), moment(THURSDAY, 0))
		return [entry.record for entry in found.get(employee.name, ())]

	def test_everybody_a_company_or_a_unit_with_what_is_below_it(self):
		here, there = self.person(), self.person(department=unit(SERVICE))
		when = (FRIDAY, 9, 10)
		everybody = self.outage(NINE, NOON, when).name
		company = self.outage(NINE, NOON, when, scope="Company", company=COMPANY).name
		office = self.outage(NINE, NOON, when, scope="Department", department=unit(OFFICE)).name
		self.outage(moment(THURSDAY, 0) - timedelta(days=2), moment(THURSDAY, 0) - timedelta(days=1), when)
		self.assertEqual(self.of(here), [everybody, company, office])
		self.assertEqual(self.of(there), [everybody, company])
		with at(*when), acting_as(officer()):
			frappe.get_doc("MKD Outage", everybody).cancel()
		self.assertEqual(self.of(there), [company])

	def test_one_query_however_many_people(self):
		people = tuple(self.person().name for _each in range(3))
		with self.assertQueryCount(1):
			read_outages(SiteDatabase(), Scope(employees=people), NINE)

	def test_only_officers_record_one_and_it_ends_after_it_begins(self):
		with acting_as(self.boss.user_id), self.assertRaises(frappe.PermissionError):
			frappe.get_doc(
				{"doctype": "MKD Outage", "from_datetime": NINE, "to_datetime": NOON, "reason": "-"}
			).insert()
		self.assertRaises(frappe.ValidationError, self.outage, NOON, NINE, (FRIDAY, 9))

	def test_the_last_day_of_an_objection_comes_later(self):
		employee = self.person()
		self.outage(moment(FRIDAY, 20), moment(FRIDAY + timedelta(days=1), 8), (FRIDAY, 20, 5))
		self.assertEqual(extended_day(employee.name, FRIDAY), FRIDAY + timedelta(days=1))
		self.assertEqual(extended_day(employee.name, MONDAY), MONDAY)


class TestReports(VerificationCase):
	def test_what_is_due_in_an_outage_is_in_time_after_it(self):
		worker = self.approved()
		self.outage(moment(THURSDAY, 20), moment(FRIDAY, 2), (THURSDAY, 20, 30))
		report = self.report(worker, at_time=(FRIDAY, 5, 59))
		self.assertEqual((report.status, report.is_late), ("Submitted", 0))

	def test_a_report_found_late_is_in_time_when_the_outage_is_recorded_and_late_again_without_it(self):
		worker = self.approved()
		report = self.report(worker, at_time=(FRIDAY, 1))
		self.assertEqual(report.is_late, 1)
		outage = self.outage(moment(THURSDAY, 20), moment(FRIDAY, 2), (FRIDAY, 8))
		self.assertEqual(self.stored(report).is_late, 0)
		with at(FRIDAY, 9), acting_as(officer()):
			outage.cancel()
		self.assertEqual(self.stored(report).is_late, 1)

	def test_the_grace_time_comes_later_and_then_the_report_is_missing(self):
		worker = self.approved()
		self.outage(NINE, NOON, (FRIDAY, 9, 10))
		self.end((FRIDAY, 13, 0))
		self.assertEqual((self.day(worker).status, self.missing(worker)), ("Approved", 0))
		self.assertEqual(self.day(worker).absence_proposed, 0)
		self.end((FRIDAY, 13, 1))
		self.assertEqual((self.day(worker).absence_proposed, self.missing(worker)), (1, 1))

	def missing(self, worker):
		return frappe.db.count(DAILY_REPORT, {"employee": worker.name, "status": "Missing"})


class TestTakingBack(VerificationCase):
	def confirmed_no_show(self):
		worker = self.approved()
		self.end(AFTER_GRACE)
		with at(FRIDAY, 14), acting_as(self.boss.user_id):
			no_shows.confirm(self.day(worker).name, True, "Tidak dapat dihubungi")
		frappe.db.commit()
		self.assertEqual((self.day(worker).status, self.row(worker).status), ("No Show", "Absent"))
		return worker

	def test_a_no_show_and_a_missing_report_are_taken_back_and_the_report_can_be_handed_in(self):
		worker = self.confirmed_no_show()
		outage = self.outage(NINE, NOON, (FRIDAY, 15))
		day = self.day(worker)
		self.assertEqual((day.status, day.report_missing, day.confirmed_by), ("Approved", 0, None))
		self.assertEqual(self.rows(worker), [])
		(report,) = frappe.get_all(
			DAILY_REPORT, {"employee": worker.name}, ["name", "status", "workflow_state"]
		)
		self.assertEqual((report.status, report.workflow_state), ("Draft", "Draft"))
		said = frappe.get_all("Comment", {"reference_name": ("in", (day.name, report.name))}, pluck="content")
		self.assertEqual(sum(outage.name in (text or "") for text in said), 2)
		self.assertEqual(outage.reload().taken_back, "Missing: 1, No Show: 1")
		# Three hours were lost, and three hours are given from the moment in which that was recorded.
		self.end((FRIDAY, 17, 59))
		with at(FRIDAY, 17, 59), acting_as(worker.user_id):
			draft = frappe.get_doc(DAILY_REPORT, report.name)
			draft.update({"activities": written(worker)["activities"]})
			draft.save()
			draft.submit()
		self.end((FRIDAY, 18, 1))
		self.assertEqual((self.day(worker).status, self.row(worker).status), ("Worked", "Work From Home"))

	def test_without_a_report_the_superior_is_asked_again(self):
		worker = self.confirmed_no_show()
		outage = self.outage(NINE, NOON, (FRIDAY, 15))
		frappe.db.commit()
		self.end((FRIDAY, 17))
		self.assertEqual((self.day(worker).status, self.day(worker).absence_proposed), ("Approved", 0))
		with at(FRIDAY, 17), acting_as(officer()):
			outage.reload().cancel()
		frappe.db.commit()
		self.end((FRIDAY, 17, 15))
		day = self.day(worker)
		self.assertEqual((day.status, day.absence_proposed, day.report_missing), ("Approved", 1, 1))
		missing = {"employee": worker.name, "status": "Missing"}
		self.assertEqual(frappe.db.count(DAILY_REPORT, missing), 1)

	def test_presence_that_the_outage_kept_out_opens_the_question_again_and_another_units_outage_does_not(
		self,
	):
		worker = self.confirmed_no_show()
		during = moment(THURSDAY, 7), moment(THURSDAY, 15)
		self.outage(*during, (FRIDAY, 15), scope="Department", department=unit(SERVICE))
		self.outage(moment(THURSDAY, 17), moment(THURSDAY, 19), (FRIDAY, 15))
		self.assertEqual(self.day(worker).status, "No Show")
		self.outage(*during, (FRIDAY, 15), scope="Department", department=unit(OFFICE))
		self.assertEqual(self.day(worker).status, "Approved")

	def test_a_worked_day_without_report_is_ended_anew(self):
		worker = self.approved()
		self.check_in(worker)
		with at(FRIDAY, 8):
			self.auto_attendance()
		self.end(AFTER_GRACE)
		self.assertEqual((self.day(worker).status, self.day(worker).report_missing), ("Worked", 1))
		row = self.row(worker)
		self.outage(NINE, NOON, (FRIDAY, 15))
		frappe.db.commit()
		self.assertEqual((self.day(worker).status, self.row(worker).name), ("Approved", row.name))
		self.end((FRIDAY, 18, 1))
		self.assertEqual((self.day(worker).status, self.day(worker).report_missing), ("Worked", 1))


class TestVerification(VerificationCase):
	def test_an_escalation_in_an_outage_is_taken_back_and_comes_later(self):
		_worker, report = self.waiting()
		with at(WEDNESDAY, 0):
			self.assertEqual(escalation.escalate(), 1)
		self.outage(moment(TUESDAY, 20), moment(WEDNESDAY, 8), (WEDNESDAY, 8))
		frappe.db.commit()
		self.assertEqual(self.stored(report).escalated_on, None)
		with at(WEDNESDAY, 20, 0):
			self.assertEqual(escalation.escalate(), 0)
		with at(WEDNESDAY, 20, 1):
			self.assertEqual(escalation.escalate(), 1)

	def test_a_revision_is_taken_after_the_outage(self):
		worker, report = self.waiting()
		self.decide(report, "Return Report", self.boss.user_id, note="Sebutkan keluarannya")
		self.outage(moment(TUESDAY, 20), moment(WEDNESDAY, 8), (TUESDAY, 20, 5))
		self.act(report, "Hand In", worker.user_id, (WEDNESDAY, 11))
		self.assertEqual(self.status(report), "Submitted")
