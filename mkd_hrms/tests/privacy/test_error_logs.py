"""An error that is logged holds the variables that were in hand, and no position of anybody (rule P4)."""

import frappe
from frappe.tests.utils import FrappeTestCase

LATITUDE, LONGITUDE = -6.914744, 107.609810


class TestErrorLogs(FrappeTestCase):
	def logged(self, **here):
		"""The log of an error that happens while a place is in hand."""
		place, at = (here["latitude"], here["longitude"]), "2026-11-26 08:15:30.123456"
		try:
			raise ValueError(f"{place} at {at} cannot be compared")
		except ValueError as wrong:
			name = frappe.log_error(title=str(wrong)).name
		return frappe.get_doc("Error Log", name)

	def test_of_a_position_only_about_a_kilometre_is_kept_and_a_time_as_it_was(self):
		log = self.logged(
			latitude=LATITUDE, longitude=str(LONGITUDE), geolocation=f"[{LONGITUDE},{LATITUDE}]"
		)
		for text in (log.method, log.error):
			self.assertNotRegex(text, r"6\.914|107\.609")
			self.assertIn("-6.91", text)
			self.assertIn("30.123456", text)

	def test_what_is_no_number_stays(self):
		said = "frappe 15.103.0, 127.000.000.1, MKD-2026-000123, 0.5 %, 12.75"
		log = frappe.log_error("MKD: test", said)
		self.assertEqual(frappe.db.get_value("Error Log", log.name, "error"), said)
