"""The form of an application in a browser: its days, answers and button, as the applicant presses them."""

from mkd_hrms.tests.support.browser_case import BrowserCase
from mkd_hrms.tests.support.http_world import requests_of, stored

NEW = "mkd-request/new"


class FormCase(BrowserCase):
	def form(self, employee, viewport, route=NEW):
		page = self.open(employee.user_id, viewport, route)
		page.locator(".mkd-strip [data-day]").first.wait_for()
		return page

	def day(self, page, day):
		return page.locator(f".mkd-strip [data-day='{day}']")

	def answer_questions(self, page, *answers):
		for field, answer in zip(("has_computer", "has_internet"), answers or ("Yes", "Yes"), strict=False):
			page.locator(f"[data-fieldname='{field}'] .mkd-answers").get_by_text(answer, exact=True).click()

	def reason(self, page, text="Menyusun naskah akademik"):
		page.locator("textarea[data-fieldname='reason']:visible").fill(text)

	def apply(self, page):
		page.locator(".page-actions .primary-action:visible").click()

	def until_applied(self, employee, page):
		page.get_by_text("Waits for the decision of").first.wait_for()
		return stored(requests_of(employee)[-1])
