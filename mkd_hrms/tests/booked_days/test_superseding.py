"""Leave, trips, training and holidays come before MKD; what gave way does not come back by itself."""

from datetime import timedelta

import frappe
from frappe.desk.query_report import run

from mkd_hrms.constants import REQUEST
from mkd_hrms.overrides.attendance_request import OverlapsMKD, UseMKDRequest
from mkd_hrms.services.booked_days import superseding
from mkd_hrms.services.requests.asked_dates import InvalidDays
from mkd_hrms.tests.support.factories import act, applied, days_of, draft, officer
from mkd_hrms.tests.support.frozen import WEEK, RequestCase
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.world import holiday_list


class SupersedingCase(RequestCase):
	def approved(self, dates, employee=None):
		return act(applied(employee or self.employee, dates), "Approve", self.boss.user_id)

	def leave(self, first, last, submit=True, employee=None, **values):
		doc = frappe.get_doc(
			{
				"doctype": "Leave Application",
				"employee": (employee or self.employee).name,
				"leave_type": unpaid_leave(),
				"from_date": first,
				"to_date": last,
				"leave_approver": self.boss.user_id,
				"status": "Approved" if submit else "Open",
				**values,
			}
		).insert(ignore_permissions=True)
		if submit:
			doc.submit()
		return doc

	def duty(self, reason, first, last, **values):
		return frappe.get_doc(
			{
				"doctype": "Attendance Request",
				"employee": self.employee.name,
				"company": self.employee.company,
				"from_date": first,
				"to_date": last,
				"reason": reason,
				**values,
			}
		)

	def status_by_day(self, request):
		return {day.mkd_date: day.status for day in days_of(request)}


class TestLeave(SupersedingCase):
	def test_approved_leave_frees_its_days_and_their_quota_and_leaves_the_others(self):
		request = self.approved(WEEK[:4])
		leave = self.leave(WEEK[1], WEEK[2])
		found = self.status_by_day(request)
		self.assertEqual([found[day] for day in WEEK[:4]], ["Approved", "Released", "Released", "Approved"])
		self.assertEqual(frappe.db.get_value(REQUEST, request.name, "status"), "Approved")
		row = frappe.get_doc("MKD Day", {"source_name": request.name, "mkd_date": WEEK[1]})
		self.assertEqual((row.superseded_by_doctype, row.superseded_by), ("Leave Application", leave.name))
		self.assertIsNone(row.person)
		self.assertIn(leave.name, row.release_reason)

	def test_leave_over_all_days_closes_the_request(self):
		request, pending = self.approved(WEEK[:1]), applied(self.employee, WEEK[1:2])
		self.leave(WEEK[0], WEEK[1])
		self.assertEqual(frappe.db.get_value(REQUEST, request.name, "status"), "Revoked")
		self.assertEqual(frappe.db.get_value(REQUEST, pending.name, ["status", "docstatus"]), ("Expired", 0))

	def test_half_a_day_of_leave_leaves_the_mkd_day_alone(self):
		request = self.approved(WEEK[:1])
		self.leave(WEEK[0], WEEK[0], half_day=1, half_day_date=WEEK[0])
		self.assertEqual(self.status_by_day(request), {WEEK[0]: "Approved"})

	def test_a_rejected_leave_changes_nothing(self):
		request = self.approved(WEEK[:1])
		doc = self.leave(WEEK[0], WEEK[0], submit=False)
		doc.status = "Rejected"
		doc.submit()
		self.assertEqual(self.status_by_day(request), {WEEK[0]: "Approved"})

	def test_after_a_cancelled_leave_both_are_asked_and_nothing_is_restored(self):
		request = self.approved(WEEK[:2])
		leave = self.leave(WEEK[0], WEEK[0])
		leave.reload()
		leave.cancel()
		self.assertEqual(self.status_by_day(request)[WEEK[0]], "Released")
		asked = frappe.get_all(
			"ToDo",
			filters={"reference_type": REQUEST, "reference_name": request.name, "status": "Open"},
			fields=["allocated_to", "description"],
		)
		self.assertEqual({todo.allocated_to for todo in asked}, {self.employee.user_id, self.boss.user_id})
		self.assertIn(leave.name, asked[0].description)
		# The place in the week is free: the employee may apply again.
		self.assertEqual(applied(self.employee, WEEK[:1]).status, "Pending Approval")

	def test_a_request_over_approved_or_open_leave_is_refused_with_its_dates(self):
		approved, still_open = self.leave(WEEK[0], WEEK[0]), self.leave(WEEK[1], WEEK[1], submit=False)
		for day, leave in ((WEEK[0], approved), (WEEK[1], still_open)):
			with self.assertRaises(InvalidDays) as refused:
				draft(self.employee, [day])
			self.assertIn(leave.name, str(refused.exception))
			self.assertIn(frappe.format(day, "Date"), str(refused.exception))
		self.assertEqual(draft(self.employee, WEEK[2:3]).status, "Draft")


class TestTripsAndTraining(SupersedingCase):
	def test_an_official_duty_frees_the_day(self):
		request = self.approved(WEEK[:2])
		doc = self.duty("On Duty", WEEK[0], WEEK[0]).insert()
		doc.submit()
		self.assertEqual(self.status_by_day(request), {WEEK[0]: "Released", WEEK[1]: "Approved"})

	def test_a_trip_frees_the_days_from_its_departure_to_its_arrival(self):
		request = self.approved(WEEK[:4])
		trip = frappe.get_doc(
			{
				"doctype": "Travel Request",
				"employee": self.employee.name,
				"travel_type": "Domestic",
				"purpose_of_travel": purpose(),
				"itinerary": [
					{"departure_date": f"{WEEK[0]} 08:00:00", "arrival_date": f"{WEEK[0]} 12:00:00"},
					{"departure_date": f"{WEEK[1]} 15:00:00", "arrival_date": f"{WEEK[2]} 09:00:00"},
				],
			}
		).insert(ignore_permissions=True)
		trip.submit()
		states = [self.status_by_day(request)[day] for day in WEEK[:4]]
		self.assertEqual(states, ["Released"] * 3 + ["Approved"])

	def test_training_frees_the_days_of_those_who_take_part(self):
		other = self.person()
		mine, others = self.approved(WEEK[:1]), self.approved(WEEK[:1], other)
		frappe.get_doc(
			{
				"doctype": "Training Event",
				"event_name": frappe.generate_hash(length=8),
				"event_status": "Scheduled",
				"type": "Workshop",
				"location": "Bandung",
				"introduction": "Bimbingan teknis",
				"company": self.employee.company,
				"start_time": f"{WEEK[0]} 08:00:00",
				"end_time": f"{WEEK[0]} 16:00:00",
				"employees": [{"employee": self.employee.name}],
			}
		).insert(ignore_permissions=True).submit()
		self.assertEqual(self.status_by_day(mine), {WEEK[0]: "Released"})
		self.assertEqual(self.status_by_day(others), {WEEK[0]: "Approved"})


class TestHolidays(SupersedingCase):
	def test_a_new_holiday_frees_the_days_of_those_whose_calendar_it_is(self):
		elsewhere = frappe.copy_doc(frappe.get_doc("Holiday List", holiday_list(WEEK[0].year)))
		elsewhere.holiday_list_name = "Libur Lain"
		elsewhere.insert(ignore_permissions=True)
		other = self.person(holiday_list=elsewhere.name)
		mine, others = self.approved(WEEK[:3]), self.approved(WEEK[:3], other)
		doc = frappe.get_doc("Holiday List", holiday_list(WEEK[0].year))
		doc.append("holidays", {"holiday_date": WEEK[1], "description": "Cuti Bersama"})
		doc.save(ignore_permissions=True)
		found = self.status_by_day(mine)
		self.assertEqual([found[day] for day in WEEK[:3]], ["Approved", "Released", "Approved"])
		self.assertEqual(set(self.status_by_day(others).values()), {"Approved"})

	def test_a_week_that_holds_too_much_by_now_is_listed_for_hr_and_left_alone(self):
		request = self.approved(WEEK[:4])
		self.assertEqual(self.listed(), [])
		doc = frappe.get_doc("Holiday List", holiday_list(WEEK[0].year))
		doc.append("holidays", {"holiday_date": WEEK[4], "description": "Cuti Bersama"})
		doc.save(ignore_permissions=True)
		(row,) = self.listed()
		self.assertEqual((row["limit"], row["used"], row["excess"]), (3, 4, 1))
		self.assertEqual((row["week"], row["sources"]), ("2026-W50", request.name))
		self.assertEqual(set(self.status_by_day(request).values()), {"Approved"})

	def listed(self):
		with acting_as(officer()):
			rows = run("MKD Over Limit", {"company": self.employee.company})["result"]
		return [row for row in rows if row["employee"] == self.employee.name]

	def test_only_hr_reads_that_list(self):
		for user in (self.employee.user_id, self.boss.user_id):
			with acting_as(user), self.assertRaises(frappe.PermissionError):
				run("MKD Over Limit", {"company": self.employee.company})

	def test_what_was_a_holiday_before_is_not_looked_at_again(self):
		doc = frappe.get_doc("Holiday List", holiday_list(WEEK[0].year))
		doc.load_doc_before_save()
		self.assertEqual(superseding.holidays_added(doc), [])
		doc.append("holidays", {"holiday_date": WEEK[0] - timedelta(days=60), "description": "Lalu"})
		self.assertEqual(superseding.holidays_added(doc), [])


class TestAttendanceRequest(SupersedingCase):
	def test_work_from_home_is_refused_with_a_pointer_to_the_mkd_request(self):
		with acting_as(self.employee.user_id), self.assertRaises(UseMKDRequest) as refused:
			self.duty("Work From Home", WEEK[0], WEEK[0], explanation="Rapat").insert()
		self.assertIn("/app/mkd-request/new", str(refused.exception))

	def test_where_hr_allows_it_it_needs_an_explanation_and_free_dates(self):
		frappe.db.set_single_value("MKD Settings", "allow_wfh_attendance_request", 1)
		frappe.clear_document_cache("MKD Settings", "MKD Settings")
		self.addCleanup(frappe.clear_document_cache, "MKD Settings", "MKD Settings")
		with self.assertRaises(UseMKDRequest):
			self.duty("Work From Home", WEEK[0], WEEK[0]).insert()
		self.approved(WEEK[:1])
		applied(self.employee, WEEK[2:3])
		for day in (WEEK[0], WEEK[2]):
			with self.assertRaises(OverlapsMKD) as refused:
				self.duty("Work From Home", day, day, explanation="Pengecualian").insert()
			self.assertIn(frappe.format(day, "Date"), str(refused.exception))
		allowed = self.duty("Work From Home", WEEK[1], WEEK[1], explanation="Pengecualian").insert()
		with self.assertRaises(InvalidDays) as refused:
			draft(self.employee, [WEEK[1]])
		self.assertIn(allowed.name, str(refused.exception))

	def test_an_mkd_request_over_official_duty_is_refused_whether_hr_has_approved_it_or_not(self):
		approved, still_open = (self.duty("On Duty", day, day).insert() for day in WEEK[:2])
		approved.submit()
		for day, duty in ((WEEK[0], approved), (WEEK[1], still_open)):
			with self.assertRaises(InvalidDays) as refused:
				draft(self.employee, [day, WEEK[2]])
			self.assertIn(duty.name, str(refused.exception))
			self.assertIn(frappe.format(day, "Date"), str(refused.exception))
		still_open.delete()
		self.assertEqual(draft(self.employee, WEEK[1:3]).status, "Draft")

	def test_official_duty_over_mkd_says_which_days_it_will_take(self):
		request = self.approved(WEEK[:2])
		frappe.clear_messages()
		with acting_as(self.employee.user_id):
			duty = self.duty("On Duty", WEEK[0], WEEK[1], half_day=1, half_day_date=WEEK[1]).insert()
		(said,) = frappe.get_message_log()
		self.assertIn(f"MKD on {frappe.format(WEEK[0], 'Date')} is given back", said["message"])
		self.assertEqual(set(self.status_by_day(request).values()), {"Approved"})
		duty.submit()
		self.assertEqual(self.status_by_day(request), {WEEK[0]: "Released", WEEK[1]: "Approved"})

	def test_whoever_is_employed_otherwise_works_from_home_as_ever(self):
		for employed_as in ("Non-ASN", None):
			self.employee = self.person(employment_type=employed_as)
			self.assertTrue(self.duty("Work From Home", WEEK[0], WEEK[0]).insert().name, employed_as)

	def test_where_no_policy_is_in_force_the_platform_behaves_as_ever(self):
		before = frappe.utils.getdate("2020-01-15")
		self.assertTrue(self.duty("Work From Home", before, before).insert().name)


def unpaid_leave():
	name = "Cuti di Luar Tanggungan"
	if not frappe.db.exists("Leave Type", name):
		frappe.get_doc({"doctype": "Leave Type", "leave_type_name": name, "is_lwp": 1}).insert(
			ignore_permissions=True
		)
	return name


def purpose():
	name = "Koordinasi"
	if not frappe.db.exists("Purpose of Travel", name):
		frappe.get_doc({"doctype": "Purpose of Travel", "purpose_of_travel": name}).insert(
			ignore_permissions=True
		)
	return name
