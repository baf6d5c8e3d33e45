"""Who learns over the network which conditions stand in somebody's way: not those above him who do not decide (rule P3)."""

import json

import frappe

from mkd_hrms.constants import DAY, DECISION_RECORD, REQUEST
from mkd_hrms.tests.support.http_doors import about_many, about_one
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	absences,
	act,
	browser,
	days_of,
	officer,
	open_house,
	person,
	stored,
	user_with,
	week,
)
from mkd_hrms.tests.support.world import UNCLASSIFIED

setUpModule = open_house

LIST = "frappe.client.get_list"
REPORT_VIEW = "frappe.desk.reportview.get"
# Ways to ask a list for a column so that the platform does not recognize it.
DISGUISES = (
	"failed_gates",
	"name, failed_gates",
	"`tabMKD Request`.failed_gates as x",
	"max(failed_gates) as x",
	"substring(failed_gates, 1, 99) as x",
	"substring(name, 1, 1), `tabMKD Request`.*",
	"amended_from.failed_gates as x",
	"*",
)
DISGUISES_OF_DAY = (
	"*",
	"suspended_gates",
	"max(suspended_gates) as x",
	"recheck.failed_gates as x",
	"recheck.findings as x",
	"substring(name, 1, 1), `tabMKD Day`.*",
)


class TestTwoLevelsUp(HTTPCase):
	"""A chief, below her the boss, below him somebody who was denied and somebody whose days are suspended."""

	chief = None

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		case, cls.chief = cls(), person()
		cls.boss = person(reports_to=cls.chief)
		cls.employee = person(reports_to=cls.boss, absent_on=absences(3))
		cls.denied = case.applied(cls.employee, week()[:2])
		cls.other = person(reports_to=cls.boss)
		cls.granted = case.applied(cls.other, week()[:2])
		case.ok(act(cls.boss.user_id, cls.granted, "Approve"))
		cls.sanction()
		cls.day = days_of(cls.granted)[0].name

	@classmethod
	def sanction(cls):
		"""HR records a case; the days that were approved are closed before anybody can look."""
		dates = {"from_date": "2026-01-01", "to_date": str(week()[4])}
		case = {"doctype": "MKD Discipline Record", "employee": cls.other.name, "level": "Light"}
		doc = frappe.get_doc({**case, **dates, "stage": "In Force", "decree_no": "SK 9"}).insert()
		doc.submit()
		frappe.db.commit()

	def says_nothing(self, response):
		for word in ("Absence", "Discipline", "verdict"):
			self.assertFalse(word in response.text.replace("MKD Discipline Record", ""), word)

	def test_she_opens_the_request_and_reads_that_it_was_denied_and_not_why(self):
		client = browser(self.chief.user_id)
		request = self.ok(client.resource(REQUEST, self.denied))
		self.assertEqual((request["status"], request.get("failed_gates")), ("Denied", None))
		for function, arguments in about_one(self.denied):
			with self.subTest(function):
				self.says_nothing(client.call(function, **arguments))
		for path in (
			f"/api/v2/document/{REQUEST}/{self.denied}",
			f"/printview?doctype={REQUEST}&name={self.denied}",
		):
			with self.subTest(path):
				self.says_nothing(client.get(path))
		expanded = self.ok(client.get(f"/api/resource/{REQUEST}/{self.denied}", expand_links=1))
		# The policy lists every gate there is.
		self.assertTrue(expanded.pop("policy"))
		self.assertNotIn("Absence", json.dumps(expanded))

	def test_no_list_report_or_export_tells_her(self):
		client = browser(self.chief.user_id)
		for function, arguments in about_many():
			with self.subTest(function, **arguments):
				self.says_nothing(client.call(function, **arguments))
		for field in DISGUISES:
			for function in (LIST, REPORT_VIEW):
				with self.subTest(field, function=function):
					self.says_nothing(client.call(function, doctype=REQUEST, fields=json.dumps([field])))

	def test_she_cannot_find_out_by_filtering_or_sorting(self):
		client = browser(self.chief.user_id)
		for function in ("frappe.client.get_count", "frappe.desk.reportview.get_count", LIST):
			answers = []
			for word in ("Absence", "No such word"):
				filters = json.dumps([[REQUEST, "failed_gates", "like", f"%{word}%"]])
				response = client.call(function, doctype=REQUEST, filters=filters)
				answers.append((response.status_code, response.json().get("message")))
			with self.subTest(function):
				self.assertEqual(*answers)
		names = [
			[row["name"] for row in self.ok(client.call(LIST, doctype=REQUEST, order_by="creation"))],
			client.call(LIST, doctype=REQUEST, order_by="failed_gates").json().get("message"),
		]
		self.assertIn(self.denied, names[0])
		self.assertIsNone(names[1])

	def test_a_report_that_she_saves_does_not_tell_her_either(self):
		client = browser(self.chief.user_id)
		columns = [["name", REQUEST], ["failed_gates", REQUEST]]
		settings = json.dumps({"filters": [], "columns": columns, "fields": columns})
		saved = client.call(
			"frappe.desk.reportview.save_report",
			name=f"Gates {frappe.generate_hash(length=6)}",
			doctype=REQUEST,
			report_settings=settings,
		)
		if saved.ok:
			name = saved.json()["message"]
			self.addCleanup(self.forget, name)
			self.says_nothing(client.call("frappe.desk.query_report.run", report_name=name, filters="{}"))

	def forget(self, name):
		frappe.db.rollback()
		frappe.db.delete("Report", {"name": name})
		frappe.db.commit()

	def test_she_sees_that_a_day_is_suspended_and_not_why(self):
		client = browser(self.chief.user_id)
		day = self.ok(client.resource(DAY, self.day))
		self.assertEqual((day["status"], day.get("suspended_gates")), ("Suspended", None))
		record = frappe.db.get_value(DAY, self.day, "recheck")
		self.assertEqual(client.get(f"/api/resource/{DECISION_RECORD}/{record}").status_code, 403)
		for path in (f"/api/resource/{DAY}/{self.day}?expand_links=1", f"/api/v2/document/{DAY}/{self.day}"):
			with self.subTest(path):
				self.says_nothing(client.get(path))
		for field in DISGUISES_OF_DAY:
			with self.subTest(field):
				self.says_nothing(client.call(LIST, doctype=DAY, fields=json.dumps([field])))
		self.says_nothing(client.call("frappe.desk.form.load.getdoc", doctype=DAY, name=self.day))
		# The timeline of the request, where the suspension is noted.
		self.says_nothing(client.call("frappe.desk.form.load.getdoc", doctype=REQUEST, name=self.granted))

	def test_who_decides_about_them_the_employees_themselves_and_hr_read_the_names(self):
		for user in (self.boss.user_id, self.employee.user_id, officer(), user_with("HR User")):
			with self.subTest(user):
				self.assertEqual(
					self.ok(browser(user).resource(REQUEST, self.denied))["failed_gates"], "Absence"
				)
		for user in (self.boss.user_id, self.other.user_id, officer()):
			with self.subTest(user):
				self.assertEqual(
					self.ok(browser(user).resource(DAY, self.day))["suspended_gates"], "Discipline"
				)

	def test_a_boss_who_decides_no_more_reads_them_no_more_and_the_next_one_does(self):
		following = person(reports_to=self.chief)
		self.assertEqual(browser(following.user_id).get(f"/api/resource/{DAY}/{self.day}").status_code, 403)
		self.reports_to(following)
		self.addCleanup(self.reports_to, self.boss)
		self.assertEqual(
			self.ok(browser(following.user_id).resource(DAY, self.day)).get("suspended_gates"), "Discipline"
		)
		self.assertEqual(browser(self.boss.user_id).get(f"/api/resource/{DAY}/{self.day}").status_code, 403)

	def reports_to(self, superior):
		frappe.db.rollback()
		employee = frappe.get_doc("Employee", self.other.name)
		employee.reports_to = superior.name
		employee.save(ignore_permissions=True)
		frappe.db.commit()

	def test_the_employee_still_reads_the_whole_explanation(self):
		found = self.ok(browser(self.employee.user_id).call("mkd_hrms.api.explain", request=self.denied))
		sentences = [line["sentence"] for line in found["findings"] if line["verdict"] == "Fail"]
		self.assertTrue(any("3 unexcused absences" in line for line in sentences), sentences)
		self.assertIn("Absence", stored(self.denied).failed_gates)


class TestWhatWaitsForHR(HTTPCase):
	def test_hr_asks_for_the_open_gates_of_many_and_the_superior_does_not(self):
		boss = person()
		some = [person(reports_to=boss, designation=UNCLASSIFIED) for _each in range(2)]
		names = [self.applied(employee, week()[:1]) for employee in some]
		arguments = {"requests": json.dumps([*names, "MKD-REQ-1999-00001"])}
		method = "mkd_hrms.api.unknown_gates"
		self.assertEqual(self.ok(browser(officer()).call(method, **arguments)), ["Role"])
		for user in (boss.user_id, some[0].user_id):
			self.refused(browser(user).call(method, **arguments))
