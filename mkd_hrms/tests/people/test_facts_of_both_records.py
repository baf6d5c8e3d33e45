"""What is recorded of a person through one Employee record holds for his days through another one (rules W10, W11, D6, D8)."""

import frappe
from frappe.utils import strip_html

from mkd_hrms.audit.asking import ask, questions
from mkd_hrms.constants import DAY, GATE_DECISION, OBJECTION, REQUEST, SUSPENSION
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.personal_data import read_away_days, read_checkins_of_days
from mkd_hrms.services.attendance import checkins
from mkd_hrms.services.day import end_of_day
from mkd_hrms.services.discipline import measures
from mkd_hrms.services.ledger.over_limit import weeks_over
from mkd_hrms.services.objections import actors, procedure
from mkd_hrms.services.performance.appraisal_evidence import of_appraisal
from mkd_hrms.tests.people.test_another_record import NIP, AnotherRecordCase
from mkd_hrms.tests.people.test_judged_records import PERIOD
from mkd_hrms.tests.support.audit_plants import measure
from mkd_hrms.tests.support.conduct_case import objection
from mkd_hrms.tests.support.day_case import FRIDAY, THURSDAY, at, leave_on, moment
from mkd_hrms.tests.support.factories import applied, days_of, officer
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.people import acting_as, make_user, store_row
from mkd_hrms.tests.support.world import COMPANY, TODAY, UNCLASSIFIED

QUESTIONS = {question.name: question for question in questions()}


class TestAway(AnotherRecordCase):
	def status_by_day(self, request):
		return [day.status for day in days_of(frappe._dict(name=request))]

	def training(self, employee, day):
		values = {"event_status": "Scheduled", "type": "Workshop", "location": "Bandung", "company": COMPANY}
		values |= {"event_name": frappe.generate_hash(length=8), "introduction": "Bimbingan teknis"}
		values |= {"start_time": f"{day} 08:00:00", "end_time": f"{day} 16:00:00"}
		doc = frappe.get_doc({"doctype": "Training Event", "employees": [{"employee": employee}], **values})
		doc.insert(ignore_permissions=True).submit()

	def duty(self, employee, day, reason="On Duty"):
		values = {"employee": employee.name, "company": COMPANY, "reason": reason, "explanation": "Undangan"}
		return frappe.get_doc({"doctype": "Attendance Request", "from_date": day, "to_date": day, **values})

	def still_serving(self):
		"""The old record ends later, and the new one is the active one already."""
		old, new = self.rehired()
		frappe.db.set_value("Employee", old.name, "relieving_date", WEEK[4])
		return old, new

	def test_leave_and_training_through_the_record_that_ends_come_before_mkd(self):
		old, new = self.still_serving()
		request = self.approve(new, WEEK[:4])
		leave_on(old, WEEK[0])
		self.training(old.name, WEEK[1])
		frappe.clear_messages()
		duty = self.duty(old, WEEK[2]).insert()
		said = " ".join(strip_html(entry["message"]) for entry in frappe.get_message_log())
		self.assertIn(f"MKD on {frappe.format(WEEK[2], 'Date')} is given back", said)
		duty.submit()
		self.assertEqual(self.status_by_day(request), ["Released"] * 3 + ["Approved"])

	def test_so_does_leave_through_the_new_record_before_days_of_the_old_one(self):
		old = self.person(mkd_nip=NIP)
		request = self.approve(old, [THURSDAY, WEEK[0]])
		self.settle()
		with at(THURSDAY, 7):
			new = self.transferred(old, THURSDAY)
			leave = leave_on(new, THURSDAY)
			self.assertEqual(self.status_by_day(request), ["Released", "Released"])
			frappe.db.commit()
			leave.reload()
			leave.cancel()
			# His user stands on the new record by now.
			asked = {"reference_type": REQUEST, "reference_name": request, "status": "Open"}
			self.assertIn(new.user_id, frappe.get_all("ToDo", asked, pluck="allocated_to"))

	def test_a_week_that_holds_too_much_by_now_is_listed_with_the_leave_of_both(self):
		old, new = self.still_serving()
		self.approve(new, WEEK[:4])
		self.assertEqual(self.listed(new), [])
		leave_on(old, WEEK[4])
		self.assertEqual(self.listed(new), [(3, 4)])

	def test_so_is_one_of_which_two_companies_hold_a_part(self):
		old, new = self.rehired()
		self.approve(new, WEEK[:3])
		frappe.db.set_value(DAY, {"employee": new.name, "mkd_date": WEEK[0]}, "employee", old.name)
		frappe.db.set_value("Employee", old.name, "company", self.elsewhere())
		leave_on(new, WEEK[4])
		leave_on(new, WEEK[3])
		self.assertEqual(self.listed(new), [(2, 3)])

	def elsewhere(self):
		return frappe.db.get_value("Company", {"name": ("!=", COMPANY)})

	def listed(self, employee):
		found = [entry for entry in weeks_over(COMPANY, TODAY) if entry.person.person == NIP]
		self.assertLessEqual({entry.person.employee for entry in found}, {employee.name})
		return [(entry.limit, len(entry.days)) for entry in found]


class TestPresence(AnotherRecordCase):
	def test_who_checks_in_through_the_new_record_works_his_day_of_the_old_one(self):
		old = self.person(mkd_nip=NIP)
		self.approve(old, [THURSDAY])
		self.settle()
		with at(THURSDAY, 8):
			new = self.transferred(old, THURSDAY)
			values = {"employee": new.name, "time": moment(THURSDAY, 8), "log_type": "IN"}
			checkin = frappe.get_doc({"doctype": "Employee Checkin", **values}).insert()
			(day,) = self.days(old)
			self.assertEqual(checkins.day_of(checkin).name, day.name)
			frappe.db.commit()
		with at(FRIDAY, 10, 1):
			end_of_day.end_days(COMPANY)
		day.reload()
		self.assertEqual((day.status, day.no_presence, day.absence_proposed), ("Worked", 0, 0))
		# Where he was is given to him and blurred in time like every place of an MKD day.
		self.assertIn(checkin.name, read_checkins_of_days(SiteDatabase(), [old.name, new.name]))
		self.assertIn((new.name, THURSDAY), read_away_days(SiteDatabase(), THURSDAY, FRIDAY, None))

	def test_an_appraisal_tells_of_the_days_of_both(self):
		old, new = self.rehired()
		for employee, day in ((old, "2026-03-02"), (new, "2026-03-03")):
			store_row(DAY, employee.name, status="Worked", mkd_date=day)
		period = {"start_date": "2026-01-01", "end_date": "2026-06-30"}
		self.assertEqual(of_appraisal(frappe._dict(employee=new.name, **period))["worked"], 2)


class TestDecisions(AnotherRecordCase):
	def test_what_hr_decides_about_one_record_carries_the_application_of_the_other_on(self):
		old, new = self.rehired()
		self.change(new, designation=UNCLASSIFIED)
		request = applied(new, WEEK[:1])
		self.assertEqual(request.status, "Pending HR Review")
		with acting_as(officer()):
			self.submit(GATE_DECISION, old, gate="Role", about="Unknown", valid_until="2026-12-31")
		self.assertEqual(frappe.db.get_value(REQUEST, request.name, "status"), "Pending Approval")

	def test_he_is_told_of_a_measure_of_his_old_record_and_objects_to_it_and_decides_nothing_about_it(self):
		employee = self.person(mkd_nip=NIP)
		new = self.transferred(employee)
		user = new.user_id
		given = self.submit(SUSPENSION, employee, **PERIOD | {"to_date": "2026-12-31"})
		told = {"for_user": user, "document_name": given.name}
		self.assertTrue(frappe.db.exists("Notification Log", told))
		with acting_as(user):
			self.assertTrue(procedure.state_of(SUSPENSION, given.name)["may_object"])
		filed = objection(given, employee, user)
		self.assertEqual(filed.employee_user, user)
		frappe.get_doc("User", user).add_roles("HR Manager")
		self.assertFalse(actors.may_decide(frappe.get_doc(OBJECTION, filed.name), user))
		self.assertTrue(actors.may_decide(frappe.get_doc(OBJECTION, filed.name), make_user("HR Manager")))
		measures.annul(frappe.get_doc(SUSPENSION, given.name), "Keliru")
		self.assertEqual(frappe.db.count("Notification Log", told), 2)


class TestAuditOfBothRecords(AnotherRecordCase):
	def test_a_suspension_of_the_old_record_is_found_and_a_decision_about_the_old_one_too(self):
		old, new = self.rehired()
		self.approve(new, WEEK[:1])
		values = {"employee": new.name, "user": new.user_id}
		self.assertEqual(self.found("approved while suspended", new), [])
		dates = {"from_date": "'2026-11-01'", "to_date": "'2026-12-31'"}
		frappe.db.sql(measure(SUSPENSION, **dates), values | {"employee": old.name})
		self.assertEqual(len(self.found("approved while suspended", new)), 1)
		with acting_as(officer()):
			self.submit(GATE_DECISION, old, gate="Suspension", about="Fail", valid_until="2026-12-31")
		self.assertEqual(self.found("approved while suspended", new), [])

	def test_so_is_who_decided_about_his_old_record(self):
		old, new = self.rehired()
		self.submit(SUSPENSION, old, **PERIOD)
		names = ("own case (suspension.lifted_by)", "own record")
		for name, column in zip(names, ("lifted_by", "owner"), strict=True):
			self.assertEqual(self.found(name, old), [])
			frappe.db.set_value(SUSPENSION, {"employee": old.name}, column, new.user_id)
			self.assertEqual(len(self.found(name, old)), 1)

	def found(self, name, employee):
		return ask(QUESTIONS[name], [employee.name])
