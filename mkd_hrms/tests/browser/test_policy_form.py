"""The forms that say what a decision rests on, as people see them: a policy, a standing, an objection, and the dialog to classify."""

from datetime import timedelta

import frappe
from frappe.utils import formatdate, getdate

from mkd_hrms.constants import ELIGIBILITY, OBJECTION, POLICY
from mkd_hrms.services.standing import refresh
from mkd_hrms.tests.support.browser_case import DESK, TELEPHONE, BrowserCase, needed
from mkd_hrms.tests.support.http_world import absences, open_house, subordinate, user_with, week
from mkd_hrms.tests.support.world import COMPANY, UNCLASSIFIED

GATES = 18
# What a form must not be wider than.
WIDTH = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def setUpModule():
	needed()
	open_house()


class FormCase(BrowserCase):
	def in_indonesian(self, user):
		frappe.db.set_value("User", user, "language", "id")
		frappe.clear_cache(user=user)
		frappe.db.commit()
		return user

	def fits(self, page, name, shown=None):
		if shown:
			shown.scroll_into_view_if_needed()
		self.picture(page, name)
		self.assertTrue(page.evaluate(WIDTH), f"{name} is wider than its window")
		self.assertEqual(self.problems, [])


class TestThePolicy(FormCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		in_force = {"docstatus": 1, "company": ("is", "not set")}
		cls.name = frappe.get_all(POLICY, in_force, pluck="name", order_by="effective_from")[-1]
		cls.officer = user_with("HR Manager", "MKD Officer")

	def test_unit_clause_and_meaning_stand_beside_each_number_and_a_sentence_beside_each_gate(self):
		for viewport, name in ((DESK, "desk"), (TELEPHONE, "telephone")):
			page = self.open(self.officer, viewport, f"mkd-policy/{self.name}")
			page.get_by_role("tab", name="Conditions").click()
			page.locator("[data-fieldname=gates_html] tr").first.wait_for()
			self.assertEqual(page.locator("[data-fieldname=gates_html] tr").count(), GATES)
			beside = page.locator("[data-fieldname=absence_fails_at] .help-box").inner_text()
			self.assertIn("Unit: days", beside)
			self.assertIn("PP 94/2021", beside)
			self.fits(page, f"policy-conditions-{name}")
			page.get_by_role("tab", name="Quota").click()
			page.locator("[data-fieldname=weekly_limit] .mkd-clause").wait_for()
			self.fits(page, f"policy-quota-{name}")

	def test_the_form_leads_from_the_next_version_to_its_submission(self):
		page = self.open(self.officer, DESK, f"mkd-policy/{self.name}")
		page.get_by_role("button", name="Next Version").click()
		begins = getdate() + timedelta(days=90)
		page.locator(".modal.show [data-fieldname=effective_from] input").fill(
			formatdate(begins, "dd-MM-yyyy")
		)
		page.keyboard.press("Escape")
		page.locator(".modal.show .btn-modal-primary").click()
		steps = page.locator(".form-message li")
		steps.first.wait_for()
		self.assertIn("Next Step", steps.nth(0).inner_text())
		self.addCleanup(self.forget, begins)
		basis = page.evaluate("cur_frm.doc.legal_basis")
		self.assertEqual(basis, frappe.db.get_value(POLICY, self.name, "legal_basis"))
		page.locator("button.primary-action[data-label=Save]:visible, .primary-action:visible").first.click()
		page.get_by_role("button", name="Show Impact").wait_for()
		self.assertIn("Next Step", steps.nth(1).inner_text())
		self.fits(page, "policy-draft-desk")
		page.get_by_role("button", name="Show Impact").click()
		page.wait_for_url("**/query-report/**")
		page.go_back()
		page.locator(".form-message li").nth(2).get_by_text("Next Step").wait_for()
		self.picture(page, "policy-draft-looked-at")
		self.assertEqual(self.problems, [])

	def test_the_next_version_is_written_in_the_words_of_the_reader(self):
		user = user_with("HR Manager", "MKD Officer")
		frappe.db.set_value("User", user, "language", "id")
		frappe.clear_cache(user=user)
		frappe.db.commit()
		page = self.open(user, DESK, f"mkd-policy/{self.name}")
		page.get_by_role("button", name="Versi Berikutnya").click()
		begins = formatdate(getdate() + timedelta(days=90), "dd-MM-yyyy")
		page.locator(".modal.show [data-fieldname=effective_from] input").fill(begins)
		page.keyboard.press("Escape")
		page.locator(".modal.show .btn-modal-primary").click()
		page.wait_for_function("cur_frm.is_new() && cur_frm.doc.effective_from")
		self.assertIn("naskahnya belum diperoleh", page.evaluate("cur_frm.doc.legal_basis"))

	def forget(self, begins):
		frappe.db.rollback()
		for name in frappe.get_all(POLICY, {"effective_from": begins, "docstatus": 0}, pluck="name"):
			frappe.delete_doc(POLICY, name, force=True)
		frappe.db.commit()

	def test_whoever_only_reads_is_offered_no_step(self):
		page = self.open(user_with("HR User"), DESK, f"mkd-policy/{self.name}")
		page.locator(".form-message").first.wait_for()
		self.assertEqual(page.get_by_role("button", name="Next Version").count(), 0)
		self.assertNotIn("Next Version", page.locator(".form-message").first.inner_text())


class TestWhatWasFound(FormCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.employee = subordinate(absent_on=absences(3))
		refresh.refresh(COMPANY, [cls.employee.name])
		frappe.db.commit()
		cls.request = cls().applied(cls.employee, week()[:1])

	def test_his_standing_is_a_table_and_no_json(self):
		user = self.in_indonesian(self.employee.user_id)
		for viewport, name in ((DESK, "desk"), (TELEPHONE, "telephone")):
			page = self.open(user, viewport, f"mkd-eligibility/{self.employee.name}")
			rows = page.locator(".mkd-findings tbody tr")
			rows.first.wait_for()
			self.assertGreater(rows.count(), 10)
			self.assertIn("PP 94/2021", rows.first.inner_text())
			self.fits(page, f"standing-{name}", rows.nth(2))

	def test_an_objection_shows_what_it_contests_before_it_is_saved(self):
		user = self.in_indonesian(self.employee.user_id)
		against = f"against_doctype=MKD+Request&against_name={self.request}&employee={self.employee.name}"
		for viewport, name in ((DESK, "desk"), (TELEPHONE, "telephone")):
			page = self.open(user, viewport, f"mkd-objection/new?{against}")
			shown = page.locator("[data-fieldname=contested_html]")
			shown.get_by_text(self.request).wait_for()
			self.assertIn("PP 94/2021", shown.inner_text())
			self.fits(page, f"objection-{name}")
		self.assertFalse(frappe.db.exists(OBJECTION, {"against_name": self.request}))
		self.assertTrue(frappe.db.exists(ELIGIBILITY, self.employee.name))


class TestClassifying(FormCase):
	def test_the_verdict_follows_from_the_five_criteria(self):
		subordinate(designation=UNCLASSIFIED)
		hr = user_with("HR Manager", "MKD Officer")
		page = self.open(hr, DESK, "query-report/MKD Unclassified Roles")
		page.locator(".dt-cell--col-0 input[type=checkbox]").first.check()
		page.get_by_role("button", name="Classify").click()
		dialog = page.locator(".modal.show")
		verdict = dialog.locator("[data-fieldname=verdict_html]")
		verdict.get_by_text("Verdict: Not Suitable").wait_for()
		boxes = dialog.locator("input[type=checkbox]:visible")
		self.assertEqual(boxes.count(), 6)
		for number in range(5):
			boxes.nth(number).check()
		verdict.get_by_text("Verdict: Suitable").wait_for()
		self.fits(page, "classify-desk")
		page.set_viewport_size(TELEPHONE)
		self.fits(page, "classify-telephone", verdict)
