"""What colleagues, superiors, the employee and HR learn through the browser (rule P3)."""

import json

import frappe

from mkd_hrms.constants import DAY, DECISION_RECORD, ELIGIBILITY, REQUEST
from mkd_hrms.tests.support.http_doors import about_many, about_one
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	absences,
	act,
	browser,
	days_of,
	head,
	officer,
	open_house,
	person,
	stored,
	subordinate,
	week,
)
from mkd_hrms.tests.support.people import UNLIMITED, acting_as, make_employee, store_row
from mkd_hrms.tests.support.world import SERVICE_BACK_OFFICE, unit

setUpModule = open_house

# A word that every stored evaluation contains, and nothing else does.
FINDINGS = "evaluations"
LIST = "frappe.client.get_list"
# Rows of a request, and what the platform keeps about documents.
BESIDE = (
	"Workflow Action",
	"Version",
	"Comment",
	"Communication",
	"Activity Log",
	"Deleted Document",
	"File",
	"ToDo",
)
# Ways to name a field so that the platform does not recognize it.
DISGUISES = (
	"findings",
	"`tabMKD Request`.findings as x",
	"max(findings) as x",
	"substring(findings, 1, 99) as x",
	"name, findings",
	"substring(name, 1, 1), findings as x",
	"count(name), max(findings)",
	"substring(name, 1, 1), `tabMKD Request`.*",
	"amended_from.findings as x",
)
# The same, written in JSON as nobody writes it.
DISGUISES_OF_A_REASON = (
	"*",
	"release_reason",
	"substring(name, 1, 1), release_reason as x",
	"release\\u005freason",
	"max(release\\u005freason) as x",
	"substring(name, 1, 1), release\\u005freason as x",
)


class PrivacyCase(HTTPCase):
	"""Two requests that keep a secret, made once for all classes: one was denied, one waits."""

	secrets = ()

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		if not PrivacyCase.secrets:
			PrivacyCase.keep_secrets()

	@classmethod
	def keep_secrets(cls):
		case, secret = cls(), f"Rahasia{frappe.generate_hash(length=6)}"
		cls.employee = subordinate(first_name=secret, absent_on=absences(3))
		cls.name = case.applied(cls.employee, week()[:2])
		cls.standing = store_row(
			ELIGIBILITY,
			cls.employee.name,
			employee_name=secret,
			failed_gates="Absence",
			findings=stored(cls.name).findings,
		)
		# The days and the open actions are those of a second request.
		cls.other = subordinate(first_name=secret)
		cls.pending = case.applied(cls.other, week()[:2])
		frappe.db.commit()
		cls.secrets = (secret, FINDINGS, "Absence")
		for employee in (cls.employee, cls.other):
			cls.secrets += (employee.name, employee.user_id)

	def says_nothing(self, response):
		"""Neither an answer nor a refusal contains what is secret; nor does an answer name the requests."""
		secrets = self.secrets + ((self.name, self.pending) if response.ok else ())
		self.assertEqual([secret for secret in secrets if secret in response.text], [])


class TestOutsiders(PrivacyCase):
	"""Colleagues of the unit, with and without User Permissions, and another unit's superior."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.colleague, limited = subordinate(**UNLIMITED), subordinate()
		stranger = person(department=unit(SERVICE_BACK_OFFICE))
		make_employee(reports_to=stranger.name)
		frappe.db.commit()
		cls.outsiders = [employee.user_id for employee in (cls.colleague, limited, stranger)]

	def each_asks(self, questions, check):
		for user in self.outsiders:
			for function, arguments in questions:
				with self.subTest(function, user=user, **arguments):
					check(browser(user).call(function, **arguments))

	def test_no_function_tells_them_about_a_request(self):
		for name in (self.name, self.pending):
			self.each_asks(about_one(name), self.says_nothing)

	def test_no_address_tells_them_about_a_request(self):
		day = days_of(self.pending)[0].name
		for user in self.outsiders:
			for path in (
				f"/api/resource/{REQUEST}/{self.name}",
				f"/api/v2/document/{REQUEST}/{self.name}",
				f"/api/resource/{DAY}/{day}",
				f"/api/resource/{ELIGIBILITY}/{self.standing.name}",
				f"/printview?doctype={REQUEST}&name={self.name}",
			):
				with self.subTest(path, user=user):
					response = browser(user).get(path)
					self.assertEqual(response.status_code, 403)
					self.says_nothing(response)

	def test_no_list_search_or_export_tells_them_anything(self):
		self.each_asks(about_many(), self.says_nothing)

	def test_counting_tells_them_nothing(self):
		questions = [
			(function, {"doctype": doctype, "filters": filters})
			for function in ("frappe.client.get_count", "frappe.desk.reportview.get_count")
			for doctype in (REQUEST, DAY, ELIGIBILITY)
			for filters in ({}, {"employee": self.employee.name})
		]
		self.each_asks(questions, lambda response: self.assertEqual(self.ok(response), 0))

	def test_the_rows_of_a_request_tell_them_nothing(self):
		rows = {"parent": REQUEST, "fields": ["*"]}
		questions = [
			(LIST, {"doctype": doctype, **rows}) for doctype in ("MKD Request Date", "MKD Work Plan Item")
		]
		self.each_asks(questions, self.says_nothing)

	def test_what_the_platform_keeps_about_documents_tells_them_nothing(self):
		questions = [(LIST, {"doctype": doctype, "fields": ["*"]}) for doctype in BESIDE]
		self.each_asks(questions, self.says_nothing)

	def test_a_draft_that_points_to_the_request_tells_a_colleague_nothing(self):
		client = browser(self.colleague.user_id)
		draft = self.drafted(self.colleague, week()[:1])
		self.addCleanup(client.delete, f"/api/resource/{REQUEST}/{draft}")
		client.set_value(REQUEST, draft, amended_from=self.name)
		fields = ["name", "amended_from.failed_gates as gates", "amended_from.employee_name as who"]
		for response in (
			client.get(f"/api/resource/{REQUEST}/{draft}", expand_links=1),
			client.call(LIST, doctype=REQUEST, fields=fields, filters={"name": draft}),
		):
			with self.subTest(response.request.url):
				self.says_nothing(response)
		self.assertIsNone(stored(draft).amended_from)


class TestTheSuperior(PrivacyCase):
	"""He sees the request and the names of the gates, never what was found."""

	def setUp(self):
		self.client = browser(head().user_id)

	def test_he_sees_the_request_and_the_names_of_the_gates(self):
		request = self.ok(self.client.resource(REQUEST, self.name))
		self.assertEqual((request["status"], request["failed_gates"]), ("Denied", "Absence"))
		self.assertFalse(request.get("findings"))
		listed = self.ok(self.client.call(LIST, doctype=REQUEST, fields=["name", "status"]))
		self.assertIn({"name": self.name, "status": "Denied"}, listed)

	def test_no_function_tells_him_the_findings(self):
		for name in (self.name, self.pending):
			for function, arguments in about_one(name) + about_many():
				with self.subTest(function, **arguments):
					self.assertNotIn(FINDINGS, self.client.call(function, **arguments).text)
		self.refused(self.client.call("mkd_hrms.api.explain", request=self.name), "for the employee and HR")

	def test_no_address_tells_him_the_findings(self):
		day = days_of(self.pending)[0].name
		for path in (
			f"/api/resource/{REQUEST}/{self.name}?expand_links=1",
			f"/api/v2/document/{REQUEST}/{self.name}",
			f"/api/resource/{DAY}/{day}?expand_links=1",
			f"/printview?doctype={REQUEST}&name={self.name}",
		):
			with self.subTest(path):
				response = self.client.get(path)
				self.assertEqual(response.status_code, 200)
				self.assertNotIn(FINDINGS, response.text)

	def test_standings_and_records_of_decisions_are_closed_to_him(self):
		record = frappe.db.get_value(DECISION_RECORD, {"reference_name": self.name})
		for path in (
			f"/api/resource/{ELIGIBILITY}/{self.standing.name}",
			f"/api/resource/{DECISION_RECORD}/{record}",
		):
			with self.subTest(path):
				self.assertEqual(self.client.get(path).status_code, 403)

	def test_no_disguise_of_the_field_tells_him_the_findings(self):
		for doctype in (REQUEST, ELIGIBILITY):
			for field in DISGUISES:
				with self.subTest(field, doctype=doctype):
					field = field.replace(REQUEST, doctype)
					self.assertNotIn(FINDINGS, self.client.call(LIST, doctype=doctype, fields=[field]).text)

	def test_he_cannot_find_out_by_filtering(self):
		for doctype in (REQUEST, ELIGIBILITY):
			found = []
			for word in ("Absence", "No such word"):
				arguments = {"doctype": doctype, "filters": {"findings": ["like", f"%{word}%"]}}
				found.append(self.client.call("frappe.client.get_count", **arguments).json().get("message"))
			with self.subTest(doctype):
				self.assertEqual(*found)

	def test_he_does_not_read_why_a_day_was_released(self):
		report = subordinate()
		name = self.applied(report, week()[:1])
		self.ok(act(report.user_id, name, "Withdraw"))
		self.stands(name, "Withdrawn", ["Released"])
		asked = {"doctype": DAY, "filters": {"source_name": name}}
		for field in DISGUISES_OF_A_REASON:
			with self.subTest(field):
				response = self.client.call(LIST, **asked, fields=f'["{field}"]')
				self.assertNotIn("Withdrawn", response.text)
		found = []
		for word in ("Withdrawn", "No such word"):
			filters = f'[["source_name", "=", "{name}"], ["release\\u005freason", "like", "%{word}%"]]'
			response = self.client.call("frappe.client.get_count", doctype=DAY, filters=filters)
			found.append((response.status_code, response.json().get("message")))
		self.assertEqual(*found)
		self.refused(self.client.resource("MKD Day Reason", days_of(name)[0].name))

	def test_no_answer_to_his_own_actions_nor_the_history_holds_findings(self):
		report = subordinate()
		name = self.applied(report, week()[:2])
		key = {"doctype": REQUEST, "name": name}
		answers = [
			self.client.set_value(REQUEST, name, decision_note="Seen"),
			self.client.call("frappe.client.set_value", **key, fieldname="decision_note", value="Read"),
			self.client.call(
				"frappe.desk.form.save.savedocs", doc=json.dumps(self.form(name)), action="Save"
			),
			act(head().user_id, name, "Approve"),
			self.client.call("frappe.desk.form.load.getdoc", **key),
		]
		self.stands(name, "Approved", ["Approved"] * 2)
		for response in answers:
			with self.subTest(response.request.url):
				self.assertEqual(response.status_code, 200)
				self.assertNotIn(FINDINGS, response.text)
		for (version,) in frappe.get_all("Version", {"docname": name}, ["data"], as_list=True):
			self.assertNotIn(FINDINGS, version)

	def form(self, name):
		return self.client.call("frappe.desk.form.load.getdoc", doctype=REQUEST, name=name).json()["docs"][0]


class TestWhatIsHandedOver(PrivacyCase):
	"""A document leaves through more doors than those at which the platform asks who reads it."""

	def test_whatever_an_answer_is_made_of_is_cut_for_whom_it_is_closed_to(self):
		"""A link of another DocType, for instance, that the browser asks to expand."""
		record = frappe.db.get_value(DECISION_RECORD, {"reference_name": self.name})
		day = days_of(self.pending)[0].name
		self.addCleanup(setattr, frappe.local, "request", getattr(frappe.local, "request", None))
		with acting_as(subordinate(**UNLIMITED).user_id):
			frappe.local.request = frappe._dict(method="GET", path="/")
			for doctype, name in ((REQUEST, self.name), (DECISION_RECORD, record), (DAY, day)):
				with self.subTest(doctype):
					answer = json.loads(frappe.as_json(frappe.get_doc(doctype, name)))
					self.assertEqual(answer, {"doctype": doctype, "name": name})

	def test_whose_a_document_is_is_not_what_the_browser_says(self):
		client, boss = browser(head().user_id), head()
		for name in (self.name, self.pending):
			key = {"doctype": REQUEST, "name": name, "outcome": "Not Eligible"}
			key |= {"modified": str(stored(name).modified)}
			for forged in ({"employee": boss.name}, {"employee": boss.name, "__islocal": 1}):
				docs = json.dumps({**key, **forged})
				with self.subTest(name, **forged):
					response = client.get(
						"/api/method/run_doc_method", docs=docs, method="add_comment", args='{"text": "x"}'
					)
					self.assertNotIn(FINDINGS, response.text)

	def test_every_door_is_logged(self):
		place = {"place_latitude": -6.914744, "place_longitude": 107.60981}
		client, user = browser(head().user_id), head().user_id
		method = {"dt": REQUEST, "method": "add_comment", "args": '{"text": "x"}'}
		printed = "frappe.www.printview.get_html_and_style"
		for number, ask in enumerate(
			(
				lambda name: client.get("/api/method/run_doc_method", dn=name, **method),
				lambda name: client.call("run_doc_method", dn=name, **method),
				lambda name: client.set_value(REQUEST, name, decision_note="x"),
				lambda name: client.get(f"/api/method/{printed}", doc=REQUEST, name=name),
				lambda name: client.get(f"/api/resource/{REQUEST}/{name}"),
				lambda name: client.get(f"/api/v2/document/{REQUEST}/{name}"),
				lambda name: client.get("/api/method/frappe.client.get", doctype=REQUEST, name=name),
				lambda name: client.get(
					"/api/method/frappe.desk.form.load.getdoc", doctype=REQUEST, name=name
				),
			)
		):
			name = self.placed(place)
			with self.subTest(number):
				self.assertEqual(ask(name).status_code, 200)
				frappe.db.rollback()
				self.assertTrue(frappe.db.exists("Access Log", {"user": user, "reference_document": name}))
				comments = {"reference_name": name, "comment_type": "Comment"}
				self.assertEqual(frappe.db.count("Comment", comments), int(number == 1))

	def placed(self, place):
		"""A request that declares where, which nobody has read yet."""
		if not hasattr(self, "requests"):
			employees = [subordinate() for _each in range(2)]
			self.requests = [
				self.applied(employee, [day], **place) for employee in employees for day in week()[:4]
			]
		return self.requests.pop()


class TestTheEmployeeAndHR(PrivacyCase):
	def reads(self, user, name):
		client = browser(user)
		for response in (
			client.resource(REQUEST, name),
			client.get(f"/api/v2/document/{REQUEST}/{name}"),
			client.call("frappe.client.get", doctype=REQUEST, name=name),
			client.call("frappe.desk.form.load.getdoc", doctype=REQUEST, name=name),
		):
			with self.subTest(response.request.url, user=user):
				self.assertEqual(response.status_code, 200)
				self.assertIn(FINDINGS, response.text)
		explained = self.ok(client.call("mkd_hrms.api.explain", request=name))
		return {line["gate"]: line["sentence"] for line in explained["findings"] if line["verdict"] == "Fail"}

	def test_the_employee_reads_what_was_found_about_himself(self):
		self.assertIn("3 unexcused absences", self.reads(self.employee.user_id, self.name)["Absence"])
		self.assertEqual(self.reads(self.other.user_id, self.pending), {})

	def test_the_employee_reads_nothing_about_another(self):
		client = browser(self.other.user_id)
		self.refused(client.resource(REQUEST, self.name))
		self.refused(client.call("mkd_hrms.api.explain", request=self.name))

	def test_hr_reads_it(self):
		self.assertIn("3 unexcused absences", self.reads(officer(), self.name)["Absence"])

	def test_the_employee_reads_why_his_day_was_released(self):
		employee = subordinate()
		name = self.applied(employee, week()[:1])
		self.ok(act(head().user_id, name, "Reject"))
		day = days_of(name)[0].name
		self.assertEqual(self.ok(browser(employee.user_id).resource(DAY, day))["release_reason"], "Rejected")
