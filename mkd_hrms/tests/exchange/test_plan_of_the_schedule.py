"""Whoever reads the schedule reads the dates that he asks for, however many years there are of others."""

from datetime import date, timedelta

import frappe
from frappe.tests.utils import FrappeTestCase

from mkd_hrms.constants import DAY, SCHEDULE_READER
from mkd_hrms.services.ledger import schedule
from mkd_hrms.tests.support import many_rows
from mkd_hrms.tests.support.many_rows import scans
from mkd_hrms.tests.support.people import make_user
from mkd_hrms.tests.support.statements import rows_read, statements_of
from mkd_hrms.tests.support.world import COMPANY

UNITS = 20


def on(number):
	return date(2026, 1, 1) + timedelta(days=number % 365)


class TestThePlan(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		# Behind the rollback, because it commits.
		cls.addClassCleanup(cls.show_again)
		super().setUpClass()
		cls.user = make_user(SCHEDULE_READER)
		columns = {"mkd_date": on, "company": lambda number: COMPANY}
		columns["department"] = lambda number: f"Unit {number * 7 // 3 % UNITS}"
		many_rows.hide(DAY, ("Approved", "Worked"), (), **columns)
		# On a site that has kept it for long the database knows what it has.
		frappe.db.sql(f"analyze table `tab{DAY}`")

	@classmethod
	def show_again(cls):
		many_rows.show_again(DAY)
		frappe.db.commit()

	def reading(self, until="2026-03-31", after=None, limit=1000):
		def work():
			asked = schedule.asked(COMPANY, None, "2026-03-01", until)
			self.page = schedule.page(asked, after, limit, self.user)

		return work

	def test_a_month_is_found_by_an_index(self):
		work = self.reading()
		self.assertEqual(scans(work, [f"tab{DAY}"]), [])
		self.assertGreater(len(self.page["rows"]), 300)
		self.assertLess(rows_read(work), 3 * len(self.page["rows"]))

	def test_a_page_reads_no_more_than_its_dates(self):
		work = self.reading(limit=10)
		work()
		self.assertEqual(len(self.page["rows"]), 10)
		self.assertLess(rows_read(work), 100)
		first = self.page
		self.reading(limit=10, after=first["next"])()
		self.assertFalse(
			{str(row) for row in first["rows"]} & {str(row) for row in self.page["rows"]} - {None}
		)

	def test_the_number_of_questions_follows_the_dates_and_not_the_people(self):
		asked = [query for query, _values in statements_of(self.reading()) if f"`tab{DAY}`" in query]
		self.assertEqual(len(asked), 31)
