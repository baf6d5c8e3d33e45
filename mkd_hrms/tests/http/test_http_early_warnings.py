"""Who reads an early warning through the browser: the employee himself and HR (rule P3). Nobody writes one."""

import frappe

from mkd_hrms.constants import EARLY_WARNING
from mkd_hrms.services.standing import early_warning_messages, early_warnings, refresh
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	absences,
	browser,
	head,
	officer,
	open_house,
	subordinate,
)
from mkd_hrms.tests.support.people import make_user
from mkd_hrms.tests.support.world import COMPANY

setUpModule = open_house

LIST, COUNT = "frappe.client.get_list", "frappe.client.get_count"
LOG = "Notification Log"
SECRETS = ("unexcused", "one more", "absence_next")


class TestWhoReads(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.employee, cls.colleague = subordinate(absent_on=absences(1)), subordinate()
		refresh.refresh(COMPANY, [cls.employee.name], early_warnings.notice)
		early_warning_messages.tell()
		cls.name = frappe.db.get_value(EARLY_WARNING, {"employee": cls.employee.name, "gate": "Tier"})
		cls.addClassCleanup(frappe.db.commit)
		cls.addClassCleanup(frappe.db.delete, LOG, {"document_type": EARLY_WARNING})

	def listed(self, user):
		return self.ok(browser(user).call(LIST, doctype=EARLY_WARNING, fields=["name", "employee", "actual"]))

	def test_the_employee_reads_his_own_with_numbers_clause_and_advice(self):
		client = browser(self.employee.user_id)
		row = self.ok(client.resource(EARLY_WARNING, self.name))
		self.assertIn("1 unexcused absences are recorded; one more leaves 1", row["sentence"])
		self.assertIn("[Governor of West Java", row["sentence"])
		self.assertIn("Apply for leave", row["next_step"])
		self.assertIn(self.name, [row["name"] for row in self.listed(self.employee.user_id)])

	def test_colleague_and_superior_read_none(self):
		for user in (self.colleague.user_id, head().user_id):
			with self.subTest(user):
				client = browser(user)
				self.assertEqual(self.listed(user), [])
				self.assertEqual(self.ok(client.call(COUNT, doctype=EARLY_WARNING)), 0)
				self.refused(client.resource(EARLY_WARNING, self.name))
				self.refused(
					client.call("frappe.desk.form.load.getdoc", doctype=EARLY_WARNING, name=self.name)
				)
				self.refused(client.get("/printview", doctype=EARLY_WARNING, name=self.name))

	def test_what_the_platform_tells_a_superior_holds_no_finding(self):
		client = browser(head().user_id)
		answers = [
			client.call(LIST, doctype=doctype, fields=["*"], limit_page_length=0)
			for doctype in (LOG, "Version", "Comment", "Communication", "Email Queue", EARLY_WARNING)
		]
		for response in answers:
			with self.subTest(response.request.body):
				for word in SECRETS:
					self.assertNotIn(word, response.text)
		self.assertIn(f"{self.employee.employee_name}: ", answers[0].text)

	def test_nobody_else_reads_what_the_employee_was_told(self):
		for user in (self.colleague.user_id, head().user_id, officer()):
			response = browser(user).call(LIST, doctype=LOG, filters={"for_user": self.employee.user_id})
			self.assertEqual(self.ok(response), [])

	def test_hr_reads_all(self):
		for role in ("HR User", "HR Manager", "MKD Officer"):
			user = make_user(role)
			frappe.db.commit()
			with self.subTest(role):
				self.assertIn(self.name, [row["name"] for row in self.listed(user)])
				self.assertIn("sentence", self.ok(browser(user).resource(EARLY_WARNING, self.name)))

	def test_nobody_writes_one(self):
		manager = make_user("System Manager")
		frappe.db.commit()
		path = f"/api/resource/{EARLY_WARNING}"
		for user in (self.employee.user_id, head().user_id, officer(), manager):
			client = browser(user)
			with self.subTest(user):
				row = {"employee": self.employee.name, "gate": "Tier", "status": "Open"}
				self.refused(client.post(path, **row))
				self.refused(client.put(f"{path}/{self.name}", status="Ended"))
				self.refused(client.delete(f"{path}/{self.name}"))
		frappe.db.rollback()
		self.assertEqual(frappe.db.get_value(EARLY_WARNING, self.name, "status"), "Open")
