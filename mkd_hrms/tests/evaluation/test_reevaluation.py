"""What a change notes, and whom it concerns; nothing is noted of what tells of nothing."""

import frappe

from mkd_hrms.facts.concerned import read_concerned
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.overrides import attendance
from mkd_hrms.services.standing import changes_noted
from mkd_hrms.tests.support.evaluation_case import ChangeCase
from mkd_hrms.tests.support.factories import uploaded
from mkd_hrms.tests.support.people import make_employee
from mkd_hrms.tests.support.shifts import assign, make_shift_type, off_on
from mkd_hrms.tests.support.world import (
	CLERK,
	COMPANY,
	OFFICE,
	SERVICE,
	SERVICE_BACK_OFFICE,
	TODAY,
	classify,
	unit,
)


class TestWhatIsNoted(ChangeCase):
	def setUp(self):
		super().setUp()
		self.one = self.person()
		self.noted()

	def assert_noted(self, *entries):
		self.assertEqual(self.noted(), set(entries))

	def himself(self):
		return "Employee", self.one.name

	def test_attendance_that_tells_of_something(self):
		absent = self.row(self.one, status="Absent").insert()
		self.assert_noted()
		absent.submit()
		self.assert_noted(self.himself())
		absent.db_set("status", "Present")
		self.assert_noted(self.himself())
		frappe.get_doc("Attendance", absent.name).db_set("working_hours", 7)
		self.assert_noted()
		absent.reload()
		absent.cancel()
		self.assert_noted(self.himself())
		self.row(self.one, status="Present", late_entry=1).insert().submit()
		self.assert_noted(self.himself())
		self.row(self.one, status="Half Day", half_day_status="Present").insert().submit()
		self.noted()

	def test_attendance_that_tells_of_nothing_costs_no_statement(self):
		present = self.row(self.one, status="Present").insert()
		present.submit()
		self.assert_noted()
		with self.assertQueryCount(0):
			attendance.on_change(present)
		absent = self.row(self.one, status="Absent").insert()
		absent.submit()
		with self.assertQueryCount(0):
			attendance.on_change(absent)

	def test_an_employee_record(self):
		self.one.reload()
		self.one.bio = "Suka bersepeda"
		self.one.save()
		self.assert_noted()
		for field, value in (
			("employment_type", "CPNS"),
			("designation", CLERK),
			("department", unit(SERVICE_BACK_OFFICE)),
			("date_of_joining", "2021-01-01"),
			("contract_end_date", "2027-12-31"),
			("status", "Suspended"),
		):
			with self.subTest(field):
				self.one.set(field, value)
				self.one.save()
				self.assert_noted(self.himself())

	def test_records_count_when_they_are_submitted(self):
		for doctype, values in self.records():
			with self.subTest(doctype):
				doc = self.document(doctype, self.one, **values).insert()
				self.assert_noted()
				doc.submit()
				self.assert_noted(self.himself())
				doc.cancel()
				self.assert_noted(self.himself())

	def records(self):
		a_day = {"from_date": "2026-11-30", "to_date": "2026-11-30"}
		return (
			(
				"MKD Discipline Record",
				{
					"level": "Light",
					"stage": "In Force",
					"from_date": "2026-11-01",
					"to_date": "2026-12-01",
					"decree_no": "SK 9",
				},
			),
			("MKD Suspension", {"from_date": "2026-11-01", "to_date": "2026-12-01", "ground": "Laporan"}),
			(
				"MKD Gate Decision",
				{
					"gate": "Role",
					"about": "Unknown",
					"decision": "Accepted",
					"reason": "Analis",
					"valid_from": "2026-11-01",
					"valid_until": "2026-12-31",
				},
			),
			("Leave Application", {"leave_type": self.leave_type(), "status": "Approved", **a_day}),
			("Attendance Request", {"reason": "On Duty", "company": COMPANY, **a_day}),
			("Appraisal", self.rating()),
			(
				"MKD Performance Record",
				{
					"source": "e-Kinerja",
					"period_start": "2026-01-01",
					"period_end": "2026-06-30",
					"predicate": "Baik",
				},
			),
			("MKD Talent Record", {"source": "SIASN", "year": 2025, "box": 5}),
		)

	def leave_type(self):
		name = "Cuti Tanpa Tanggungan"
		if not frappe.db.exists("Leave Type", name):
			frappe.get_doc({"doctype": "Leave Type", "leave_type_name": name, "is_lwp": 1}).insert()
		return name

	def cycle(self):
		values = {"cycle_name": frappe.generate_hash(length=6), "company": COMPANY}
		cycle = frappe.get_doc({"doctype": "Appraisal Cycle", **values})
		cycle.update({"start_date": "2026-01-01", "end_date": "2026-06-30"})
		return cycle.insert(ignore_mandatory=True)

	def rating(self):
		goal = {"kra": "Naskah", "per_weightage": 100, "score": 4}
		return {
			"appraisal_cycle": self.cycle().name,
			"company": COMPANY,
			"rate_goals_manually": 1,
			"goals": [goal],
		}

	def test_an_agreement_counts_as_soon_as_it_is_stored_and_until_it_is_deleted(self):
		scan = {"signed_on": "2026-11-01", "attachment": uploaded("Administrator")}
		doc = self.document("MKD Agreement", self.one, valid_from="2026-11-01", **scan)
		doc.insert()
		self.assert_noted(self.himself())
		doc.delete()
		self.assert_noted(self.himself())

	def test_a_suitability_decision_names_whom_it_was_and_whom_it_is_about(self):
		doc = classify("Employee", self.one.name, "Suitable", valid_from="2026-01-01")
		self.assert_noted(self.himself())
		doc.update({"reference_doctype": "Department", "reference_name": unit(OFFICE)})
		doc.save()
		self.assert_noted(self.himself(), ("Department", unit(OFFICE)))
		doc.delete()
		self.assert_noted(("Department", unit(OFFICE)))

	def test_an_outage_for_everybody_a_company_or_a_unit_when_it_is_marked_and_when_it_is_undone(self):
		for values, entry in (
			({}, ("Company", "")),
			({"scope": "Company", "company": COMPANY}, ("Company", COMPANY)),
			({"scope": "Department", "department": unit(OFFICE)}, ("Department", unit(OFFICE))),
		):
			with self.subTest(entry):
				outage = self.outage("2026-11-24", **values)
				self.assert_noted()
				outage.submit()
				self.assert_noted(entry)
				outage.cancel()
				self.assert_noted(entry)

	def test_an_outage_of_today_changes_nothing_that_counts_already(self):
		outage = self.outage("2026-11-25")
		outage.submit()
		self.assert_noted()
		outage.cancel()
		self.assert_noted()

	def outage(self, day, **values):
		self.addCleanup(frappe.db.delete, "MKD Outage")
		hours = {"from_datetime": f"{day} 07:00:00", "to_datetime": f"{day} 09:00:00"}
		return frappe.get_doc(
			{"doctype": "MKD Outage", **hours, "reason": "Jaringan pusat data", **values}
		).insert()

	def test_a_unit_only_for_its_mark_and_its_place(self):
		office = frappe.get_doc("Department", unit(OFFICE))
		office.save()
		self.assert_noted()
		before = office.mkd_public_service, office.parent_department
		office.mkd_public_service = "No"
		office.save()
		self.assert_noted(("Department", office.name))
		office.parent_department = unit(SERVICE)
		office.save()
		self.assert_noted(("Department", office.name))
		office.mkd_public_service, office.parent_department = before
		office.save()
		self.noted()

	def test_a_holiday_list_only_for_its_days(self):
		holidays = frappe.get_doc("Holiday List", "Libur 2025")
		holidays.color = "#ff0000"
		holidays.save()
		self.assert_noted()
		holidays.append("holidays", {"holiday_date": "2025-08-18", "description": "Cuti bersama"})
		holidays.save()
		self.assert_noted(("Holiday List", holidays.name))
		holidays.holidays.pop()
		holidays.save()
		self.noted()

	def test_settings_for_the_company_whose_calendar_it_is_or_for_all(self):
		settings = frappe.get_doc("MKD Settings")
		settings.save()
		self.assert_noted()
		row = settings.calendars.pop()
		settings.save()
		self.assert_noted(("Company", COMPANY))
		settings.append("calendars", {"company": COMPANY, "holiday_list": row.holiday_list})
		settings.attendance_from = "2026-01-01"
		settings.save()
		self.assert_noted(("Company", COMPANY), ("Company", ""))
		settings.attendance_from = None
		settings.save()
		self.noted()

	def test_an_appraisal_cycle_for_its_dates(self):
		cycle = self.cycle()
		self.noted()
		cycle.description = "Semester 1"
		cycle.save()
		self.assert_noted()
		cycle.end_date = "2026-07-31"
		cycle.save()
		self.assert_noted(("Appraisal Cycle", cycle.name))

	def test_nothing_while_a_site_is_built_and_nothing_of_what_is_rolled_back(self):
		for flag in changes_noted.NOT_DURING:
			frappe.flags[flag] = True
			try:
				changes_noted.concerns("Employee", self.one.name)
			finally:
				frappe.flags[flag] = False
		self.assert_noted()
		changes_noted.concerns("Employee", self.one.name)
		frappe.db.rollback()
		self.assert_noted()
		changes_noted.concerns("Employee", self.one.name)
		self.assert_noted(self.himself())


class TestWhomItConcerns(ChangeCase):
	def concerned(self, kind, *names):
		return read_concerned(SiteDatabase(), {kind: names}).get(COMPANY, set())

	def test_everybody_behind_the_record_and_nobody_else(self):
		analyst, clerk = self.person(), self.person(designation=CLERK)
		at_the_counter = self.person(department=unit(SERVICE))
		below = self.person(department=unit(SERVICE_BACK_OFFICE))
		own_list = self.person(holiday_list="Libur 2025")
		left = self.person()
		frappe.db.set_value("Employee", left.name, "status", "Left")
		everybody = {person.name for person in (analyst, clerk, at_the_counter, below, own_list, left)}
		for kind, name, expected in (
			("Employee", analyst.name, {analyst}),
			("Employee", left.name, {left}),
			("Designation", CLERK, {clerk}),
			("Department", unit(SERVICE), {at_the_counter, below}),
			("Department", unit(SERVICE_BACK_OFFICE), {below}),
			("Department", unit(OFFICE), {analyst, clerk, own_list}),
			# Today's list of the company, and a list that the settings keep for another year.
			("Holiday List", "Libur 2026", {analyst, clerk, at_the_counter, below, own_list}),
		):
			with self.subTest(name):
				found = self.concerned(kind, name) & everybody
				self.assertEqual(found, {person.name for person in expected})

	def test_the_holiday_list_of_a_company_is_of_nobody_who_has_his_own(self):
		frappe.db.delete("MKD Calendar")
		with_default, own_list = self.person(), self.person(holiday_list="Libur 2025")
		of_company, of_one = (
			self.concerned("Holiday List", "Libur 2026"),
			self.concerned("Holiday List", "Libur 2025"),
		)
		self.assertIn(with_default.name, of_company)
		self.assertNotIn(own_list.name, of_company)
		self.assertEqual(of_one, {own_list.name})

	def test_a_shift_and_its_holiday_list_are_of_whoever_works_in_it(self):
		frappe.db.delete("MKD Calendar")
		list_of_shift = off_on(7)
		shift = make_shift_type(list_of_shift)
		usual, assigned, neither = self.person(default_shift=shift), self.person(), self.person()
		assign(assigned, shift, TODAY)
		for kind, name in (("Shift Type", shift), ("Holiday List", list_of_shift)):
			found = self.concerned(kind, name)
			self.assertEqual(found, {usual.name, assigned.name}, kind)
		self.assertNotIn(neither.name, found)

	def test_the_queries_do_not_grow_with_the_people(self):
		names, designations = [make_employee().name for _ in range(12)], [self.person().designation, CLERK]
		changed = {"Employee": names, "Designation": designations, "Department": [unit(OFFICE)]}
		with self.assertQueryCount(4):
			read_concerned(SiteDatabase(), changed)
