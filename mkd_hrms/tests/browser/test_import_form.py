"""An import in a browser, as an officer of HR: attached, guessed, looked at, applied, undone; and a check-in that waits for HR."""

import tempfile
from pathlib import Path

import frappe
from frappe.utils import getdate

from mkd_hrms.constants import DAY, IMPORT, IMPORT_LINE
from mkd_hrms.services.imports import applying
from mkd_hrms.tests.support.browser_case import DESK, BrowserCase, needed
from mkd_hrms.tests.support.factories import working_days_before
from mkd_hrms.tests.support.http_world import open_house, stored
from mkd_hrms.tests.support.import_case import attlog, device, fresh_nip, kmob
from mkd_hrms.tests.support.people import make_employee, store_row
from mkd_hrms.tests.support.world import COMPANY


def setUpModule():
	needed()
	open_house()


class ImportForm(BrowserCase):
	def setUp(self):
		super().setUp()
		# Without an employee of his own the platform takes the role Employee from a user, and with it the right to read a Company.
		self.officer = make_employee(with_user=True, company=COMPANY).user_id
		frappe.get_doc("User", self.officer).add_roles("MKD Officer")
		self.day = working_days_before(getdate(), 1)[0]
		self.addCleanup(self.clear)

	def clear(self):
		frappe.db.rollback()
		for name in frappe.get_all(IMPORT, pluck="name"):
			frappe.db.delete(IMPORT_LINE, {"mkd_import": name})
			frappe.db.delete(IMPORT, name)
		frappe.db.commit()

	def member(self):
		values = {"mkd_nip": fresh_nip(), "attendance_device_id": device(), "company": COMPANY}
		employee = make_employee(**values)
		frappe.db.commit()
		return employee

	def attached(self, content, name):
		"""A new import with a file, saved."""
		page = self.open(self.officer, DESK, "mkd-import/new")
		page.locator("[data-fieldname='file'] .btn-attach:visible").first.wait_for()
		page.locator("input[data-fieldname='company']:visible").fill(COMPANY)
		page.keyboard.press("Tab")
		path = Path(tempfile.mkdtemp()) / name
		path.write_bytes(content)
		page.locator("[data-fieldname='file'] .btn-attach").click()
		with page.expect_file_chooser() as chooser:
			page.locator(".file-upload-area .btn-file-upload:visible").first.click()
		chooser.value.set_files(str(path))
		# A dialog that is still fading in cannot be closed: an upload that ends sooner would leave it open for good.
		page.wait_for_function("() => !$('.modal.show').last().data('bs.modal')._isTransitioning")
		page.locator(".modal.show .btn-modal-primary:visible").last.click()
		# The control saves the document itself once the file is there.
		page.locator(".inner-group-button, .custom-actions button").filter(has_text="Check").first.wait_for()
		return page

	def button(self, page, label):
		return page.locator(".custom-actions button:visible").get_by_text(label, exact=True)

	def newest(self):
		frappe.db.rollback()
		return frappe.get_all(IMPORT, pluck="name", order_by="creation desc", limit=1)[0]

	def work(self, page):
		frappe.db.rollback()
		applying.work(self.newest())
		frappe.set_user("Administrator")
		frappe.db.commit()
		page.reload(wait_until="domcontentloaded")

	def yes(self, page):
		page.locator(".modal.show .btn-primary:visible").get_by_text("Yes", exact=True).click()


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
		page.locator("[data-fieldname='preview_table'] td").get_by_text(one.mkd_nip).wait_for()
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
