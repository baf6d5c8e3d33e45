"""The calendar of MKD days as the browser asks for it: who sees whose days, no more than is drawn, and a crowd as a number."""

import json
from datetime import date

import frappe

from mkd_hrms.constants import DAY, DAY_REASON
from mkd_hrms.services.ledger.drawn_days import DRAWN
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	browser,
	head,
	officer,
	open_house,
	subordinate,
	user_with,
)
from mkd_hrms.tests.support.people import UNLIMITED, store_row
from mkd_hrms.tests.support.world import COMPANY, SERVICE_BACK_OFFICE, unit

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
