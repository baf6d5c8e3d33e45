"""The calendar of MKD days as the browser asks for it: who sees whose days, no more than is drawn, and a crowd as a number."""

import json
from datetime import date, timedelta
from time import perf_counter

import frappe

from mkd_hrms.constants import DAY, DAY_REASON, REQUEST
from mkd_hrms.services.ledger.drawn_days import DRAWN
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	act,
	browser,
	head,
	officer,
	open_house,
	subordinate,
	user_with,
	week,
)
from mkd_hrms.tests.support.people import UNLIMITED, store_row
from mkd_hrms.tests.support.world import COMPANY, HOLIDAY, SERVICE_BACK_OFFICE, unit

setUpModule = open_house

METHOD = "/api/method/mkd_hrms.api.days_in_calendar"
# Months in which nobody else has a day.
MARCH = {"start": "2031-02-24", "end": "2031-04-07"}
ON, CROWDED = date(2031, 3, 5), date(2031, 6, 4)
SECRET = "Dipanggil karena sakit"


class TestCalendar(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.away, cls.colleague = subordinate(first_name="Anisa <b>"), subordinate(**UNLIMITED)
		cls.elsewhere = subordinate(department=unit(SERVICE_BACK_OFFICE))
		cls.day = cls.a_day_of(cls.away, status="Suspended")
		cls.a_day_of(cls.elsewhere, status="Worked")
		cls.released = cls.a_day_of(cls.away, status="Released", mkd_date=date(2031, 3, 6))
		reason = {"doctype": DAY_REASON, "name": cls.released, "employee": cls.away.name}
		frappe.get_doc({**reason, "release_reason": SECRET}).db_insert()
		frappe.db.commit()

	@classmethod
	def a_day_of(cls, employee, **values):
		names = {"employee_name": employee.employee_name, "department": employee.department}
		return store_row(DAY, employee.name, **{"mkd_date": ON, "company": COMPANY, **names, **values}).name

	def answer(self, user, filters=(), **window):
		asked = {"doctype": DAY, "filters": json.dumps(filters), "field_map": "{}", **MARCH, **window}
		return browser(user).get(METHOD, **asked)

	def titles(self, user, filters=()):
		answer = self.answer(user, filters)
		self.assertNotIn(SECRET, answer.text)
		return [event["title"] for event in self.ok(answer)]

	def test_an_employee_sees_his_days_and_a_colleague_none_of_them(self):
		self.assertEqual(len(self.titles(self.away.user_id)), 1)
		self.assertEqual(self.titles(self.colleague.user_id), [])

	def test_nothing_but_what_is_drawn(self):
		(event,) = self.ok(self.answer(self.away.user_id))
		drawn = {"start": str(ON), "end": str(ON), "color": "yellow", "name": self.day}
		self.assertEqual(
			event, drawn | {"title": f"{frappe.utils.escape_html(self.away.employee_name)}: Suspended"}
		)

	def test_the_superior_and_hr_see_everybody_and_narrow_it_by_unit(self):
		for user in (head().user_id, officer()):
			with self.subTest(user):
				self.assertEqual(len(self.titles(user)), 2)
				(title,) = self.titles(user, [[DAY, "department", "=", unit(SERVICE_BACK_OFFICE), False]])
				self.assertTrue(title.startswith(self.elsewhere.employee_name))

	def test_days_that_were_given_back_are_shown_to_who_asks_for_them(self):
		(title,) = self.titles(officer(), [[DAY, "status", "=", "Released"]])
		self.assertTrue(title.endswith("Released"))

	def test_a_crowd_is_a_number_on_its_date(self):
		june = {"start": "2031-05-26", "end": "2031-07-07"}
		self.crowd(DRAWN)
		answer = self.answer(officer(), **june)
		self.assertEqual(len(self.ok(answer)), DRAWN)
		self.assertLess(len(answer.content), 300_000)
		self.crowd(1)
		(event,) = self.ok(self.answer(officer(), **june))
		self.assertNotIn("name", event)
		self.assertEqual(
			(event["start"], event["title"]), (str(CROWDED), f"{DRAWN + 1} people with an MKD day")
		)
		# Who sees nobody learns no number either.
		self.assertEqual(self.ok(self.answer(self.colleague.user_id, **june)), [])

	def crowd(self, number):
		columns = ("name", "employee", "employee_name", "mkd_date", "status", "company")
		who = (self.away.name, "Pegawai Dinas Komunikasi", CROWDED, "Worked", COMPANY)
		rows = [(frappe.generate_hash(length=10), *who) for _number in range(number)]
		frappe.db.bulk_insert(DAY, columns, rows)
		frappe.db.commit()

	def test_a_window_that_no_calendar_has_is_refused(self):
		self.refused(self.answer(officer(), end="2031-04-12"), "at most 45 days")

	def test_who_lists_no_days_is_refused(self):
		self.refused(self.answer(user_with("Website Manager")))


class TestCalendarOfRequests(HTTPCase):
	METHOD = "/api/method/mkd_hrms.api.requests_in_calendar"

	def answer(self, user, filters=()):
		days = week()
		window = {"start": days[0] - timedelta(days=7), "end": days[0] + timedelta(days=35)}
		asked = {"doctype": REQUEST, "filters": json.dumps(filters), "field_map": "{}"}
		return browser(user).get(self.METHOD, **asked, **window)

	def drawn(self, user, request, filters=()):
		"""Date and state of what is drawn of a request."""
		events = self.ok(self.answer(user, filters))
		shown = [event for event in events if event.get("name") == request]
		return [(event["start"], event["title"].rpartition(": ")[2], event["color"]) for event in shown]

	def test_each_date_has_the_state_of_its_request(self):
		employee, colleague = subordinate(), subordinate()
		days = [str(day) for day in week()[:2]]
		name = self.applied(employee, week()[:2])
		waits = [(day, "Pending Approval", "orange") for day in days]
		for user in (employee.user_id, head().user_id, officer()):
			self.assertEqual(self.drawn(user, name), waits)
		self.assertEqual(self.drawn(colleague.user_id, name), [])

	def test_what_was_granted_is_drawn_as_the_day_stands_and_not_when_given_back(self):
		employee = subordinate()
		name = self.approved(employee, week()[:2])
		self.ok(
			browser(employee.user_id).call(
				"mkd_hrms.api.withdraw_days", request=name, dates=json.dumps([str(week()[0])])
			)
		)
		self.assertEqual(self.drawn(employee.user_id, name), [(str(week()[1]), "Approved", "green")])

	def test_what_was_withdrawn_is_drawn_for_who_asks_for_it(self):
		employee = subordinate()
		name = self.applied(employee, week()[:1])
		self.ok(act(employee.user_id, name, "Withdraw"))
		self.assertEqual(self.drawn(employee.user_id, name), [])
		asked = [[REQUEST, "status", "=", "Withdrawn"]]
		self.assertEqual(len(self.drawn(employee.user_id, name, asked)), 1)

	def test_a_crowd_is_a_number_on_its_date_and_comes_in_time(self):
		employee = subordinate()
		name = self.applied(employee, week()[:1])
		columns = ("name", "parent", "parenttype", "parentfield", "mkd_date")
		rows = [
			(frappe.generate_hash(length=10), name, REQUEST, "dates", week()[2])
			for _number in range(DRAWN + 1)
		]
		frappe.db.bulk_insert("MKD Request Date", columns, rows)
		frappe.db.commit()
		self.addCleanup(self.forget, [row[0] for row in rows])
		begin = perf_counter()
		answer = self.answer(officer())
		self.assertLess(perf_counter() - begin, 3)
		self.assertLess(len(answer.content), 300_000)
		titles = {event["start"]: event["title"] for event in self.ok(answer)}
		self.assertIn("people with an MKD day", titles[str(week()[0])])
		of_one = self.ok(self.answer(officer(), [[REQUEST, "employee", "=", employee.name]]))
		self.assertIn(
			(str(week()[2]), f"{DRAWN + 1} requests"), [(each["start"], each["title"]) for each in of_one]
		)

	def forget(self, rows):
		frappe.db.delete("MKD Request Date", {"name": ("in", rows)})
		frappe.db.commit()


class TestOwnDaysOff(HTTPCase):
	"""Both calendars show somebody the holidays of his list and his leave, and nobody else's."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.employee, cls.colleague = subordinate(), subordinate()
		leave = {"employee": cls.employee.name, "employee_name": cls.employee.employee_name}
		leave |= {"from_date": week()[0], "to_date": week()[1], "status": "Approved", "docstatus": 1}
		leave |= {"leave_type": "Casual Leave", "company": COMPANY}
		frappe.get_doc({"doctype": "Leave Application", "name": frappe.generate_hash(), **leave}).db_insert()
		frappe.db.commit()

	def off(self, user, method, start, end):
		answer = browser(user).get(f"/api/method/mkd_hrms.api.{method}", start=start, end=end, filters="[]")
		return [(event["start"], event["end"], event["title"]) for event in self.ok(answer) if "off" in event]

	def test_leave_is_drawn_for_its_owner_alone(self):
		span = (week()[0] - timedelta(days=3), week()[0] + timedelta(days=20))
		leave = (str(week()[0]), str(week()[1]), "Leave")
		for method in ("days_in_calendar", "requests_in_calendar"):
			self.assertIn(leave, self.off(self.employee.user_id, method, *span))
			for user in (self.colleague.user_id, head().user_id, officer()):
				self.assertNotIn(leave, self.off(user, method, *span))

	def test_holidays_of_his_own_list_are_drawn(self):
		span = (HOLIDAY - timedelta(days=3), HOLIDAY + timedelta(days=3))
		for method in ("days_in_calendar", "requests_in_calendar"):
			shown = self.off(self.colleague.user_id, method, *span)
			self.assertEqual([entry[:2] for entry in shown], [(str(HOLIDAY), str(HOLIDAY))])
			self.assertEqual(self.off(officer(), method, *span), [])
