"""Days by circular: whom they are given to, on which dates, and what gives way to them (rules Q3, W11)."""

from datetime import date, timedelta

import frappe

from mkd_hrms import tasks
from mkd_hrms.constants import COLLECTIVE_DAY, DAY, REQUEST
from mkd_hrms.services.collective_days import processing
from mkd_hrms.services.ledger.over_limit import weeks_over
from mkd_hrms.tests.support.circulars import CircularCase, new_unit, written
from mkd_hrms.tests.support.day_case import at, leave_on
from mkd_hrms.tests.support.factories import act, applied, officer, working_days_before
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.unit_case import declare_office_day
from mkd_hrms.tests.support.world import COMPANY, COUNTER, TODAY, other_company

THURSDAY, NEXT_THURSDAY = "2026-12-10", "2026-12-17"
BOTH = [(THURSDAY, "Approved"), (NEXT_THURSDAY, "Approved")]


class TestWhoGoes(CircularCase):
	def test_submitting_books_nothing_and_the_worker_books_everybody_of_the_unit_once(self):
		one, other = self.member(with_user=True), self.member()
		doc = self.circular(run=False)
		self.assertEqual((self.dates(one, doc), doc.processing), ([], "Waiting"))
		self.run_job(doc)
		self.run_job(doc)
		self.assertEqual([self.dates(each, doc) for each in (one, other)], [BOTH, BOTH])
		self.assertEqual((doc.processing, doc.people_away, doc.days_booked), ("Up to Date", 2, 4))
		notices = frappe.get_all("Notification Log", {"document_type": DAY}, ["for_user", "subject"])
		told = [notice.subject for notice in notices if notice.for_user == one.user_id]
		self.assertEqual(len(told), 1)
		self.assertIn("10-12-2026, 17-12-2026", told[0])
		self.assertFalse([notice for notice in notices if notice.for_user == self.boss.user_id])

	def test_whoever_may_not_or_cannot_go_stays_in_the_office_and_is_counted_by_reason(self):
		goes, serves, exempt, on_leave = (
			self.member(),
			self.member(designation=COUNTER),
			self.member(),
			self.member(),
		)
		absent = self.applicant(absent_on=working_days_before(TODAY, 4))
		leave_on(on_leave, THURSDAY)
		doc = self.circular(exempt_people=[{"employee": exempt.name, "mkd_date": THURSDAY}])
		self.assertEqual(self.dates(goes, doc), BOTH)
		self.assertEqual(self.dates(serves, doc), [])
		self.assertEqual(self.dates(absent, doc), [])
		self.assertEqual(self.dates(exempt, doc), BOTH[1:])
		self.assertEqual(self.dates(on_leave, doc), BOTH[1:])
		self.assertEqual(
			doc.stays.split("\n"),
			["Exempt Person: 1", "Serves the Public: 2", "Condition Not Met: 2", "Leave or Duty: 1"],
		)

	def test_a_day_in_the_office_comes_first_also_where_it_is_declared_later(self):
		goes = self.member(with_user=True)
		first = declare_office_day(self.unit, THURSDAY)
		doc = self.circular()
		self.assertEqual((self.dates(goes, doc), doc.stays), (BOTH[1:], "Office Day: 1"))
		second = declare_office_day(self.unit, NEXT_THURSDAY)
		self.assertEqual(self.dates(goes, doc), [(NEXT_THURSDAY, "Released")])
		first.cancel()
		second.cancel()
		frappe.db.commit()
		self.run_job(doc)
		self.assertEqual(self.dates(goes, doc, status="Approved"), BOTH)

	def test_off_the_switches_everybody_goes(self):
		serves = self.member(designation=COUNTER)
		absent = self.applicant(absent_on=working_days_before(TODAY, 4))
		doc = self.circular(exempt_public_service=0, excluded_stay=0)
		self.assertEqual([self.dates(each, doc) for each in (serves, absent)], [BOTH, BOTH])

	def test_units_below_go_too_unless_they_are_exempt_with_or_without_those_below_them(self):
		top = new_unit(is_group=1)
		middle = new_unit(parent_department=top, is_group=1)
		bottom = new_unit(parent_department=middle)
		people = [self.member(department=unit) for unit in (top, middle, bottom)]
		went = []
		for exempt in ([], [{"department": middle, "only_itself": 1}], [{"department": middle}]):
			doc = self.circular(department=top, exempt_units=exempt)
			went.append([bool(self.dates(each, doc)) for each in people])
			frappe.db.delete(DAY, {"source_name": doc.name})
		self.assertEqual(went, [[True, True, True], [True, False, True], [True, False, False]])

	def test_a_date_on_a_holiday_is_left_out_or_moves(self):
		employee, found = self.member(), []
		for rule in ("Skip", "Previous Working Day", "Next Working Day"):
			doc = self.circular(from_date="2026-12-01", to_date="2026-12-04", on_holiday=rule)
			found.append([day for day, _status in self.dates(employee, doc)])
			frappe.db.delete(DAY, {"source_name": doc.name})
		self.assertEqual(found, [[], ["2026-12-02"], ["2026-12-04"]])

	def test_half_of_a_unit_takes_turns(self):
		people = [self.member() for _ in range(4)]
		doc = self.circular(share_percent=50)
		away = [{day for day, _status in self.dates(each, doc)} for each in people]
		self.assertEqual(away, [{THURSDAY}, {THURSDAY}, {NEXT_THURSDAY}, {NEXT_THURSDAY}])
		leave = leave_on(people[0], THURSDAY)
		self.member()
		self.run_job(doc)
		self.assertEqual((doc.days_booked, doc.stays), (3, "Turn of Others: 6\nLeave or Duty: 1"))
		leave.reload()
		leave.cancel()
		self.run_job(doc)
		self.assertEqual(doc.days_booked, 4)

	def test_who_is_listed_goes_on_his_dates(self):
		one, other, nobody = self.member(), self.member(), self.member()
		people = [{"employee": one.name, "mkd_date": THURSDAY}, {"employee": other.name}]
		doc = self.circular(share_by="List", people=people)
		self.assertEqual([self.dates(each, doc) for each in (one, other, nobody)], [BOTH[:1], BOTH, []])

	def test_only_what_lies_within_the_horizon_is_booked_and_the_rest_as_it_comes(self):
		employee = self.member()
		doc = self.circular(dates_by="Dates", dates=[{"mkd_date": "2027-01-21"}, {"mkd_date": "2027-01-28"}])
		self.assertEqual(self.dates(employee, doc), [("2027-01-21", "Approved")])
		with at(date(2026, 11, 29), 8):
			self.run_job(doc)
		self.assertEqual(len(self.dates(employee, doc)), 2)

	def test_who_comes_to_the_unit_goes_and_who_leaves_it_does_not(self):
		comes, leaves = self.member(department=new_unit()), self.member()
		doc = self.circular()
		before = comes.department
		frappe.db.set_value("Employee", comes.name, "department", self.unit)
		frappe.db.set_value("Employee", leaves.name, "department", before)
		self.run_job(doc)
		self.assertEqual(self.dates(comes, doc), BOTH)
		self.assertEqual([status for _day, status in self.dates(leaves, doc)], ["Released", "Released"])

	def test_a_run_that_is_killed_loses_and_doubles_nothing(self):
		people = [self.member() for _ in range(3)]
		doc = self.circular(run=False)
		self.addCleanup(setattr, processing, "AT_ONCE", processing.AT_ONCE)
		self.addCleanup(setattr, processing, "in_sets", processing.in_sets)
		sets, processing.AT_ONCE = processing.in_sets, 1

		def killed(items, work, about):
			if items[0].employee == people[1].name:
				raise KeyboardInterrupt
			return sets(items, work, about)

		processing.in_sets = killed
		with self.assertRaises(KeyboardInterrupt):
			processing.run(doc.name)
		frappe.db.rollback()
		self.assertEqual([bool(self.dates(each, doc)) for each in people], [True, False, False])
		processing.in_sets = sets
		self.run_job(doc)
		self.assertEqual([self.dates(each, doc) for each in people], [BOTH, BOTH, BOTH])


class TestTheWeek(CircularCase):
	def over(self, employee):
		return [
			(entry.week, len(entry.days), entry.limit)
			for entry in weeks_over(COMPANY, TODAY)
			if entry.person.employee == employee.name
		]

	def test_who_has_a_day_of_his_own_keeps_it(self):
		employee = self.applicant()
		own = applied(employee, [WEEK[3]])
		doc = self.circular()
		self.assertEqual(self.dates(employee, doc), BOTH[1:])
		self.assertEqual(frappe.db.get_value(REQUEST, own.name, "status"), "Pending Approval")

	def test_own_days_that_wait_give_way_newest_first_and_the_request_says_why(self):
		employee = self.applicant()
		first = applied(employee, WEEK[:2])
		second = applied(employee, [WEEK[2], WEEK[4]])
		doc = self.circular()
		self.assertEqual(self.dates(employee, doc), BOTH)
		left = frappe.get_all(DAY, {"employee": employee.name, "status": "Pending"}, pluck="mkd_date")
		self.assertEqual(sorted(left), WEEK[:3])
		states = [frappe.db.get_value(REQUEST, each.name, "status") for each in (first, second)]
		self.assertEqual(states, ["Pending Approval", "Pending Approval"])
		comments = frappe.get_all("Comment", {"reference_name": second.name}, pluck="content")
		self.assertIn(f"Superseded by MKD Collective Day {doc.name}: 11-12-2026", comments)
		notice = frappe.get_last_doc("Notification Log", {"for_user": employee.user_id, "document_type": DAY})
		self.assertIn("11-12-2026 was given back", notice.email_content)
		self.assertEqual(self.over(employee), [])

	def test_what_is_approved_stays_and_the_week_is_listed_as_over_its_limit(self):
		employee = self.applicant()
		request = applied(employee, [*WEEK[:3], WEEK[4]])
		act(request, "Approve", self.boss.user_id)
		doc = self.circular()
		self.assertEqual(self.dates(employee, doc), BOTH)
		self.assertEqual(self.over(employee), [("2026-W50", 5, 4)])
		# The night finds the same: the track record earns no fewer days than before.
		tasks.refresh_company(COMPANY)
		own = frappe.get_all(DAY, {"source_name": request.name}, pluck="status")
		self.assertEqual(own, ["Approved"] * 4)

	def test_a_collective_thursday_takes_one_of_the_four_days_of_an_application(self):
		employee = self.applicant()
		self.circular()
		with self.assertRaisesRegex(
			frappe.ValidationError, r"limit 4, used 1 \(1 of them by circular\), asked 4"
		):
			applied(employee, [*WEEK[:3], WEEK[4]])
		self.assertEqual(applied(employee, WEEK[:3]).status, "Pending Approval")


class TestTheEndOfACircular(CircularCase):
	def test_cancelled_it_gives_back_what_lies_ahead_and_keeps_what_began(self):
		employee = self.member(with_user=True)
		doc = self.circular()
		with at(date(2026, 12, 10), 9):
			with acting_as(self.officer):
				frappe.get_doc(COLLECTIVE_DAY, doc.name).cancel()
			frappe.db.commit()
			self.run_job(doc)
		self.assertEqual(self.dates(employee, doc), [(THURSDAY, "Approved"), (NEXT_THURSDAY, "Released")])
		self.assertEqual(doc.processing, "Ended")
		notice = frappe.get_last_doc("Notification Log", {"for_user": employee.user_id, "document_type": DAY})
		self.assertIn("No collective MKD day on 17-12-2026", notice.subject)

	def test_cancelled_while_the_worker_is_at_work_it_leaves_no_day_behind(self):
		employee = self.member()
		doc = self.circular(run=False)
		self.addCleanup(setattr, processing, "_note", processing._note)
		note = processing._note

		def cancelled_meanwhile(*told):
			note(*told)
			frappe.db.set_value(COLLECTIVE_DAY, doc.name, "docstatus", 2)

		processing._note = cancelled_meanwhile
		self.run_job(doc)
		self.assertEqual({status for _day, status in self.dates(employee, doc)}, {"Released"})
		self.assertEqual(doc.processing, "Ended")

	def test_another_one_takes_its_place_from_its_first_date_on_until_it_is_cancelled(self):
		employee = self.member()
		old = self.circular()
		new = self.circular(weekday="Friday", from_date="2026-12-14", replaces=old.name)
		self.assertEqual(self.dates(employee, old), [BOTH[0], (NEXT_THURSDAY, "Released")])
		self.assertEqual(self.dates(employee, new), [("2026-12-18", "Approved")])
		self.run_job(old)
		self.assertEqual(len(self.dates(employee, old)), 2)
		with acting_as(self.officer):
			frappe.get_doc(COLLECTIVE_DAY, new.name).cancel()
		frappe.db.commit()
		self.run_job(new)
		self.run_job(old)
		self.assertEqual(self.dates(employee, old, status="Approved"), BOTH)

	def test_leave_comes_first_and_when_it_is_cancelled_the_circular_holds_again(self):
		employee = self.member()
		doc = self.circular()
		leave = leave_on(employee, THURSDAY)
		self.run_job(doc)
		self.assertEqual(self.dates(employee, doc, status="Approved"), BOTH[1:])
		leave.reload()
		leave.cancel()
		self.run_job(doc)
		self.assertEqual(self.dates(employee, doc, status="Approved"), BOTH)


class TestWhatIsRefused(CircularCase):
	def test_a_unit_that_a_circular_sends_is_not_joined_with_one_that_it_does_not(self):
		doc, other = self.circular(run=False), new_unit()
		with self.assertRaisesRegex(frappe.ValidationError, "does not say the same"):
			frappe.rename_doc("Department", self.unit, other, merge=True)
		with self.assertRaisesRegex(frappe.ValidationError, "does not say the same"):
			frappe.rename_doc("Company", other_company(), COMPANY, merge=True)
		frappe.db.set_value(COLLECTIVE_DAY, doc.name, "processing", "Ended")
		one, other = new_unit(), new_unit()
		self.circular(run=False, department=None)
		self.assertEqual(frappe.rename_doc("Department", one, other, merge=True), other)

	def refused(self, message, **values):
		with acting_as(self.officer), self.assertRaisesRegex(frappe.ValidationError, message):
			frappe.get_doc(written(self.unit, **values)).insert().submit()

	def test_what_can_be_no_circular(self):
		self.refused("Name the Weekday", weekday=None)
		self.refused("ends after it begins", to_date="2026-12-01")
		self.refused("has no date", to_date="2026-12-08")
		self.refused("1 to 100 percent", share_percent=101)
		self.refused("List who goes", share_by="List")
		self.refused("is over", dates_by="Dates", dates=[{"mkd_date": str(TODAY - timedelta(days=1))}])

	def test_hr_of_a_unit_sends_no_more_than_its_own_people(self):
		hr = officer()
		for unit in (self.unit, new_unit()):
			limit = {"doctype": "User Permission", "user": hr, "allow": "Department", "for_value": unit}
			frappe.get_doc(limit).insert(ignore_permissions=True)
		with acting_as(hr):
			with self.assertRaisesRegex(frappe.PermissionError, "some of the people"):
				frappe.get_doc(written(None)).insert().submit()
			frappe.get_doc(written(self.unit)).insert().submit()

	def test_nobody_sends_himself(self):
		employee = self.member(user_id=self.officer, with_user=False)
		with acting_as(self.officer), self.assertRaises(frappe.PermissionError):
			doc = written(self.unit, share_by="List", people=[{"employee": employee.name}])
			frappe.get_doc(doc).insert().submit()

	def test_what_the_worker_found_is_written_by_nobody_else(self):
		doc = self.circular()
		with acting_as(self.officer):
			stored = frappe.get_doc(COLLECTIVE_DAY, doc.name)
			stored.update({"days_booked": 99, "booked_until": "2030-01-01", "processing": "Ended"})
			stored.save()
		self.assertEqual(
			frappe.db.get_value(COLLECTIVE_DAY, doc.name, ["days_booked", "processing"]), (0, "Up to Date")
		)
