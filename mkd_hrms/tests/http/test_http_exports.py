"""A file for another system in the browser: asked for and fetched by an officer; and who is kept from it."""

import frappe

from mkd_hrms.constants import EXPORT
from mkd_hrms.services.exports import writing
from mkd_hrms.tests.support.factories import working_days_before
from mkd_hrms.tests.support.http_world import HTTPCase, browser, open_house, person, stored, user_with
from mkd_hrms.tests.support.import_case import fresh_nip
from mkd_hrms.tests.support.people import make_employee, store_row
from mkd_hrms.tests.support.world import COMPANY, other_company

setUpModule = open_house


class TestExports(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.officer = user_with("MKD Officer", "Employee")
		cls.day = str(working_days_before(frappe.utils.getdate(), 1)[0])
		cls.one = make_employee(mkd_nip=fresh_nip(), company=COMPANY)
		values = {"attendance_date": cls.day, "status": "Present", "docstatus": 1, "company": COMPANY}
		store_row("Attendance", cls.one.name, **values)
		frappe.db.commit()

	def tearDown(self):
		super().tearDown()
		for name in frappe.get_all(EXPORT, pluck="name"):
			frappe.delete_doc(EXPORT, name, force=True)
		frappe.db.commit()

	def asking(self, **values):
		asked = {"doctype": EXPORT, "company": COMPANY, "kind": "File of a Profile", "profile": "kmob"}
		return {**asked, "from_date": self.day, "to_date": self.day, **values}

	def work(self, name):
		frappe.db.rollback()
		writing.work(name)
		frappe.set_user("Administrator")
		frappe.db.commit()

	def test_an_officer_asks_and_fetches(self):
		client = browser(self.officer)
		made = self.ok(client.insert(self.asking(status="Completed", written_file="/private/files/x")))
		self.assertEqual((made["status"], made.get("written_file")), ("Waiting", None))
		self.work(made["name"])
		self.assertEqual(stored(made["name"], EXPORT).status, "Completed")
		answer = client.get(stored(made["name"], EXPORT).written_file)
		self.assertEqual(answer.status_code, 200)
		self.assertIn(f"{self.one.mkd_nip};", answer.content.decode("utf-8-sig"))
		for change in ({"status": "Waiting"}, {"to_date": "2030-01-01"}):
			self.refused(client.set_value(EXPORT, made["name"], **change))

	def test_nobody_else_asks_or_fetches(self):
		name = self.ok(browser(self.officer).insert(self.asking()))["name"]
		self.work(name)
		url, employee = stored(name, EXPORT).written_file, person()
		elsewhere = user_with("HR Manager")
		allow = {"doctype": "User Permission", "user": elsewhere, "allow": "Company"}
		frappe.get_doc({**allow, "for_value": other_company()}).insert(ignore_permissions=True)
		frappe.db.commit()
		for user in (employee.user_id, user_with("HR User"), elsewhere):
			with self.subTest(user):
				client = browser(user)
				self.refused(client.insert(self.asking()))
				self.refused(client.resource(EXPORT, name))
				self.assertEqual(client.get(url).status_code, 403)
				self.assertNotIn(name, client.get(f"/api/resource/{EXPORT}").text)
		colleague = browser(user_with("MKD Officer"))
		self.refused(colleague.resource(EXPORT, name))
		self.assertEqual(colleague.get(url).status_code, 403)
