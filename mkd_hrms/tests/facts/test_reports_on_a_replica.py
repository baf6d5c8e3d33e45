"""Reports are read where nothing can be written, and ask the site's own database nothing: a replica is enough for them."""

from contextlib import contextmanager
from datetime import timedelta

import frappe
from frappe.desk import query_report

from mkd_hrms.constants import IMPACT, MODULE
from mkd_hrms.facts.database.site import another_connection
from mkd_hrms.services.impact import cached
from mkd_hrms.tests.policies.test_policy_impact import STRICTER, ImpactCase
from mkd_hrms.tests.support.factories import working_days_before
from mkd_hrms.tests.support.people import acting_as, make_user
from mkd_hrms.tests.support.world import COMPANY, TODAY


class TestReportsOnAReplica(ImpactCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.reader = make_user("HR Manager", "HR User", "MKD Officer", "Employee")
		frappe.db.commit()

	def setUp(self):
		super().setUp()
		self.person(absent_on=working_days_before(TODAY, 2), employment_type="CPNS")
		self.policy = self.draft(**STRICTER)
		# A replica has only what is committed.
		frappe.db.commit()
		self.addCleanup(frappe.db.commit)
		self.addCleanup(self.policy.delete)

	def filters(self):
		"""What each of our reports needs to be asked; one that is new is asked without anything."""
		# Of a site that holds a sample agency, too, a year is more than a page shows.
		since = TODAY - timedelta(days=7)
		period = {"from_date": str(since), "to_date": str(TODAY), "company": COMPANY}
		names = frappe.get_all("Report", {"module": MODULE}, pluck="name")
		found = {name: {"company": COMPANY} for name in names}
		return found | {IMPACT: {"policy": self.policy.name}, "MKD Shift Attendance": period}

	def test_every_report_tells_there_what_it_tells_here(self):
		told = {}
		for name, filters in self.filters().items():
			with self.subTest(name), acting_as(self.reader):
				here = query_report.run(name, filters=dict(filters))["result"]
				with replica() as primary:
					there = query_report.run(name, filters=dict(filters))["result"]
					self.assertEqual(primary(), 0)
				self.assertEqual(there, here)
				told[name] = len(here)
		self.assertGreaterEqual(len(told), 5)
		self.assertGreater(told[IMPACT], 0)

	def test_a_worker_compares_policies_for_the_report_where_it_may_write_nothing(self):
		with acting_as(self.reader), replica() as primary:
			cached.compare_in_background(self.policy.name, COMPANY)
			self.assertEqual(primary(), 0)

	def test_what_writes_is_refused_there(self):
		with replica(), self.assertRaises(frappe.InReadOnlyMode):
			frappe.db.set_value("User", "Guest", "bio", "written")


@contextmanager
def replica():
	"""Another connection instead of the site's own one, which may only read: as Frappe puts one in its place.

	Yields how many statements the site's own one has run meanwhile.
	"""
	primary = frappe.local.db
	with another_connection() as connection:
		connection.sql("set session transaction read only")
		frappe.local.db = connection
		before = statements(primary)
		try:
			# The question itself is one of them.
			yield lambda: statements(primary) - before - 1
		finally:
			frappe.local.db = primary


def statements(connection):
	((_name, count),) = connection.sql("show session status like 'Questions'")
	return int(count)
