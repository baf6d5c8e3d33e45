"""The other views of a list, and the connections of a form, as people see them at a desk and on a telephone."""

import frappe
from frappe.utils import formatdate

from mkd_hrms.constants import DAY, REQUEST
from mkd_hrms.tests.support.browser_case import DESK, TELEPHONE, BrowserCase, needed
from mkd_hrms.tests.support.http_world import head, open_house, subordinate, user_with, week


def setUpModule():
	needed()
	open_house()


class TestGantt(BrowserCase):
	def bars(self, page):
		page.locator(".gantt .bar-wrapper").first.wait_for()
		page.wait_for_load_state("networkidle")
		return page.locator(".gantt .bar-label").all_text_contents()

	def test_each_sees_the_requests_of_his_list_as_bars(self):
		employee, colleague = subordinate(first_name="Endang"), subordinate(first_name="Fitri")
		name = self.applied(employee, week()[:3])
		self.applied(colleague, week()[1:2])
		for viewport in (DESK, TELEPHONE):
			page = self.open(employee.user_id, viewport, "mkd-request/view/gantt")
			self.assertEqual(self.bars(page), [f"{employee.employee_name}: Pending Approval"])
			page.locator(".gantt .bar-wrapper").first.click(force=True)
			popup = page.locator(".popup-wrapper")
			first, last = (formatdate(day, "dd-MM-yyyy") for day in (week()[0], week()[2]))
			popup.get_by_text(f"{first} \u2013 {last}").wait_for()
			self.assertIn(employee.department, popup.inner_text())
			self.picture(page, f"gantt-{viewport['width']}")
			popup.get_by_role("link").click()
			page.wait_for_url(f"**/{name}")
			self.assertEqual(self.problems, [])
		page = self.open(head().user_id, DESK, "mkd-request/view/gantt")
		names = {f"{each.employee_name}: Pending Approval" for each in (employee, colleague)}
		self.assertLessEqual(names, set(self.bars(page)))
		self.picture(page, "gantt-superior")

	def test_nobody_moves_a_bar(self):
		employee = subordinate()
		name = self.drafted(employee, week()[:2])
		page = self.open(employee.user_id, DESK, "mkd-request/view/gantt")
		self.bars(page)
		bar = page.locator(".gantt .bar-wrapper .bar").first
		bar.scroll_into_view_if_needed()
		before = bar.bounding_box()
		x, y = before["x"] + before["width"] / 2, before["y"] + before["height"] / 2
		page.mouse.move(x, y)
		page.mouse.down()
		page.mouse.move(x + 120, y, steps=5)
		page.mouse.up()
		page.wait_for_timeout(1000)
		self.assertAlmostEqual(bar.bounding_box()["x"], before["x"], delta=2)
		frappe.db.rollback()
		self.assertEqual(frappe.db.get_value(REQUEST, name, "from_date"), week()[0])

	def test_the_calendar_still_draws_after_gantt(self):
		employee = subordinate()
		self.approved(employee, week()[:1])
		page = self.open(employee.user_id, DESK, "mkd-day/view/gantt")
		self.assertEqual(self.bars(page), [f"{employee.employee_name}: Approved"])
		self.picture(page, "gantt-days")
		page.evaluate("frappe.set_route('List', 'MKD Day', 'Calendar', 'default')")
		page.locator(".fc-view-container:visible").wait_for()
		if not page.locator(f"td[data-date='{week()[0]}']:visible").count():
			page.locator(".fc-next-button:visible").click()
		page.locator(".fc-event", has_text="Approved").first.wait_for()
		self.assertEqual(self.problems, [])


class TestConnections(BrowserCase):
	def test_a_request_leads_to_its_days(self):
		employee = subordinate()
		name = self.approved(employee, week()[:2])
		for viewport in (DESK, TELEPHONE):
			page = self.open(employee.user_id, viewport, f"mkd-request/{name}")
			link = page.locator(f".form-links .document-link[data-doctype='{DAY}']")
			page.locator(".form-tabs").get_by_text("Connections").click()
			link.locator(".count:not(.hidden)").wait_for()
			self.assertEqual(link.locator(".count").inner_text(), "2")
			self.assertEqual(page.locator(".form-links .btn-new:visible").count(), 0)
			self.picture(page, f"connections-{viewport['width']}")
			link.locator(".badge-link").click()
			page.wait_for_url("**/mkd-day**")
			page.locator(".list-row .list-subject a:visible").first.wait_for()
			self.assertEqual(page.locator(".list-row .list-subject a:visible").count(), 2)
			self.assertEqual(self.problems, [])

	def test_on_the_form_of_another_employee_no_record_is_begun(self):
		employee = subordinate()
		page = self.open(head().user_id, DESK, f"employee/{employee.name}")
		page.locator(f".document-link[data-doctype='{REQUEST}']").first.wait_for(state="attached")
		page.wait_for_load_state("networkidle")
		self.assertEqual(page.locator(f".btn-new[data-doctype='{REQUEST}']:not(.hidden)").count(), 0)
		hr = user_with("HR Manager", "HR User")
		page = self.open(hr, DESK, f"employee/{employee.name}")
		page.locator(f".btn-new[data-doctype='{REQUEST}']:not(.hidden)").first.wait_for(state="attached")


class TestMenuOfAForm(BrowserCase):
	def offered(self, user, name):
		page = self.open(user, DESK, f"mkd-request/{name}")
		page.wait_for_function(f"window.cur_frm?.doc.name === '{name}' && !cur_frm.is_new()")
		page.wait_for_load_state("networkidle")
		items = page.locator(".menu-btn-group .dropdown-menu .menu-item-label:visible")
		page.locator(".menu-btn-group button:visible").first.click()
		items.first.wait_for()
		self.assertEqual(self.problems, [])
		return {text.strip() for text in items.all_inner_texts()}

	def test_only_a_draft_is_deleted_and_only_what_is_his_own_copied(self):
		employee, own_draft = subordinate(), subordinate()
		waits, draft = self.applied(employee, week()[:1]), self.drafted(own_draft, week()[:1])
		for user, name, kept in (
			(employee.user_id, waits, {"Duplicate"}),
			(own_draft.user_id, draft, {"Duplicate", "Delete"}),
			(head().user_id, waits, set()),
			(user_with("HR Manager"), waits, {"Duplicate"}),
		):
			offered = self.offered(user, name)
			self.assertEqual(offered & {"Delete", "Duplicate"}, kept, (user, name))
			self.assertIn("Reload", offered)


class TestHomeScreen(BrowserCase):
	def manifest(self, user):
		page = self.open(user, TELEPHONE, "my-mkd")
		page.wait_for_function("window.frappe?.boot?.user && document.body.dataset.ajaxState")
		page.wait_for_load_state("networkidle")
		return page.context.new_cdp_session(page).send("Page.getAppManifest")

	def test_an_employee_may_put_mkd_on_his_home_screen(self):
		told = self.manifest(subordinate().user_id)
		self.assertEqual(told["errors"], [])
		self.assertTrue(told["url"].endswith("/assets/mkd_hrms/manifest.json"), told["url"])
		self.assertEqual(frappe.parse_json(told["data"])["start_url"], "/app/my-mkd")

	def test_who_is_no_employee_is_offered_nothing(self):
		self.assertFalse(self.manifest(user_with("HR Manager")).get("data"))
