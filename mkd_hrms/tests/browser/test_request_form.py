"""The application in a browser, as the applicant: how few clicks it takes, at a desk and with a thumb, and what it says before.

Frappe HR's own Leave Application on the same site is the measure.
"""

import re

import frappe

from mkd_hrms.constants import REQUEST
from mkd_hrms.services.standing import refresh
from mkd_hrms.tests.support.browser_case import DESK, TELEPHONE, needed
from mkd_hrms.tests.support.http_world import (
	browser,
	days_of,
	head,
	open_house,
	requests_of,
	stored,
	subordinate,
	week,
)
from mkd_hrms.tests.support.request_form_case import NEW, FormCase
from mkd_hrms.tests.support.world import COMPANY

METHOD = "mkd_hrms.api.before_applying"
LEAVE_TYPE = "Cuti Tanpa Gaji"
# What a thumb hits.
THUMB = 44
COUNTER = """
	document.addEventListener("click", (event) => {
		if (!event.isTrusted) return;
		sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1;
	}, true);
"""


def setUpModule():
	needed()
	open_house()
	if not frappe.db.exists("Leave Type", LEAVE_TYPE):
		frappe.get_doc({"doctype": "Leave Type", "leave_type_name": LEAVE_TYPE, "is_lwp": 1}).insert()
		frappe.db.commit()


class TestClicks(FormCase):
	"""Clicks are counted by the page, from the first page of the Desk on; what is typed costs none."""

	def home(self, employee, viewport, *way):
		"""By the sidebar to a workspace: HR itself, or one below it."""
		page = self.window(employee.user_id, viewport)
		page.add_init_script(COUNTER)
		page.goto(f"{browser(employee.user_id).server.url}/app/home", wait_until="domcontentloaded")
		sidebar = page.locator(".standard-sidebar-item")
		sidebar.first.wait_for(state="attached")
		page.wait_for_load_state("networkidle")
		page.evaluate("sessionStorage.clicks = 0")
		if viewport == TELEPHONE:
			page.locator(".sidebar-toggle-btn:visible").first.click()
		human = page.locator(".sidebar-item-container[item-name='HR']")
		if "My MKD" in way:
			human.locator(".drop-icon").first.click()
			human.locator(".sidebar-item-container[item-name='My MKD'] .item-anchor").click()
		else:
			human.locator(".item-anchor").first.click()
		return page

	def clicks(self, page):
		return page.evaluate("Number(sessionStorage.clicks)")

	def shortcut(self, page, label):
		page.locator(".shortcut-widget-box:visible").filter(has_text=label).first.click()

	def apply_for_mkd(self, employee, viewport, again=False):
		page = self.home(employee, viewport, "My MKD")
		self.shortcut(page, "New MKD Request")
		if again:
			page.get_by_role("button", name="As last time").click()
		else:
			page.locator(".mkd-quick").first.click()
			page.locator("textarea[data-fieldname='reason']:visible").click()
			page.keyboard.type("Menyusun naskah akademik")
		self.answer_questions(page)
		self.picture(page, f"clicks-mkd-{viewport['width']}")
		self.apply(page)
		request = self.until_applied(employee, page)
		self.assertEqual(request.status, "Pending Approval")
		self.assertGreaterEqual(len(days_of(request.name)), 3)
		self.picture(page, f"clicks-mkd-applied-{viewport['width']}")
		return self.clicks(page)

	def apply_for_leave(self, employee, viewport):
		page = self.home(employee, viewport)
		self.shortcut(page, "Leave Application")
		page.locator(".page-actions .primary-action:visible").filter(has_text="Add").click()
		page.locator("input[data-fieldname='leave_type']:visible").click()
		page.get_by_role("option").filter(has_text=LEAVE_TYPE).first.click()
		for name, day in (("from_date", week()[0]), ("to_date", week()[2])):
			page.locator(f"input[data-fieldname='{name}']:visible").click()
			page.keyboard.type(frappe.utils.formatdate(day, "dd-MM-yyyy"))
		page.keyboard.press("Tab")
		self.picture(page, f"clicks-leave-{viewport['width']}")
		page.locator(".page-actions .primary-action:visible").filter(has_text="Save").click()
		page.wait_for_function("!cur_frm.is_new() && !cur_frm.is_dirty()")
		frappe.db.rollback()
		(status,) = frappe.get_all("Leave Application", {"employee": employee.name}, pluck="status")
		self.assertEqual(status, "Open")
		return self.clicks(page)

	def test_mkd_takes_no_more_clicks_than_leave(self):
		for viewport in (DESK, TELEPHONE):
			with self.subTest(width=viewport["width"]):
				leave = self.apply_for_leave(self.on_leave(), viewport)
				mkd = self.apply_for_mkd(subordinate(), viewport)
				again = self.apply_for_mkd(self.applied_before(), viewport, again=True)
				counts = f"MKD Request {mkd}, as last time {again}, Leave Application {leave}"
				print(f"Clicks at {viewport['width']} px: {counts}", flush=True)
				self.assertLessEqual(mkd, leave)
				self.assertLess(again, leave)
				self.assertEqual(self.problems, [])

	def applied_before(self):
		employee = subordinate()
		self.applied(employee, week()[:3])
		return employee

	def on_leave(self):
		employee = subordinate()
		frappe.db.set_value("Employee", employee.name, "leave_approver", head().user_id)
		frappe.db.commit()
		return employee


class TestBefore(FormCase):
	def test_one_call_tells_all_of_it_before_anything_is_saved(self):
		employee = subordinate()
		page = self.window(employee.user_id, DESK)
		asked = []
		page.on("request", lambda request: asked.append(request.url))
		page.goto(f"{browser(employee.user_id).server.url}/app/{NEW}", wait_until="domcontentloaded")
		page.locator(".mkd-strip [data-day]").first.wait_for()
		page.wait_for_load_state("networkidle")
		self.assertEqual(len([url for url in asked if METHOD in url]), 1)
		text = page.locator("[data-fieldname='choose_html']").inner_text()
		self.assertIn("4 left", text)
		self.assertIn(head().employee_name, text)
		page.locator(".mkd-conditions summary").click()
		self.picture(page, "before-desk")
		self.assertIn("closes at 3", page.locator(".mkd-conditions-table").inner_text())
		self.assertIn("✓ Pass", page.locator(".mkd-conditions-table").inner_text())
		self.assertEqual(requests_of(employee), [])
		self.assertEqual(self.problems, [])

	def test_it_says_of_this_week_what_the_home_page_says(self):
		employee = subordinate()
		refresh.refresh(COMPANY, [employee.name])
		frappe.db.commit()
		told = browser(employee.user_id).call("mkd_hrms.api.own_standing").json()["message"]["sentence"]
		this_week, coming = (re.search(r"(\d+) left", part)[1] for part in told.split("; next week"))
		page = self.form(employee, DESK)
		shown = page.locator(".mkd-strip-left").all_inner_texts()
		self.assertEqual(shown[:2], [f"{this_week} left", f"{coming} left"])

	def test_days_are_chosen_by_key_and_too_many_are_said(self):
		employee = subordinate()
		page = self.form(employee, DESK)
		first = self.day(page, week()[0])
		first.focus()
		page.keyboard.press("Enter")
		page.keyboard.press("ArrowRight")
		page.keyboard.press("Space")
		self.assertEqual(first.get_attribute("aria-pressed"), "true")
		self.assertEqual(page.evaluate("document.activeElement.dataset.day"), str(week()[1]))
		for day in week()[2:]:
			self.day(page, day).click()
		self.assertIn("1 too many", page.locator(".mkd-strip-over").inner_text())
		self.day(page, week()[4]).click()
		self.assertEqual(page.locator(".mkd-strip-over").count(), 0)
		self.assertEqual(
			page.evaluate("cur_frm.doc.dates.map((row) => row.mkd_date)"), [str(day) for day in week()[:4]]
		)
		self.assertEqual(self.problems, [])

	def test_a_thumb_reaches_all_of_it(self):
		page = self.form(subordinate(), TELEPHONE)
		self.day(page, week()[0]).click()
		self.picture(page, "before-telephone")
		self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), TELEPHONE["width"])
		for target in page.locator(".mkd-day, .mkd-quick, .mkd-answers .btn, .mkd-position .btn").all():
			box = target.bounding_box()
			self.assertGreaterEqual((box["height"], box["width"] + 1), (THUMB, THUMB), target.inner_text())
		page.locator(".mkd-position").scroll_into_view_if_needed()
		self.picture(page, "before-telephone-below")
		self.assertEqual(self.problems, [])

	def test_as_last_time_and_the_last_work_plan(self):
		employee = subordinate()
		plan = [{"activity": "Naskah", "output": "Draf", "target": "1"}]
		self.applied(employee, week()[:2], work_plan=plan, reason="Naskah akademik")
		page = self.form(employee, DESK)
		page.get_by_role("button", name="As last time").click()
		dates = page.evaluate("cur_frm.doc.dates.map((row) => row.mkd_date)")
		self.assertEqual(dates, [str(frappe.utils.add_days(day, 7)) for day in week()[:2]])
		self.assertEqual(page.evaluate("cur_frm.doc.reason"), "Naskah akademik")
		page.get_by_role("button", name="Last work plan").click()
		self.assertEqual(page.evaluate("cur_frm.doc.work_plan.map((row) => row.activity)"), ["Naskah"])
		self.picture(page, "as-last-time")
		self.assertEqual(self.problems, [])


class TestApplying(FormCase):
	def test_what_was_forgotten_is_said_on_the_draft_and_has_the_focus(self):
		employee = subordinate()
		page = self.form(employee, DESK)
		self.day(page, week()[0]).click()
		self.reason(page)
		self.answer_questions(page, "Yes")
		self.apply(page)
		page.locator(".mkd-question-open").first.wait_for()
		page.wait_for_timeout(1500)
		self.picture(page, "forgotten")
		self.assertEqual(page.locator(".modal.show").count(), 0)
		self.assertIn("I have an internet connection", page.locator(".form-message").inner_text())
		focused = "document.activeElement.closest('[data-fieldname]')?.dataset.fieldname"
		self.assertEqual(page.evaluate(focused), "has_internet")
		(name,) = requests_of(employee)
		self.assertEqual((stored(name).status, days_of(name)), ("Draft", []))
		page.locator("[data-fieldname='has_internet'] .mkd-answers").get_by_text("Yes", exact=True).click()
		self.assertEqual(page.locator(".mkd-question-open").count(), 0)
		self.apply(page)
		self.assertEqual(self.until_applied(employee, page).status, "Pending Approval")
		self.assertEqual(self.problems, [])

	def test_the_keys_for_saving_save_and_do_not_apply(self):
		employee = subordinate()
		page = self.form(employee, DESK)
		self.day(page, week()[0]).click()
		self.reason(page)
		self.answer_questions(page)
		page.keyboard.press("Control+s")
		page.wait_for_function("!cur_frm.is_new() && !cur_frm.is_dirty()")
		page.wait_for_timeout(1500)
		(name,) = requests_of(employee)
		self.assertEqual(stored(name).status, "Draft")
		self.picture(page, "saved-draft")
		self.assertEqual(page.locator(".page-actions .primary-action:visible").inner_text().strip(), "Apply")
		self.apply(page)
		self.assertEqual(self.until_applied(employee, page).status, "Pending Approval")

	def test_after_some_days_were_withdrawn_the_form_says_which_are_left(self):
		employee = subordinate()
		name = self.approved(employee, week()[:3])
		page = self.open(employee.user_id, DESK, f"mkd-request/{name}")
		page.get_by_role("button", name="Withdraw Days").click()
		self.has_come_up(page)
		page.locator(".modal.show input[type='checkbox']").nth(1).check()
		page.locator(".modal.show .btn-primary:visible").click()
		page.get_by_text("Given back:").first.wait_for()
		text = page.locator(".form-message").inner_text()
		self.picture(page, "withdrawn")
		left, gone = text.split("Left: ")[1].split("Given back: ")
		shown = [frappe.utils.formatdate(day, "dd-MM-yyyy") for day in week()[:3]]
		self.assertEqual([day in left for day in shown], [True, False, True])
		self.assertIn(shown[1], gone)
		self.assertEqual(self.problems, [])


class TestPosition(FormCase):
	def test_the_device_says_where_and_nobody_types_numbers(self):
		employee = subordinate()
		page = self.form(employee, TELEPHONE)
		page.context.grant_permissions(["geolocation"])
		page.context.set_geolocation({"latitude": -6.9024812, "longitude": 107.6187234})
		self.assertEqual(page.locator("[data-fieldname='place_latitude']:visible").count(), 0)
		page.get_by_role("button", name="Use my position").click()
		page.get_by_text("Position noted: -6.9025, 107.6187.").wait_for()
		self.day(page, week()[0]).click()
		self.reason(page)
		self.answer_questions(page)
		self.picture(page, "position-telephone")
		self.apply(page)
		request = self.until_applied(employee, page)
		self.assertEqual((request.place_latitude, request.place_longitude), (-6.902481, 107.618723))
		self.assertEqual(self.problems, [])

	def test_a_browser_that_refuses_is_explained(self):
		page = self.form(subordinate(), DESK)
		page.get_by_role("button", name="Use my position").click()
		page.get_by_text("The browser does not give your position away").wait_for()
		self.picture(page, "position-refused")
		self.assertEqual(page.evaluate(f"locals['{REQUEST}'][cur_frm.doc.name].place_latitude || 0"), 0)
		self.assertEqual(self.problems, [])
