"""The time zone of the agency: a setting, whatever the site's own (rule T1)."""

import frappe
from frappe.utils import get_datetime

from mkd_hrms.constants import SETTINGS
from mkd_hrms.services.calendar import clock
from mkd_hrms.tests.support.factories import officer
from mkd_hrms.tests.support.frozen import RequestCase
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.world import TODAY

NOON = get_datetime(f"{TODAY} 12:00")


class TestTheTimeZone(RequestCase):
	def setUp(self):
		super().setUp()
		self.addCleanup(frappe.clear_document_cache, SETTINGS, SETTINGS)
		self.addCleanup(self.forget_site)

	def forget_site(self):
		frappe.clear_document_cache("System Settings", "System Settings")
		frappe.local.system_settings = None

	def site_lives_in(self, zone):
		frappe.db.set_single_value("System Settings", "time_zone", zone)
		self.forget_site()

	def hours(self):
		return round((clock.now() - NOON).total_seconds() / 3600, 1)

	def test_it_is_that_of_west_java_whatever_the_site_says(self):
		self.site_lives_in("Asia/Kolkata")
		self.assertEqual(self.hours(), 0)

	def test_an_agency_further_east_says_so_in_the_settings(self):
		for zone, hours in (("Asia/Makassar", 1), ("Asia/Jayapura", 2)):
			frappe.db.set_single_value(SETTINGS, "time_zone", zone)
			self.assertEqual(self.hours(), hours)

	def test_hr_is_told_where_the_site_lives_in_another_one(self):
		with acting_as(officer()):
			settings = frappe.get_doc(SETTINGS)
			settings.run_method("onload")
			self.assertFalse(settings.get_onload("other_zone"))
			self.site_lives_in("Asia/Kolkata")
			settings = frappe.get_doc(SETTINGS)
			settings.run_method("onload")
			self.assertIn("Asia/Kolkata", settings.get_onload("other_zone"))
			frappe.clear_messages()
			settings.save()
			self.assertIn("Asia/Kolkata", str(frappe.get_message_log()))

	def test_another_word_is_refused(self):
		settings = frappe.get_doc(SETTINGS)
		settings.time_zone = "WIB"
		self.assertRaises(frappe.ValidationError, settings.save)
