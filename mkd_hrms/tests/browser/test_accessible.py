"""Nothing of our own keeps somebody from reading or using it: axe-core looks at it at a desk and on a telephone."""

from mkd_hrms.constants import REQUEST
from mkd_hrms.services.standing import refresh
from mkd_hrms.tests.support.accessibility import faults
from mkd_hrms.tests.support.browser_case import DESK, TELEPHONE, needed
from mkd_hrms.tests.support.http_world import (
	absences,
	browser,
	head,
	officer,
	open_house,
	subordinate,
	week,
)
from mkd_hrms.tests.support.request_form_case import FormCase
from mkd_hrms.tests.support.world import COMPANY, UNCLASSIFIED

PANEL = "[data-fieldname='choose_html']"
ANSWERS = "[data-fieldname='has_computer'] .mkd-answers"
BOTH = (DESK, TELEPHONE)
DIALOG = ".modal.show .modal-content"


def setUpModule():
	needed()
	open_house()


class AccessibleCase(FormCase):
	def accessible(self, page, *parts):
		page.wait_for_load_state("networkidle")
		self.assertEqual(faults(page, *parts), [], page.viewport_size)


class TestLooking(AccessibleCase):
	def test_that_a_fault_is_found(self):
		page = self.form(subordinate(), DESK)
		page.evaluate("document.querySelector('.mkd-quick').textContent = ''")
		(found,) = faults(page, PANEL)
		self.assertIn("button-name", found)


class TestOurMarkup(AccessibleCase):
	def test_the_form_of_an_application(self):
		for viewport in BOTH:
			page = self.form(subordinate(absent_on=absences(2)), viewport)
			for day in week():
				self.day(page, day).click()
			if page.locator(".mkd-conditions:not([open])").count():
				page.locator(".mkd-conditions summary").click()
			self.accessible(page, PANEL, ANSWERS, ".mkd-position")

	def test_a_denied_application_and_its_page_of_the_guide(self):
		employee = subordinate(absent_on=absences(3))
		name = self.applied(employee, week()[:1])
		for viewport in BOTH:
			page = self.document(employee.user_id, viewport, REQUEST, name)
			page.get_by_role("tab", name="Decision").click()
			self.accessible(page, "[data-fieldname='decision_html']", ".form-message")
			page.get_by_role("link", name="What you can do: Absence").first.click()
			self.accessible(page, ".mkd-guide")

	def test_our_dialogs(self):
		granted = self.approved(subordinate(), week()[:2])
		unknown = self.applied(subordinate(designation=UNCLASSIFIED), week()[:1])
		for viewport in BOTH:
			for user, name, label in (
				(head().user_id, granted, "Recall to Office"),
				(head().user_id, granted, "Issue Letter"),
				(officer(), unknown, "Decide"),
			):
				page = self.document(user, viewport, REQUEST, name)
				self.press(page, label)
				page.locator(".modal.show .btn-primary:visible").wait_for()
				self.accessible(page, f"{DIALOG} .modal-body")

	def test_the_board(self):
		employee = subordinate()
		self.applied(employee, week()[:1])
		for viewport in BOTH:
			page = self.open(head().user_id, viewport, "mkd-coverage-board")
			page.locator(".mkd-board-table, .mkd-board-list").first.wait_for()
			self.accessible(page, ".mkd-board-bar", ".mkd-board")

	def test_a_home_and_an_employee(self):
		employee = subordinate(absent_on=absences(3))
		refresh.refresh(COMPANY, [employee.name])
		self.applied(employee, week()[:1])
		for viewport in BOTH:
			page = self.open(employee.user_id, viewport, "my-mkd")
			page.locator(".mkd-standing a").first.wait_for()
			# What a block of a workspace holds stands in a document of its own.
			self.accessible(page, ".custom-block-widget-box")
			page = self.document(employee.user_id, viewport, "Employee", employee.name)
			self.accessible(page, ".mkd-overview")

	def test_the_page_that_says_whether_a_letter_holds(self):
		for viewport in BOTH:
			page = self.window(officer(), viewport)
			page.goto(
				f"{browser(officer()).server.url}/api/method/mkd_hrms.api.letter_check?token={'x' * 22}"
			)
			self.accessible(page, "body")
