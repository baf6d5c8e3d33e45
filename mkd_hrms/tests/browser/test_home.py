"""The home of an employee and of a superior, the search bar, and what a list offers for what is ticked."""

from mkd_hrms.constants import LETTER, REQUEST
from mkd_hrms.services.standing import refresh
from mkd_hrms.tests.support.browser_case import DESK, TELEPHONE, BrowserCase, needed
from mkd_hrms.tests.support.http_world import head, open_house, subordinate, user_with, week
from mkd_hrms.tests.support.world import COMPANY


def setUpModule():
	needed()
	open_house()


class TestHome(BrowserCase):
	def test_an_employee_reads_his_standing_and_goes_to_what_is_his(self):
		employee = subordinate()
		refresh.refresh(COMPANY, [employee.name])
		name = self.applied(employee, week()[:1])
		for viewport in (DESK, TELEPHONE):
			page = self.open(employee.user_id, viewport, "my-mkd")
			said = page.locator(".mkd-standing p")
			said.wait_for()
			self.assertIn("You may work away", said.inner_text())
			self.picture(page, f"home-own-{viewport['width']}")
			self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), viewport["width"])
			page.locator(".mkd-standing a", has_text="My requests").click()
			page.locator(f".list-row-container a[data-name='{name}']:visible").first.wait_for()
		self.assertEqual(self.problems, [])

	def test_a_card_of_the_superior_leads_to_what_waits_for_him(self):
		employee, others = subordinate(), subordinate()
		name, decided = self.applied(employee, week()[:1]), self.approved(others, week()[:1])
		page = self.open(head().user_id, DESK, "my-team")
		card = page.locator(".number-widget-box", has_text="Requests for You to Decide")
		card.locator(".number").wait_for()
		self.picture(page, "home-team")
		card.locator(".widget-body").click()
		page.locator(f".list-row-container a[data-name='{name}']:visible").first.wait_for()
		self.assertEqual(page.locator(f".list-row-container a[data-name='{decided}']").count(), 0)

	def test_everyday_words_lead_to_mkd(self):
		employee = subordinate()
		page = self.open(employee.user_id, DESK, "my-mkd")
		for word, said in (
			("WFH", "WFH: apply"),
			("work from h", "Work from home: apply"),
			("kerja dari rumah", "Kerja dari rumah: apply"),
			("wfa", "WFA: apply"),
		):
			page.locator("#navbar-search").fill(word)
			page.locator(".awesomplete li", has_text=said).first.wait_for()
		page.locator(".awesomplete li", has_text="WFA: who is where").click()
		page.locator(".mkd-board-strip, .mkd-board").first.wait_for(state="attached")


class TestLists(BrowserCase):
	def offered(self, page, name):
		"""What the menu offers for one document that is ticked."""
		row = page.locator(f".list-row-container:has(a[data-name='{name}'])")
		row.first.wait_for()
		page.wait_for_load_state("networkidle")
		row.locator(".list-row-checkbox:visible").first.click()
		menu = page.locator(".actions-btn-group:visible > button")
		menu.wait_for()
		page.wait_for_load_state("networkidle")
		page.wait_for_timeout(1000)
		menu.click()
		self.picture(page, "home-list")
		return [text.strip() for text in page.locator(".actions-btn-group li:visible").all_inner_texts()]

	def test_only_what_the_server_does_is_offered(self):
		employee = subordinate()
		name = self.applied(employee, week()[:1])
		page = self.open(employee.user_id, DESK, f"List/{REQUEST}/List")
		offered = self.offered(page, name)
		self.assertIn("Withdraw", offered)
		self.assertFalse({"Approve", "Reject", "Delete", "Submit", "Export"} & {*offered}, offered)
		page = self.open(head().user_id, DESK, f"List/{REQUEST}/List")
		offered = self.offered(page, name)
		self.assertLessEqual({"Approve", "Reject"}, {*offered})
		self.assertFalse({"Withdraw", "Export"} & {*offered}, offered)

	def test_edit_is_offered_to_who_writes_and_not_where_each_is_written_alone(self):
		hr, rules = user_with("HR Manager", "Employee"), "MKD Coverage Rule"
		for user, doctype, offered in (
			(hr, rules, True),
			(hr, LETTER, False),
			(head().user_id, rules, False),
		):
			page = self.open(user, DESK, f"List/{doctype}/List")
			page.wait_for_function(f"window.cur_list?.doctype === '{doctype}' && cur_list.columns")
			labels = page.evaluate("cur_list.get_actions_menu_items().map((item) => item.label)")
			self.assertEqual("Edit" in labels, offered, (user, doctype))
			self.assertNotIn("Apply Assignment Rule", labels)


class TestCalendar(BrowserCase):
	def test_a_request_stands_on_its_date(self):
		employee = subordinate()
		self.applied(employee, week()[:1])
		page = self.open(employee.user_id, DESK, "mkd-request/view/calendar/default")
		day = page.locator(f"td[data-date='{week()[0]}']")
		page.locator(".fc-view-container").wait_for()
		# What is pressed before the first month has come is forgotten.
		page.wait_for_load_state("networkidle")
		if not day.count():
			page.locator(".fc-next-button").click()
		page.locator(".fc-event", has_text="Pending Approval").first.wait_for()
		self.picture(page, "home-calendar")
		self.assertEqual(self.problems, [])
