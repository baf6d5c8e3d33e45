"""What an Indonesian reads: the platform's buttons and fields as the platform says them, and our words where they are ours."""

import frappe

from mkd_hrms.tests.support.browser_case import DESK, BrowserCase, needed
from mkd_hrms.tests.support.http_world import open_house, subordinate

FORMAT = "parents => parents.map((parent) => frappe.format('Missing', { fieldtype: 'Select', parent }))"


def setUpModule():
	needed()
	open_house()


class TestWords(BrowserCase):
	def test_each_word_reads_as_the_app_says_it_whose_form_it_stands_in(self):
		user = subordinate().user_id
		frappe.db.set_value("User", user, "language", "id")
		frappe.clear_document_cache("User", user)
		frappe.db.commit()
		page = self.open(user, DESK, "mkd-request/new")
		page.locator(".mkd-strip [data-day]").first.wait_for()
		button = page.locator(".page-actions .primary-action:visible")
		self.assertEqual(button.inner_text().strip(), "Ajukan")
		theirs = page.evaluate("words => words.map((word) => __(word))", ["Apply", "Dismiss", "Condition"])
		self.assertEqual(theirs, ["Terapkan", "Memberhentikan", "Kondisi"])
		shown = page.evaluate(FORMAT, ["MKD Daily Report", "Stock Reconciliation"])
		self.assertEqual(shown, ["Tidak Ada", "Hilang"])
		self.assertEqual(self.problems, [])
