"""Screens as somebody sees them who uses the Desk in Indonesian: no English word of ours, nothing cut off, nothing twice."""

import frappe

from mkd_hrms.constants import DAILY_REPORT, LETTER, REQUEST
from mkd_hrms.tests.support.browser_case import DESK, TELEPHONE, BrowserCase, needed
from mkd_hrms.tests.support.http_world import (
	browser,
	head,
	officer,
	open_house,
	subordinate,
	week,
)

CUT = "titles => titles.filter((title) => title.scrollWidth > title.clientWidth).map((title) => title.innerText)"


def setUpModule():
	needed()
	open_house()


class TestIndonesian(BrowserCase):
	def speaking(self, user):
		"""The user, who reads Indonesian from now on."""
		frappe.db.set_value("User", user, "language", "id")
		frappe.clear_cache(user=user)
		frappe.db.commit()
		return user

	def shown(self, page, field):
		return page.locator(f"[data-fieldname='{field}'] .control-value:visible").first.inner_text()

	def test_a_choice_that_is_only_shown_is_said_in_the_words_of_its_doctype(self):
		employee = subordinate()
		request = self.approved(employee, week()[:1])
		values = {"doctype": REQUEST, "name": request, "kind": "Permit", "number": f"810/{request}"}
		self.ok(browser(officer()).call("mkd_hrms.api.issue_letter", **values))
		letter = frappe.db.get_value(LETTER, {"reference_name": request})
		page = self.document(self.speaking(employee.user_id), DESK, LETTER, letter)
		self.assertEqual([self.shown(page, name) for name in ("kind", "status")], ["Surat Izin", "Berlaku"])
		script = "([doctype, status]) => frappe.model.with_doctype(doctype).then(() => frappe.format(status, frappe.meta.get_docfield(doctype, 'status')))"
		told = page.evaluate(script, [DAILY_REPORT, "Verified"])
		self.assertEqual(told, "Diverifikasi")

	def test_an_answer_that_is_only_read_stands_there_once(self):
		request = self.applied(subordinate(), week()[:1])
		page = self.document(self.speaking(head().user_id), DESK, REQUEST, request)
		for name in ("has_computer", "has_internet"):
			with self.subTest(name):
				self.assertEqual(self.shown(page, name), "Ya")
				self.assertEqual(page.locator(f"[data-fieldname='{name}'] select:visible").count(), 0)

	def test_his_own_application_does_not_ask_whose_it_is(self):
		employee = subordinate()
		for viewport in (DESK, TELEPHONE):
			with self.subTest(width=viewport["width"]):
				page = self.open(self.speaking(employee.user_id), viewport, "mkd-request/new")
				page.locator(".mkd-strip [data-day]").first.wait_for()
				page.locator(".mkd-conditions summary", has_text="Syarat").wait_for()
				page.locator("[data-fieldname='employee_section']").wait_for(state="hidden")
				self.assertIn("Permohonan MKD Baru", page.title())
				self.assertNotIn("Newton", page.locator("[data-fieldname='work_plan']").inner_text())
				self.assertEqual(self.problems, [])

	def test_what_waits_for_a_superior_can_be_read_to_its_end(self):
		subordinate()
		page = self.open(self.speaking(head().user_id), DESK, "my-team")
		titles = page.locator(".number-widget-box .widget-title .ellipsis")
		titles.nth(3).wait_for()
		self.assertEqual(titles.evaluate_all(CUT), [])

	def test_the_recap_that_is_offered_is_of_a_month_that_is_over(self):
		page = self.open(self.speaking(officer()), DESK, "query-report/MKD Monthly Recap")
		page.locator(".page-actions:visible button", has_text="Terbitkan Rekap").click()
		page.wait_for_function("window.cur_dialog?.get_value('month')")
		last = frappe.utils.get_first_day(frappe.utils.nowdate(), d_months=-1)
		self.assertEqual(page.evaluate("cur_dialog.get_value('month')"), str(last))

	def test_roles_are_classified_by_position_or_unit(self):
		page = self.open(self.speaking(officer()), DESK, "query-report/MKD Unclassified Roles")
		asked = page.locator("select[data-fieldname='reference_doctype']:visible")
		asked.wait_for()
		self.assertEqual(
			[option.strip() for option in asked.locator("option").all_inner_texts()],
			["Jabatan", "Unit Kerja"],
		)
