"""What becomes of an application, each by whom it asks: refused by the rules, approved, rejected, reviewed by HR, called back."""

import frappe

from mkd_hrms.constants import GATE_DECISION, REQUEST
from mkd_hrms.tests.support.browser_case import DESK, TELEPHONE, needed
from mkd_hrms.tests.support.http_world import (
	absences,
	days_of,
	head,
	officer,
	open_house,
	requests_of,
	stored,
	subordinate,
	week,
)
from mkd_hrms.tests.support.request_form_case import FormCase
from mkd_hrms.tests.support.world import UNCLASSIFIED


def setUpModule():
	needed()
	open_house()


class TestDenied(FormCase):
	def denied(self, page, employee):
		self.day(page, week()[0]).click()
		self.reason(page)
		self.answer_questions(page)
		self.apply(page)
		page.get_by_text("Denied automatically: Absence").first.wait_for()
		page.wait_for_load_state("networkidle")
		(name,) = requests_of(employee)
		return name

	def test_the_reasons_lead_to_the_page_of_the_condition_and_back(self):
		for viewport in (DESK, TELEPHONE):
			with self.subTest(width=viewport["width"]):
				employee = subordinate(absent_on=absences(3))
				page = self.form(employee, viewport)
				name = self.denied(page, employee)
				self.assertEqual((stored(name).status, days_of(name)), ("Denied", []))
				page.get_by_role("tab", name="Decision").click()
				row = page.locator("[data-fieldname='decision_html'] tr", has_text="PP 94/2021").first
				self.assertIn("Fail", row.inner_text())
				self.fits(page)
				self.picture(page, f"denied-{viewport['width']}")
				row.get_by_role("link", name="What you can do: Absence").click()
				page.locator(".mkd-guide h1", has_text="Absence").wait_for()
				self.assertIn("What counts as evidence", page.locator(".mkd-guide").inner_text())
				self.fits(page)
				self.picture(page, f"denied-guide-{viewport['width']}")
				page.locator(".mkd-guide").get_by_role("link", name="How to object").click()
				page.locator(".mkd-guide h2#object").wait_for()
				page.go_back()
				page.go_back()
				self.shows(page, name)
				self.assertEqual(self.problems, [])

	def test_before_applying_what_stands_in_the_way_has_its_page_too(self):
		page = self.form(subordinate(absent_on=absences(3)), TELEPHONE)
		page.locator(".mkd-conditions-table").get_by_role("link", name="What you can do: Absence").click()
		page.locator(".mkd-guide h1", has_text="Absence").wait_for()
		page.go_back()
		page.locator(".mkd-strip [data-day]:visible").first.wait_for()
		self.assertEqual(self.problems, [])


class TestSuperior(FormCase):
	def test_he_approves_from_the_form(self):
		name = self.applied(subordinate(), week()[:2])
		page = self.document(head().user_id, DESK, REQUEST, name)
		page.get_by_text("Waits for you.").first.wait_for()
		self.choose(page, "Approve")
		self.stands(page, "Approved")
		self.picture(page, "approved")
		self.assertEqual(stored(name).status, "Approved")
		self.assertEqual([day.status for day in days_of(name)], ["Approved", "Approved"])
		self.assertEqual(self.problems, [])

	def test_he_rejects_on_a_telephone_and_says_why(self):
		name = self.applied(subordinate(), week()[:1])
		page = self.document(head().user_id, TELEPHONE, REQUEST, name)
		self.choose(page, "Reject")
		self.picture(page, "reject-telephone")
		self.answer(page, "Reject", note="Rapat pimpinan")
		self.stands(page, "Rejected")
		page.locator(".form-message:visible", has_text="Rapat pimpinan").first.wait_for()
		self.fits(page)
		self.assertEqual((stored(name).status, stored(name).decision_note), ("Rejected", "Rapat pimpinan"))
		self.assertEqual(self.problems, [])

	def test_he_approves_several_from_the_list(self):
		for viewport in (DESK, TELEPHONE):
			with self.subTest(width=viewport["width"]):
				names = [self.applied(subordinate(), week()[:1]) for _each in range(2)]
				left = self.applied(subordinate(), week()[:1])
				page = self.open(head().user_id, viewport, f"List/{REQUEST}/List")
				for name in names:
					row = page.locator(f".list-row-container:has(a[data-name='{name}'])")
					row.locator(".list-row-checkbox:visible").first.check()
				page.wait_for_load_state("networkidle")
				self.picture(page, f"approve-list-{viewport['width']}")
				with page.expect_response(lambda answer: "bulk_workflow_approval" in answer.url):
					self.choose(page, "Approve")
				page.wait_for_load_state("networkidle")
				self.assertEqual([stored(name).status for name in names], ["Approved", "Approved"])
				self.assertEqual(stored(left).status, "Pending Approval")
				self.assertEqual(self.problems, [])


class TestHR(FormCase):
	def test_what_is_not_known_is_decided_in_the_form(self):
		for viewport in (DESK, TELEPHONE):
			with self.subTest(width=viewport["width"]):
				employee = subordinate(designation=UNCLASSIFIED)
				name = self.applied(employee, week()[:1])
				page = self.document(officer(), viewport, REQUEST, name)
				page.get_by_text("Not known: Role.").first.wait_for()
				self.press(page, "Decide")
				self.picture(page, f"review-{viewport['width']}")
				self.answer(page, "Decide", decision="Accepted", reason="Tugasnya menyusun naskah")
				self.stands(page, "Pending Approval")
				values = ("gate", "decision", "reason", "decided_by")
				(decided,) = frappe.get_all(GATE_DECISION, {"employee": employee.name}, values)
				said = ("Role", "Accepted", "Tugasnya menyusun naskah", officer())
				self.assertEqual(tuple(decided[value] for value in values), said)
				self.assertEqual(self.problems, [])


class TestRecall(FormCase):
	def test_a_day_is_called_back_and_the_other_stays(self):
		for viewport in (DESK, TELEPHONE):
			with self.subTest(width=viewport["width"]):
				name = self.approved(subordinate(), week()[:2])
				page = self.document(head().user_id, viewport, REQUEST, name)
				self.press(page, "Recall to Office")
				day = frappe.utils.formatdate(week()[0], "dd-MM-yyyy")
				page.locator(".modal.show label", has_text=day).locator("input").check()
				self.picture(page, f"recall-{viewport['width']}")
				self.answer(page, "Recall to Office", reason="Kunjungan gubernur")
				page.locator(".modal.show").wait_for(state="hidden")
				self.assertEqual([day.status for day in days_of(name)], ["Released", "Approved"])
				self.assertEqual(stored(name).status, "Approved")
				self.assertEqual(self.problems, [])
