"""An import in a browser, as an officer of HR: attached, guessed, looked at, applied, undone; and a check-in that waits for HR."""

import frappe

from mkd_hrms.constants import DAY, IMPORT
from mkd_hrms.tests.support.browser_case import DESK, needed
from mkd_hrms.tests.support.http_world import open_house, stored
from mkd_hrms.tests.support.import_case import attlog, fresh_nip, kmob
from mkd_hrms.tests.support.import_form_case import ImportForm
from mkd_hrms.tests.support.people import store_row
from mkd_hrms.tests.support.world import COMPANY


def setUpModule():
	needed()
	open_house()


class TestTheWay(ImportForm):
	def test_from_the_file_to_the_undo(self):
		one = self.member()
		content = kmob(
			(one.mkd_nip, self.day, "WFO", "07:10", "16:05"), (fresh_nip(), self.day, "Tanpa Keterangan")
		)
		page = self.attached(content, "presensi.csv")
		self.picture(page, "import-guessed")
		self.assertIn("kmob", page.locator("[data-fieldname='read_as']").first.inner_text())
		self.button(page, "Check").click()
		page.locator("[data-fieldname='preview_table'] td:visible").get_by_text(one.mkd_nip).first.wait_for()
		self.picture(page, "import-checked")
		self.assertIn(f"{self.day:%d-%m-%Y}", page.locator("[data-fieldname='preview_table']").inner_text())
		self.assertTrue(self.button(page, "Rejected Rows").is_visible())
		self.button(page, "Apply").click()
		page.locator(".modal.show").wait_for()
		self.picture(page, "import-asks")
		self.yes(page)
		page.get_by_text("Applying", exact=True).first.wait_for()
		self.picture(page, "import-applying")
		self.work(page)
		self.button(page, "Undo").wait_for()
		self.picture(page, "import-applied")
		self.button(page, "Undo").click()
		self.yes(page)
		page.get_by_text("Undoing", exact=True).first.wait_for()
		self.work(page)
		page.get_by_text("Undone", exact=True).first.wait_for()
		self.picture(page, "import-undone")
		self.assertEqual(stored(self.newest(), IMPORT).status, "Undone")
		self.assertEqual(self.problems, [])

	def test_a_check_in_of_a_day_that_is_over_is_confirmed_with_one_click(self):
		one = self.member()
		values = {"mkd_date": self.day, "company": COMPANY, "person": one.mkd_nip, "status": "No Show"}
		year, week, _weekday = self.day.isocalendar()
		day = store_row(DAY, one.name, iso_week=f"{year}-W{week:02d}", slot=1, **values)
		frappe.db.commit()
		page = self.attached(attlog((one.attendance_device_id, f"{self.day} 07:20:00")), "attlog.txt")
		self.button(page, "Check").click()
		self.button(page, "Apply").click()
		self.yes(page)
		page.get_by_text("Applying", exact=True).first.wait_for()
		self.work(page)
		self.counted_at_home()
		self.button(page, "To Confirm").click()
		page.locator(".list-row .btn:visible").get_by_text("Confirm", exact=True).wait_for()
		self.picture(page, "import-to-confirm")
		self.assertIn(one.employee_name, page.locator(".list-row").first.inner_text())
		page.locator(".list-row .btn:visible").get_by_text("Confirm", exact=True).click()
		page.get_by_text("1 decided").wait_for()
		frappe.db.rollback()
		self.assertEqual(frappe.db.get_value(DAY, day.name, "status"), "Worked")
		page.locator(".list-row .btn:visible").get_by_text("Confirm", exact=True).wait_for(state="hidden")
		self.picture(page, "import-confirmed")
		self.assertEqual(self.problems, [])

	def counted_at_home(self):
		"""The card of *MKD for HR* says how many wait, and leads to these."""
		page = self.open(self.officer, DESK, "mkd-for-hr")
		card = page.locator(".number-widget-box", has_text="Check-ins to Confirm")
		card.locator(".number", has_text="1").wait_for()
		self.picture(page, "home-of-hr")
		card.locator(".widget-body").click()
		page.locator(".list-row .btn:visible").get_by_text("Confirm", exact=True).wait_for()
		self.assertEqual(page.locator(".list-row-container .list-row").count(), 1)
