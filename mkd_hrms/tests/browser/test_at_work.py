"""A worker of the queue at an import and at an export, watched on their forms, which nobody reads anew by hand."""

import frappe
from frappe.utils import getdate

from mkd_hrms.constants import EXPORT, IMPORT
from mkd_hrms.tests.support.browser_case import DESK, needed
from mkd_hrms.tests.support.factories import working_days_before
from mkd_hrms.tests.support.http_world import open_house, stored
from mkd_hrms.tests.support.import_case import kmob
from mkd_hrms.tests.support.import_form_case import ImportForm
from mkd_hrms.tests.support.other_process import at_the_queue, forget_all_jobs, forget_what_waits
from mkd_hrms.tests.support.people import store_row
from mkd_hrms.tests.support.world import COMPANY

ATTENDANCE = "Attendance"
# Rows of a file: three sets, so that the progress is seen on its way.
PEOPLE, DAYS = 10, 50
WIDTHS = """() => {
	window.mkd_seen = [];
	new MutationObserver(() => {
		const bar = document.querySelector(".form-dashboard .progress-bar");
		if (bar) window.mkd_seen.push(parseInt(bar.style.width));
	}).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["style"] });
}"""


def setUpModule():
	needed()
	open_house()


class TestAtWork(ImportForm):
	def setUp(self):
		super().setUp()
		# What other tests left for a worker names people whom they took away again.
		forget_all_jobs()
		forget_what_waits()

	def one_by_one(self):
		"""Where somebody listens each row is a document: slow enough to be watched."""
		notice = {"doctype": "Notification", "document_type": ATTENDANCE}
		notice |= {"channel": "System Notification", "message": "-", "condition": "False"}
		for event in ("Submit", "Cancel"):
			doc = {**notice, "subject": f"Presensi {event}", "event": event}
			doc |= {"recipients": [{"receiver_by_role": "HR Manager"}]}
			self.addCleanup(frappe.db.commit)
			self.addCleanup(frappe.get_doc(doc).insert().delete)
		frappe.db.commit()

	def seen(self, page):
		"""The percents that the form has shown."""
		return sorted({width for width in page.evaluate("window.mkd_seen") if width})

	def count(self):
		frappe.db.rollback()
		return frappe.db.count(ATTENDANCE, {"employee": ("in", self.people), "docstatus": 1})

	def test_an_officer_watches_a_file_being_applied_and_taken_back(self):
		people, days = [self.member() for _ in range(PEOPLE)], working_days_before(getdate(), DAYS)
		self.people = [each.name for each in people]
		rows = [(each.mkd_nip, day, "WFO", "07:10", "16:05") for each in people for day in days]
		self.one_by_one()
		page = self.attached(kmob(*rows), "presensi.csv")
		self.button(page, "Check").click()
		self.button(page, "Apply").wait_for()
		page.evaluate(WIDTHS)
		with at_the_queue():
			for button, state in (("Apply", "Applied"), ("Undo", "Undone")):
				page.evaluate("window.mkd_seen = []")
				self.button(page, button).click()
				self.yes(page)
				page.locator(".form-dashboard .progress-bar:visible").wait_for()
				page.wait_for_function("mkd_seen.some((width) => width > 0)")
				page.wait_for_function("cur_frm.doc.progress > 0 && !cur_frm.is_dirty()")
				self.picture(page, f"at-work-{button.lower()}")
				self.stands(page, state)
				self.picture(page, f"at-work-{state.lower()}")
				self.assertTrue(self.seen(page))
				self.assertEqual(page.locator(".form-dashboard .progress-bar:visible").count(), 0)
				self.assertEqual(page.locator(".modal.show").count(), 0)
				self.assertEqual(stored(self.newest(), IMPORT).status, state)
				self.assertEqual(self.count(), len(rows) if state == "Applied" else 0)
		self.assertEqual(self.problems, [])

	def test_an_officer_is_offered_the_file_once_a_worker_has_written_it(self):
		one = self.member()
		values = {"attendance_date": self.day, "status": "Present", "docstatus": 1, "company": COMPANY}
		store_row(ATTENDANCE, one.name, **values)
		frappe.db.commit()
		self.addCleanup(self.clear_exports)
		page = self.open(self.officer, DESK, "mkd-export/new")
		self.field(page, "company").wait_for()
		page.evaluate(
			"(values) => cur_frm.set_value(values)",
			{
				**{"company": COMPANY, "kind": "File of a Profile", "profile": "kmob"},
				**{"from_date": str(self.day), "to_date": str(self.day)},
			},
		)
		page.wait_for_function("cur_frm.doc.profile === 'kmob' && cur_frm.doc.to_date")
		page.locator(".primary-action:visible").get_by_text("Save", exact=True).click()
		self.stands(page, "Waiting")
		self.picture(page, "at-work-export-waiting")
		download = page.locator(".primary-action:visible", has_text="Download")
		self.assertEqual(download.count(), 0)
		with at_the_queue():
			download.wait_for()
		self.picture(page, "at-work-export-written")
		with page.expect_download() as fetched:
			download.click()
		written = fetched.value.path().read_text(encoding="utf-8-sig")
		self.assertIn(f"{one.mkd_nip};", written)
		self.assertIn(str(self.day), written)
		self.assertEqual(self.problems, [])

	def clear_exports(self):
		frappe.db.rollback()
		for name in frappe.get_all(EXPORT, pluck="name"):
			frappe.delete_doc(EXPORT, name, force=True)
		frappe.db.commit()
