"""The coverage board on a desk and on a telephone: a superior decides from it, an employee looks at his unit."""

import unittest

import frappe

from mkd_hrms.tests.support.browser_case import DESK, TELEPHONE, BrowserCase, needed
from mkd_hrms.tests.support.http_world import days_of, head, open_house, stored, subordinate, week
from mkd_hrms.tests.support.world import COMPANY, OFFICE, unit

ROUTE = "mkd-coverage-board"
RULE = "MKD Coverage Rule"
# What a thumb hits.
THUMB = 44


def setUpModule():
	needed()
	open_house()
	rule = {"doctype": RULE, "department": unit(OFFICE), "company": COMPANY, "valid_from": "2026-01-01"}
	rule = frappe.get_doc({**rule, "cap_percent": 50, "legal_basis": "SE 150"}).insert(
		ignore_permissions=True
	)
	frappe.db.commit()
	unittest.addModuleCleanup(forget, rule.name)


def forget(rule):
	frappe.db.rollback()
	frappe.delete_doc(RULE, rule, force=True, ignore_permissions=True)
	frappe.db.commit()


class TestBoard(BrowserCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.days = week()
		cls.employees = [subordinate(first_name=name) for name in ("Anisa", "Bayu", "Citra", "Dewi")]

	def later(self, page):
		"""On to the week that is asked for."""
		wanted = frappe.utils.formatdate(self.days[0], "dd-MM-yyyy")
		for _week in range(6):
			if page.locator(f"[aria-label*='{wanted}']").count():
				return
			with page.expect_response(lambda answer: "coverage_board" in answer.url):
				page.get_by_role("button", name="Later").click()
			page.wait_for_timeout(300)
		self.fail("The week does not come.")

	def cell(self, page, employee, day):
		return page.locator(f"td[data-employee='{employee.name}'][data-day='{day}']")

	def room(self, page, day):
		wanted = frappe.utils.formatdate(day, "dd-MM-yyyy")
		return page.locator(f"td.mkd-room[aria-label*='{wanted}'][aria-label^='{unit(OFFICE)}']").inner_text()

	def test_a_superior_at_a_desk_filters_approves_and_sees_the_room_change(self):
		employee = self.employees[0]
		request = self.applied(employee, self.days[:1])
		page = self.open(head().user_id, DESK, ROUTE)
		page.locator(".mkd-board-table").wait_for()
		page.get_by_label("Unit", exact=True).select_option(unit(OFFICE))
		self.later(page)
		cell = self.cell(page, employee, self.days[0])
		self.assertEqual(cell.inner_text(), "…")
		self.assertIn("MKD asked for, not decided", cell.get_attribute("aria-label"))
		before = self.room(page, self.days[0])
		self.picture(page, "desk-before")
		cell.focus()
		page.keyboard.press("Enter")
		page.get_by_role("button", name="Open Request").wait_for()
		page.wait_for_timeout(500)
		self.picture(page, "desk-dialog")
		page.get_by_role("button", name="Approve").click()
		page.locator(
			f"td[data-employee='{employee.name}'][data-day='{self.days[0]}'][data-letter='M']"
		).wait_for()
		after = self.room(page, self.days[0])
		self.picture(page, "desk-after")
		left, most = (int(number) for number in before.split(" of "))
		self.assertEqual(after, f"{left - 1} of {most}" if left > 1 else "■ 0")
		self.assertEqual(stored(request).status, "Approved")
		self.assertEqual(self.problems, [])

	def test_four_weeks_scroll_the_names_stay_and_the_arrow_keys_move(self):
		page = self.open(head().user_id, DESK, ROUTE)
		page.locator(".mkd-board-table").wait_for()
		self.assertEqual(page.locator("th.mkd-today").inner_text().split()[-1], "Today")
		self.picture(page, "desk-this-week")
		page.get_by_label("Weeks").select_option("4")
		page.wait_for_function("document.querySelectorAll('.mkd-board-date').length === 28")
		cells = page.locator("td[data-day][tabindex='0']")
		cells.first.focus()
		first = page.evaluate("document.activeElement.dataset.day")
		page.keyboard.press("ArrowRight")
		page.keyboard.press("ArrowDown")
		focused = page.evaluate("document.activeElement.dataset.day")
		self.assertEqual((focused, cells.count()), (str(frappe.utils.add_days(first, 1)), 1))
		before, after, scrolled = page.evaluate(
			"""() => {
				const box = document.querySelector(".mkd-board-scroll");
				const name = box.querySelector("tbody .mkd-board-name");
				const before = name.getBoundingClientRect().left;
				box.scrollLeft = 500;
				return [before, name.getBoundingClientRect().left, box.scrollLeft];
			}"""
		)
		self.assertGreater(scrolled, 0)
		self.assertAlmostEqual(before, after, delta=2)
		self.picture(page, "desk-four-weeks")

	def test_a_superior_decides_with_a_thumb(self):
		employee = self.employees[1]
		request = self.applied(employee, self.days[1:2])
		page = self.open(head().user_id, TELEPHONE, ROUTE)
		page.locator(".mkd-board-list").wait_for()
		self.later(page)
		page.locator(".mkd-board-strip button").nth(1).click()
		line = page.locator(f"button.mkd-board-line[data-employee='{employee.name}']")
		line.wait_for()
		self.picture(page, "telephone")
		self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), TELEPHONE["width"])
		for target in page.locator(
			".mkd-board-bar .btn, .mkd-board-strip button, button.mkd-board-line"
		).all():
			box = target.bounding_box()
			self.assertGreaterEqual((box["height"], box["width"]), (THUMB, THUMB), target.inner_text())
		line.click()
		page.get_by_label("Reason").fill("Apel pagi")
		page.wait_for_timeout(500)
		self.picture(page, "telephone-dialog")
		page.get_by_role("button", name="Reject").click()
		page.locator(f".mkd-board-line[data-employee='{employee.name}'][data-letter='O']").wait_for()
		self.assertEqual((stored(request).status, stored(request).decision_note), ("Rejected", "Apel pagi"))
		self.assertEqual(self.problems, [])

	def test_an_employee_sees_his_unit_without_what_is_not_his_to_know(self):
		asking, looking = self.employees[2:]
		request = self.applied(asking, self.days[2:3])
		page = self.open(looking.user_id, DESK, ROUTE)
		page.locator(".mkd-board-table").wait_for()
		self.later(page)
		cell = self.cell(page, asking, self.days[2])
		self.assertEqual((cell.inner_text(), cell.get_attribute("data-letter")), ("O", "O"))
		self.assertEqual(page.locator("td[data-opens]").count(), 0)
		self.picture(page, "desk-employee")
		self.assertNotIn("not decided", page.locator(".mkd-board").inner_text())
		self.assertEqual([day.status for day in days_of(request)], ["Pending"])
