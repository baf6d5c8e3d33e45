"""A daily report from the button on the day to the superior's verification, and an objection from the denial to HR's decision."""

import frappe

from mkd_hrms.constants import DAILY_REPORT, DAY, OBJECTION, REQUEST
from mkd_hrms.tests.support.browser_case import DESK, TELEPHONE, BrowserCase, needed
from mkd_hrms.tests.support.http_day_case import ReportingCase
from mkd_hrms.tests.support.http_world import (
	absences,
	browser,
	head,
	officer,
	open_house,
	stored,
	subordinate,
	week,
)


def setUpModule():
	needed()
	open_house()


def only(doctype, employee):
	"""The one document of this kind that the employee has."""
	frappe.db.rollback()
	(name,) = frappe.get_all(doctype, {"employee": employee.name}, pluck="name")
	return name


class TestReport(ReportingCase, BrowserCase):
	def write(self, page):
		"""The first row of the activities, in the table itself; on a telephone its later columns stand beside the screen."""
		table = page.locator(".frappe-control[data-fieldname='activities']:visible")
		table.locator(".grid-add-row").click()
		row = table.locator(".grid-row[data-idx='1']")
		for name, text in (("activity", "Rapat daring"), ("output", "Notula"), ("minutes", "240")):
			if page.viewport_size == DESK or name == "activity":
				row.locator(f".grid-static-col[data-fieldname='{name}']").click()
			self.field(row, name).fill(text)
		page.keyboard.press("Tab")

	def hand_in(self, employee, viewport):
		day = self.a_day_of(employee)
		page = self.document(employee.user_id, viewport, DAY, day)
		self.press(page, "Write Report")
		page.wait_for_function("window.cur_frm?.doctype === 'MKD Daily Report'")
		page.wait_for_load_state("networkidle")
		self.write(page)
		self.picture(page, f"report-{viewport['width']}")
		page.locator(".page-actions .primary-action:visible", has_text="Save").click()
		page.wait_for_function("!cur_frm.is_new() && !cur_frm.is_dirty()")
		page.wait_for_load_state("networkidle")
		self.choose(page, "Hand In")
		self.stands(page, "Submitted")
		self.fits(page)
		self.assertEqual(self.problems, [])
		return only(DAILY_REPORT, employee)

	def test_an_employee_writes_it_and_his_superior_verifies_it(self):
		for viewport in (DESK, TELEPHONE):
			with self.subTest(width=viewport["width"]):
				name = self.hand_in(subordinate(), viewport)
				report = stored(name, DAILY_REPORT)
				self.assertEqual((report.total_minutes, report.activities[0].output), (240, "Notula"))
				page = self.document(head().user_id, viewport, DAILY_REPORT, name)
				page.get_by_text("minutes reported").first.wait_for()
				self.choose(page, "Verify Report")
				self.stands(page, "Verified")
				self.picture(page, f"verified-{viewport['width']}")
				self.assertEqual(stored(name, DAILY_REPORT).verifier, head().user_id)
				self.assertEqual(self.problems, [])

	def test_a_report_is_returned_with_a_reason(self):
		employee = subordinate()
		self.a_day_of(employee)
		client = browser(employee.user_id)
		name = self.ok(client.insert(self.content(employee)))["name"]
		move = {"doc": frappe.as_json({"doctype": DAILY_REPORT, "name": name}), "action": "Hand In"}
		self.ok(client.call("frappe.model.workflow.apply_workflow", **move))
		page = self.document(head().user_id, TELEPHONE, DAILY_REPORT, name)
		self.choose(page, "Return Report")
		self.answer(page, "Submit", note="Sebutkan keluarannya")
		self.stands(page, "Returned")
		self.assertEqual(stored(name, DAILY_REPORT).return_note, "Sebutkan keluarannya")
		self.assertEqual(self.problems, [])


class TestObjection(BrowserCase):
	def filed(self, employee, viewport):
		request = self.applied(employee, week()[:1])
		page = self.document(employee.user_id, viewport, REQUEST, request)
		self.press(page, "Object")
		page.wait_for_function("window.cur_frm?.doctype === 'MKD Objection'")
		page.wait_for_load_state("networkidle")
		self.field(page, "grounds").fill("Presensi saya tercatat di mesin lain")
		page.keyboard.press("Tab")
		page.wait_for_function("cur_frm.doc.grounds")
		page.locator(".page-actions .primary-action:visible", has_text="Save").click()
		page.wait_for_function("!cur_frm.is_new() && !cur_frm.is_dirty()")
		page.wait_for_load_state("networkidle")
		self.choose(page, "File Objection")
		self.stands(page, "Pending Decision")
		self.fits(page)
		self.picture(page, f"objection-{viewport['width']}")
		self.assertEqual(self.problems, [])
		return request, only(OBJECTION, employee)

	def test_it_is_filed_from_the_denial_and_upheld_by_hr(self):
		for viewport in (DESK, TELEPHONE):
			with self.subTest(width=viewport["width"]):
				request, name = self.filed(subordinate(absent_on=absences(3)), viewport)
				page = self.document(officer(), viewport, OBJECTION, name)
				self.choose(page, "Uphold")
				self.picture(page, f"objection-decided-{viewport['width']}")
				self.answer(page, "Decide", decision_reason="Mesin kedua mencatatnya hadir")
				self.stands(page, "Upheld")
				self.assertEqual(stored(name, OBJECTION).decided_by, officer())
				self.assertEqual(stored(request).status, "Pending Approval")
				self.assertEqual(self.problems, [])
