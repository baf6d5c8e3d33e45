"""The form of an import in a browser: an officer of HR attaches a file, and its buttons are pressed."""

import tempfile
from pathlib import Path

import frappe
from frappe.utils import getdate

from mkd_hrms.constants import IMPORT, IMPORT_LINE
from mkd_hrms.services.imports import applying
from mkd_hrms.tests.support.browser_case import DESK, BrowserCase
from mkd_hrms.tests.support.factories import working_days_before
from mkd_hrms.tests.support.import_case import device, fresh_nip
from mkd_hrms.tests.support.people import make_employee
from mkd_hrms.tests.support.world import COMPANY


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
		self.has_come_up(page)
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
		self.has_come_up(page)
		page.locator(".modal.show .btn-primary:visible").get_by_text("Yes", exact=True).click()
