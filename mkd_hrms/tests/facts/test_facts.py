"""What the readers make of real HR records: absences, calendars, results, registers; one query set for any number."""

from dataclasses import replace
from datetime import date, timedelta

from freezegun import freeze_time

import frappe
from frappe.tests.utils import FrappeTestCase

from mkd_hrms.constants import TALENT_RECORD
from mkd_hrms.facts.attendance.away import days_away, read_away
from mkd_hrms.facts.attendance.calendars import read_calendars
from mkd_hrms.facts.attendance.records import read_attendance
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.gather import gather
from mkd_hrms.facts.people import read_people
from mkd_hrms.facts.performance import read_results
from mkd_hrms.policy import packs
from mkd_hrms.policy.facts import AsOf, TalentBox
from mkd_hrms.policy.model import Gate
from mkd_hrms.tests.support import factories, world
from mkd_hrms.tests.support.import_case import fresh_nip
from mkd_hrms.tests.support.people import make_employee, store_row
from mkd_hrms.tests.support.statements import statements_of
from mkd_hrms.tests.support.world import COMPANY, TODAY

NOON = f"{TODAY}T12:00:00.500001+07:00"
SINCE, UNTIL = date(2025, 11, 25), date(2026, 11, 24)
NOW = AsOf(on=TODAY, today=TODAY, attendance_from=None)


class FactsCase(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		clock = freeze_time(NOON, tick=True)
		clock.start()
		cls.addClassCleanup(clock.stop)

	def tearDown(self):
		frappe.db.rollback()

	def attendance(self, employee, since=SINCE, until=UNTIL):
		scope = Scope(employees=(employee.name,))
		people = read_people(SiteDatabase(), scope)
		calendars = read_calendars(SiteDatabase(), people.values(), since, until)
		return read_attendance(SiteDatabase(), scope, people, calendars, since, until, 30)[employee.name]

	def row(self, employee, day, status, **values):
		store_row(
			"Attendance", employee.name, attendance_date=day, company=COMPANY, docstatus=1, **values
		).db_set("status", status, update_modified=False)


class TestAbsences(FactsCase):
	def test_only_unexcused_absences_on_working_days_of_the_window_count(self):
		employee = make_employee(date_of_joining="2026-01-01")
		self.row(employee, "2026-03-02", "Absent")
		self.row(employee, "2026-03-02", "Absent", shift="")
		self.row(employee, "2026-03-07", "Absent")
		self.row(employee, "2025-12-30", "Absent")
		self.row(employee, "2026-11-25", "Absent")
		self.row(employee, "2026-03-03", "Half Day", half_day_status="Absent")
		self.row(employee, "2026-03-04", "Half Day", half_day_status="Present")
		self.assertEqual(self.attendance(employee).absences, 1.5)

	def test_only_of_whom_a_day_is_marked_the_mkd_days_are_read(self):
		employee, unmarked = make_employee(), make_employee()
		for whose, day, recorded, status in (
			(employee, "2026-03-02", "Absent", "Worked"),
			(employee, "2026-03-03", "Work From Home", "Worked"),
			(employee, "2026-03-04", "Absent", "No Show"),
			(unmarked, "2026-03-03", "Work From Home", "Worked"),
		):
			self.row(whose, day, recorded)
			store_row("MKD Day", whose.name, mkd_date=day, company=COMPANY, status=status)
		scope = Scope(company=COMPANY)
		people = read_people(SiteDatabase(), scope)
		calendars = read_calendars(SiteDatabase(), people.values(), SINCE, UNTIL)
		found = {}
		asked = statements_of(
			lambda: found.update(read_attendance(SiteDatabase(), scope, people, calendars, SINCE, UNTIL, 30))
		)
		self.assertEqual(found[employee.name].absences, 1)
		self.assertEqual(found[unmarked.name].absences, 0)
		(days,) = [
			values for query, values in asked if "tabMKD Day" in query and employee.name in str(values)
		]
		self.assertNotIn(unmarked.name, str(days))

	def test_whoever_came_in_one_shift_of_a_date_was_not_absent_on_it(self):
		employee = make_employee()
		beside = {
			("2026-03-02", 0): {"status": "Present"},
			("2026-03-03", 0): {"status": "Work From Home"},
			("2026-03-04", 0): {"status": "Half Day", "half_day_status": "Present"},
			("2026-03-05", 0.5): {"status": "Half Day", "half_day_status": "Absent"},
			("2026-03-06", 1): {"status": "On Leave"},
			("2026-11-24", 0): {"status": "Present", "late_entry": 1},
		}
		for (day, expected), values in beside.items():
			before = self.attendance(employee)
			self.row(employee, day, "Absent", shift="Pagi")
			self.row(employee, day, values.pop("status"), shift="Sore", **values)
			found = self.attendance(employee)
			with self.subTest(day):
				self.assertEqual(found.absences - before.absences, expected)
				self.assertEqual(found.without_record, before.without_record - 1)
		self.assertEqual(found.late_days, 1)

	def test_leave_trip_duty_and_training_excuse_but_half_a_day_of_leave_leaves_the_other_half(self):
		employee = make_employee()
		for day in range(2, 7):
			self.row(employee, f"2026-03-0{day}", "Absent")
		self.row(employee, "2026-03-10", "Half Day", half_day_status="Absent")
		self.leave(employee, "2026-03-02", "2026-03-02")
		self.leave(employee, "2026-03-10", "2026-03-10", half_day=1, half_day_date="2026-03-10")
		trip = store_row("Travel Request", employee.name, docstatus=1)
		stop = frappe.get_doc(
			{
				"doctype": "Travel Itinerary",
				"name": frappe.generate_hash(length=8),
				"parent": trip.name,
				"parenttype": "Travel Request",
				"departure_date": "2026-03-03 17:00:00",
				"arrival_date": "2026-03-03 23:00:00",
			}
		)
		stop.db_insert()
		store_row(
			"Attendance Request",
			employee.name,
			docstatus=1,
			reason="On Duty",
			from_date="2026-03-04",
			to_date="2026-03-04",
		)
		event = frappe.get_doc(
			{
				"doctype": "Training Event",
				"name": frappe.generate_hash(length=8),
				"docstatus": 1,
				"event_status": "Completed",
				"start_time": "2026-03-05 08:00:00",
				"end_time": "2026-03-05 16:00:00",
			}
		)
		event.db_insert()
		store_row("Training Event Employee", employee.name, parent=event.name, parenttype="Training Event")
		self.assertEqual(self.attendance(employee).absences, 1.5)

	def leave(self, employee, since, until, **values):
		values = {"docstatus": 1, "from_date": since, "to_date": until, **values}
		store_row("Leave Application", employee.name, **values).db_set(
			"status", "Approved", update_modified=False
		)

	def test_a_trip_lasts_from_its_first_leg_to_its_last(self):
		employee = make_employee()
		for day in range(2, 7):
			self.row(employee, f"2026-03-0{day}", "Absent")
		trip = store_row("Travel Request", employee.name, docstatus=1)
		for leg in ("2026-03-02", "2026-03-06"):
			values = {
				"parent": trip.name,
				"parenttype": "Travel Request",
				"departure_date": f"{leg} 08:00:00",
			}
			store_row("Travel Itinerary", None, **values)
		self.assertEqual(self.attendance(employee).absences, 0)

	def test_half_a_day_on_duty_leaves_the_other_half_open(self):
		employee = make_employee()
		values = {"docstatus": 1, "reason": "On Duty", "half_day": 1, "half_day_date": "2026-03-03"}
		store_row("Attendance Request", employee.name, from_date="2026-03-03", to_date="2026-03-03", **values)
		away = read_away(
			SiteDatabase(), Scope(employees=(employee.name,)), date(2026, 3, 1), date(2026, 3, 31)
		)
		self.assertFalse(days_away(away[employee.name], date(2026, 3, 1), date(2026, 3, 31)))

	def test_on_an_approved_mkd_day_nobody_is_absent_or_late_before_it_is_confirmed(self):
		employee = make_employee()
		for day in ("2026-11-02", "2026-11-03"):
			self.row(employee, day, "Absent", late_entry=1)
		store_row("MKD Day", employee.name, mkd_date="2026-11-02", person=employee.name).db_set(
			"status", "Approved", update_modified=False
		)
		record = self.attendance(employee)
		self.assertEqual((record.absences, record.late_days), (1, 1))

	def test_a_confirmed_no_show_is_an_absence_and_counts_once(self):
		employee = make_employee()
		day = store_row("MKD Day", employee.name, mkd_date="2026-03-02", person=employee.name)
		day.db_set("status", "No Show", update_modified=False)
		self.assertEqual(self.attendance(employee).absences, 1)
		self.row(employee, "2026-03-02", "Absent")
		self.assertEqual(self.attendance(employee).absences, 1)

	def test_a_multi_day_leave_is_away_but_for_its_half_day(self):
		employee = make_employee()
		self.leave(employee, "2026-03-02", "2026-03-04", half_day=1, half_day_date="2026-03-02")
		away = read_away(
			SiteDatabase(), Scope(employees=(employee.name,)), date(2026, 3, 1), date(2026, 3, 31)
		)
		days = days_away(away[employee.name], date(2026, 3, 1), date(2026, 3, 31))
		self.assertEqual(days, {date(2026, 3, 3), date(2026, 3, 4)})


class TestRecords(FactsCase):
	def test_working_days_without_a_row_are_counted_from_joining(self):
		employee = make_employee(date_of_joining="2026-11-16")
		self.row(employee, "2026-11-16", "Present")
		self.row(employee, "2026-11-21", "Present")
		record = self.attendance(employee)
		self.assertEqual((record.working_days, record.without_record), (7, 6))

	def test_the_window_reaches_into_lists_that_are_not_todays(self):
		employee = make_employee(date_of_joining="2020-01-01")
		record = self.attendance(employee, date(2025, 12, 29), date(2026, 1, 4))
		self.assertEqual(record.working_days, 5)

	def test_days_that_no_list_covers_are_unknown_not_working_days_that_were_missed(self):
		employee = make_employee(date_of_joining="2010-01-01")
		self.row(employee, "2015-06-01", "Present")
		self.row(employee, "2015-06-02", "Absent")
		record = self.attendance(employee, date(2015, 6, 1), date(2015, 6, 10))
		self.assertEqual((record.working_days, record.without_record), (10, 10))
		self.assertEqual((record.absences, record.doubtful_absences), (0, 1))

	def test_a_person_with_a_list_of_his_own_is_judged_by_it(self):
		name = f"Enam Hari {frappe.generate_hash(length=5)}"
		doc = frappe.get_doc(
			{
				"doctype": "Holiday List",
				"holiday_list_name": name,
				"from_date": "2026-01-01",
				"to_date": "2026-12-31",
			}
		)
		doc.append("holidays", {"holiday_date": "2026-11-22", "description": "Minggu", "weekly_off": 1})
		doc.insert()
		employee = make_employee(holiday_list=name, date_of_joining="2020-01-01")
		self.row(employee, "2026-11-21", "Absent")
		record = self.attendance(employee, date(2026, 11, 16), date(2026, 11, 22))
		self.assertEqual((record.working_days, record.absences), (6, 1))


class TestResults(FactsCase):
	def appraise(self, employee, start, end, score, docstatus=1):
		cycle = frappe.get_doc(
			{"doctype": "Appraisal Cycle", "cycle_name": frappe.generate_hash(length=8), "company": COMPANY}
		)
		cycle.update({"name": cycle.cycle_name, "start_date": start, "end_date": end})
		cycle.db_insert()
		appraisal = store_row(
			"Appraisal", employee.name, appraisal_cycle=cycle.name, total_score=score, final_score=1.2
		)
		appraisal.db_set("docstatus", docstatus, update_modified=False)
		return appraisal

	def newest(self, employee, field="Goal Score"):
		return read_results(SiteDatabase(), Scope(employees=(employee.name,)), TODAY, field).get(
			employee.name
		)

	def test_the_newest_submitted_result_by_the_end_of_its_cycle_counts(self):
		employee = make_employee()
		newest = self.appraise(employee, "2025-01-01", "2025-12-31", 4.2)
		self.appraise(employee, "2024-01-01", "2024-12-31", 2.0)
		self.appraise(employee, "2026-01-01", "2026-06-30", 5.0, docstatus=0)
		self.appraise(employee, "2026-01-01", "2026-12-31", 5.0)
		found = self.newest(employee)
		self.assertEqual(
			(found.record, found.score, found.period_end), (newest.name, 4.2, date(2025, 12, 31))
		)
		self.assertEqual(self.newest(employee, "Final Score").score, 1.2)

	def test_a_newer_performance_record_beats_the_appraisal_and_an_equally_old_one_does_not(self):
		employee = make_employee()
		self.appraise(employee, "2025-01-01", "2025-12-31", 4.2)
		factories.rate(employee.name, "Kurang", date(2025, 12, 31))
		self.assertEqual(self.newest(employee).source, "Appraisal")
		factories.rate(employee.name, "Kurang", date(2026, 6, 30))
		self.assertEqual(self.newest(employee).predicate, "Kurang")


class TestManyAtOnce(FactsCase):
	def statements(self, scope):
		database = CountingDatabase()
		people = read_people(database, scope)
		calendars = read_calendars(database, people.values(), SINCE, TODAY + timedelta(days=60))
		policy = packs.load("jabar-2023")
		facts = gather(database, scope, people, calendars, policy, NOW, until=TODAY + timedelta(days=30))
		return database.count, facts

	def test_one_and_many_need_the_same_queries_and_find_the_same_facts(self):
		absent_on = (TODAY - timedelta(days=1),)
		people = [
			factories.eligible(today=TODAY, with_user=False, absent_on=absent_on) for _number in range(3)
		]
		one, single = self.statements(Scope(employees=(people[0].name,)))
		all_of_them, facts = self.statements(Scope(company=COMPANY))
		self.assertGreater(len(facts), 2)
		self.assertEqual(single[people[0].name], facts[people[0].name])
		self.assertEqual(all_of_them, one)


class CountingDatabase(SiteDatabase):
	def __init__(self):
		self.count = 0

	def fetch(self, sql, values):
		self.count += 1
		return super().fetch(sql, values)

	def stream(self, sql, values):
		self.count += 1
		return super().stream(sql, values)


class TestSuitability(FactsCase):
	def test_person_beats_designation_beats_the_nearest_unit(self):
		employee = make_employee(designation=world.COUNTER, department=world.unit(world.SERVICE_BACK_OFFICE))
		world.classify("Department", world.unit(world.SERVICE), "Not Suitable")
		self.assertEqual(self.references(employee), ["Designation", "Department"])
		world.classify("Employee", employee.name, "Suitable", valid_from="2026-12-01")
		self.assertEqual(self.references(employee), ["Employee", "Designation", "Department"])

	def references(self, employee):
		scope = Scope(employees=(employee.name,))
		people = read_people(SiteDatabase(), scope)
		calendars = read_calendars(SiteDatabase(), people.values(), SINCE, TODAY)
		policy = packs.load("jabar-2023")
		facts = gather(SiteDatabase(), scope, people, calendars, policy, NOW, until=date(2026, 12, 31))
		return [entry.reference for entry in facts[employee.name].suitability]


class TestTalentBoxes(FactsCase):
	def box(self, employee, year, box, **values):
		row = {"source": "SIASN", "year": year, "box": box, "docstatus": 1, **values}
		return store_row(TALENT_RECORD, employee.name, **row).name

	def gathered(self, employee, *gates):
		policy = replace(packs.load("jabar-2023"), gates=frozenset(gates))
		scope = Scope(employees=(employee.name,))
		people = read_people(SiteDatabase(), scope)
		calendars = read_calendars(SiteDatabase(), people.values(), SINCE, UNTIL)
		when = AsOf(on=UNTIL, today=UNTIL, attendance_from=None)
		return gather(SiteDatabase(), scope, people, calendars, policy, when, until=UNTIL)[employee.name]

	def test_only_for_a_policy_that_asks_for_them_are_they_read(self):
		employee = make_employee()
		self.box(employee, 2025, 8)
		for gates, times in (((), 0), ((Gate.PERFORMANCE, Gate.FRESHNESS), 0), ((Gate.TALENT_BOX,), 1)):
			found = []
			asked = statements_of(
				lambda gates=gates, found=found: found.append(self.gathered(employee, *gates))
			)
			self.assertEqual(sum("tabMKD Talent Record" in query for query, _values in asked), times)
			self.assertEqual(found[0].talent_box is not None, bool(times))

	def test_the_newest_one_of_a_person_counts_through_whichever_of_his_records(self):
		nip = fresh_nip()
		old = make_employee(mkd_nip=nip, status="Left", relieving_date="2026-06-30")
		new = make_employee(mkd_nip=nip)
		self.box(new, 2024, 9)
		self.box(old, 2025, 3)
		self.box(old, 2026, 1, docstatus=0)
		self.box(old, 2026, 2, docstatus=2)
		self.assertEqual(self.gathered(new, Gate.TALENT_BOX).talent_box.box, 3)
		# At the same year his own.
		own = self.box(new, 2025, 7)
		self.assertEqual(self.gathered(new, Gate.TALENT_BOX).talent_box, TalentBox(7, 2025, own))
		self.assertEqual(self.gathered(old, Gate.TALENT_BOX).talent_box.box, 3)
