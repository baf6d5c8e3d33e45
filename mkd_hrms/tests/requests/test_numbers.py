"""The number of a request after a restore that lost the sequence, or brought back one that lags."""

from functools import partial

import frappe
from frappe.utils import getdate

from mkd_hrms import setup
from mkd_hrms.constants import DAILY_REPORT, REQUEST
from mkd_hrms.services.platform import numbers
from mkd_hrms.tests.support import factories
from mkd_hrms.tests.support.crowd import at_once
from mkd_hrms.tests.support.factories import asked
from mkd_hrms.tests.support.http_world import HTTPCase, browser, open_house, person, requests_of, week
from mkd_hrms.tests.support.people import store_row

setUpModule = open_house
SEQUENCE = "mkd_request_id_seq"


class TestNumbers(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.employee = person()

	def setUp(self):
		self.addCleanup(numbers.mend, REQUEST)
		self.highest = self.number_of(self.apply_for(week()[0]))

	def apply_for(self, *days):
		"""Two calls of the browser, as the form sends them."""
		return self.drafted(self.employee, days)

	def number_of(self, name):
		return int(name.split("-")[3])

	def lose(self):
		frappe.db.sql_ddl(f"drop sequence if exists {SEQUENCE}")

	def set_back(self):
		"""To a number that is used."""
		self.begin_with(self.highest)

	def set_back_to_a_gap(self):
		"""To a number that is free again, far behind the highest that is used."""
		free = self.apply_for(week()[3])
		for _time in range(2):
			self.apply_for(week()[3])
		frappe.delete_doc(REQUEST, free)
		frappe.db.commit()
		self.begin_with(self.number_of(free))

	def begin_with(self, number):
		self.lose()
		frappe.db.sql_ddl(f"create sequence {SEQUENCE} start with {number:d} nocache nocycle")

	def test_an_application_gets_the_next_number_whatever_became_of_the_sequence(self):
		for damage in (self.lose, self.set_back, self.set_back_to_a_gap):
			with self.subTest(damage.__name__):
				damage()
				highest = max(map(self.number_of, requests_of(self.employee)))
				name = self.applied(self.employee, week()[1:2])
				self.assertEqual(self.number_of(name), highest + 1)
				self.ok(browser(self.employee.user_id).call("frappe.client.get", doctype=REQUEST, name=name))
				frappe.db.delete("MKD Day", {"source_name": name})
				frappe.db.commit()

	def test_many_at_once_get_a_number_each(self):
		self.lose()
		doc = asked(self.employee, week()[2:3])
		client = browser(self.employee.user_id)
		answers = at_once([partial(client.insert, doc) for _time in range(6)])
		names = [self.ok(answer.response)["name"] for answer in answers]
		self.assertEqual(len(set(names)), 6)

	def test_a_refused_application_stores_nothing_while_the_sequence_is_mended(self):
		self.lose()
		before = requests_of(self.employee)
		self.refused(browser(self.employee.user_id).insert(asked(self.employee, ["2020-01-06"])))
		self.assertEqual(requests_of(self.employee), before)

	def test_a_daily_report_gets_one_too(self):
		row = store_row(DAILY_REPORT, self.employee.name)
		frappe.rename_doc(DAILY_REPORT, row.name, "MKD-RPT-2024-000812-1", force=True, show_alert=False)
		frappe.db.sql_ddl("drop sequence if exists mkd_daily_report_id_seq")
		self.assertEqual(numbers.next_name(DAILY_REPORT, 2024), "MKD-RPT-2024-000813")

	def test_a_sequence_that_is_ahead_of_the_others_stays_as_it_is(self):
		"""Of two at once the second number may be stored first: the first one is still good."""
		numbers.mend(REQUEST)
		((first,),) = frappe.db.sql(f"select nextval({SEQUENCE})")
		self.apply_for(week()[1])
		frappe.db.rollback()
		self.assertFalse(numbers._lags(REQUEST, f"MKD-REQ-{getdate().year}-{first:05d}", first))

	def test_a_migration_mends_it_as_well(self):
		for damage in (self.lose, self.set_back, self.set_back_to_a_gap):
			damage()
			setup.sync()
			((number,),) = frappe.db.sql(f"select nextval({SEQUENCE})")
			self.assertEqual(number, max(map(self.number_of, requests_of(self.employee))) + 1)

	def test_a_series_that_lags_as_well(self):
		names = frappe.get_all("MKD Performance Record", pluck="name", order_by="name desc")
		series = names[0][: names[0].index("-", len("MKD-PERF-")) + 1]
		highest = max(self.number_of(name) for name in names if name.startswith(series))
		frappe.db.sql("update `tabSeries` set `current` = %s where `name` = %s", (highest - 1, series))
		factories.rate(self.employee.name, "Baik", getdate(f"{getdate().year - 2}-12-31"))
		self.assertEqual(frappe.db.get_value("Series", series, "current", order_by=None), highest + 1)
		# Behind the highest, and the next number is free.
		far = f"{series}{highest + 9:05d}"
		frappe.rename_doc("MKD Performance Record", names[0], far, force=True, show_alert=False)
		factories.rate(self.employee.name, "Baik", getdate(f"{getdate().year - 3}-12-31"))
		self.assertEqual(frappe.db.get_value("Series", series, "current", order_by=None), highest + 10)
		highest += 9
		frappe.db.delete("Series", {"name": series})
		setup.sync()
		self.assertEqual(frappe.db.get_value("Series", series, "current", order_by=None), highest + 1)
