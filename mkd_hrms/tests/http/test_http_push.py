"""Rows that another system sends with a key of its own: what is stored of them, what is refused with which number, and that the
key opens nothing else."""

import json
import threading

import frappe

from mkd_hrms.constants import DATA_SENDER, FILE, IMPORT, IMPORT_LINE, MODULE
from mkd_hrms.services.imports import pushing
from mkd_hrms.services.platform import locks
from mkd_hrms.tests.support.factories import working_days_before
from mkd_hrms.tests.support.http_world import HTTPCase, browser, open_house, user_with
from mkd_hrms.tests.support.import_case import device, fresh_nip
from mkd_hrms.tests.support.live_server import messages
from mkd_hrms.tests.support.people import make_employee
from mkd_hrms.tests.support.programs import PULL_PATH, PUSH, reader, sender, tire
from mkd_hrms.tests.support.world import COMPANY, other_company

setUpModule = open_house


class PushCase(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		other_company()
		cls.day = str(working_days_before(frappe.utils.getdate(), 1)[0])
		cls.client = sender(COMPANY)

	def tearDown(self):
		super().tearDown()
		for name in frappe.get_all(IMPORT, pluck="name"):
			frappe.db.delete(IMPORT_LINE, {"mkd_import": name})
			frappe.db.delete(FILE, {"attached_to_doctype": IMPORT, "attached_to_name": name})
			frappe.db.delete(IMPORT, name)
		frappe.db.commit()

	def member(self, company=COMPANY):
		employee = make_employee(mkd_nip=fresh_nip(), attendance_device_id=device(), company=company)
		frappe.db.commit()
		return employee

	def row(self, nip, kind="WFO"):
		return {"nip": nip, "tanggal": self.day, "jenis": kind}

	def sent(self, *rows, **values):
		key = frappe.generate_hash(length=12)
		return {"company": COMPANY, "profile": "kmob", "rows": list(rows), "key": key, **values}

	def attendance(self, *employees):
		frappe.db.rollback()
		names = [employee.name for employee in employees]
		at = {"employee": ("in", names), "attendance_date": self.day, "docstatus": 1}
		return frappe.get_all("Attendance", at, pluck="employee", order_by="employee")

	def is_refused(self, response, status, *words):
		self.assertEqual(response.status_code, status, response.text[:500])
		said = " ".join(messages(response))
		for word in words:
			self.assertIn(word, said)

	def stored_nothing(self):
		frappe.db.rollback()
		self.assertEqual(frappe.get_all(IMPORT), [])


class TestPush(PushCase):
	def test_each_row_is_answered_and_stored_for_a_user_who_may_do_nothing_else(self):
		one, other = self.member(), self.member()
		rows = [self.row(one.mkd_nip), self.row(other.mkd_nip, "Bolos"), self.row(fresh_nip())]
		answer = self.ok(self.client.call(PUSH, **self.sent(*rows)))
		self.assertEqual((answer["status"], answer["repeated"]), ("Applied", False))
		self.assertEqual([row["result"] for row in answer["rows"]], ["Created", "Rejected", "Rejected"])
		self.assertEqual(self.attendance(one, other), [one.name])
		self.assertEqual(frappe.db.get_value("Attendance", answer["rows"][0]["name"], "employee"), one.name)

	def test_somebody_of_another_company_is_a_stranger(self):
		elsewhere, stranger = self.member(other_company()), fresh_nip()
		rows = [self.row(elsewhere.mkd_nip), self.row(stranger)]
		answer = self.ok(self.client.call(PUSH, **self.sent(*rows)))
		said = [
			(row["result"], row["kind"], row["reason"].replace(nip, "*"))
			for row, nip in zip(answer["rows"], (elsewhere.mkd_nip, stranger), strict=True)
		]
		self.assertEqual(said[0][:2], ("Rejected", "unknown_person"))
		self.assertEqual(*said)
		self.assertEqual(self.attendance(elsewhere), [])

	def test_a_company_that_is_not_left_to_him_is_as_good_as_none(self):
		elsewhere, said = self.member(other_company()), []
		for company in (other_company(), "Dinas Khayal"):
			response = self.client.call(PUSH, **self.sent(self.row(elsewhere.mkd_nip), company=company))
			self.is_refused(response, 403)
			said.append(" ".join(messages(response)).replace(company, "*"))
		self.assertEqual(*said)
		self.stored_nothing()

	def test_a_user_permission_leaves_him_one_kind_of_rows(self):
		one = self.member()
		client = sender(COMPANY, MKD_Import_Profile="trk-month")
		self.is_refused(client.call(PUSH, **self.sent(self.row(one.mkd_nip))), 403, "you may send trk-month")
		minutes = {"nip": one.mkd_nip, "tahun": 2025, "bulan": 1, "menit_aktivitas": 6100}
		answer = self.ok(client.call(PUSH, **self.sent(minutes, profile="trk-month")))
		self.assertEqual([row["result"] for row in answer["rows"]], ["Created"])

	def test_the_same_call_is_stored_once_and_answered_again(self):
		one = self.member()
		sent = self.sent(self.row(one.mkd_nip), self.row(fresh_nip()))
		first, again = (self.ok(self.client.call(PUSH, **sent)) for _each in range(2))
		self.assertEqual((first["repeated"], again["repeated"]), (False, True))
		self.assertEqual({**again, "repeated": False}, first)
		self.assertEqual(self.attendance(one), [one.name])
		self.assertEqual(len(frappe.get_all(IMPORT)), 1)

	def test_other_rows_under_a_used_key_are_refused(self):
		one, other = self.member(), self.member()
		sent = self.sent(self.row(one.mkd_nip))
		self.ok(self.client.call(PUSH, **sent))
		changed = {**sent, "rows": [self.row(other.mkd_nip)]}
		self.is_refused(self.client.call(PUSH, **changed), 422, "under another key")
		self.assertEqual(self.attendance(one, other), [one.name])

	def test_a_colleagues_key_tells_nothing_of_what_he_sent(self):
		one, other = self.member(), sender(COMPANY)
		sent = self.sent(self.row(one.mkd_nip))
		name = self.ok(self.client.call(PUSH, **sent))["name"]
		response = other.call(PUSH, **sent)
		self.is_refused(response, 422, "under another key")
		self.assertNotIn(name, response.text)

	def test_while_it_is_being_stored_the_same_call_waits_its_turn(self):
		one = self.member()
		sent = self.sent(self.row(one.mkd_nip))
		hashed = pushing.hashed(COMPANY, sent["key"])
		with locks.alone(f"push {hashed}") as mine:
			self.assertTrue(mine)
			self.is_refused(self.client.call(PUSH, **sent), 409, "in a while")
		self.stored_nothing()
		self.assertFalse(self.ok(self.client.call(PUSH, **sent))["repeated"])

	def test_many_at_the_same_moment_store_one(self):
		one, statuses = self.member(), []
		sent = self.sent(self.row(one.mkd_nip))
		threads = [
			threading.Thread(target=lambda: statuses.append(self.client.call(PUSH, **sent).status_code))
			for _each in range(6)
		]
		for thread in threads:
			thread.start()
		for thread in threads:
			thread.join()
		self.assertLessEqual(set(statuses), {200, 409})
		self.assertIn(200, statuses)
		frappe.db.rollback()
		self.assertEqual(len(frappe.get_all(IMPORT)), 1)
		self.assertEqual(self.attendance(one), [one.name])


class TestRefused(PushCase):
	def test_a_wrong_token(self):
		one = self.member()
		key = frappe.db.get_value("User", self.client.user, "api_key")
		before = self.client.session.headers["Authorization"]
		self.addCleanup(self.client.session.headers.update, {"Authorization": before})
		for token in (f"token {key}:falsch", "token falsch:falsch", "Basic Zm9vOmJhcg==", "token x"):
			with self.subTest(token):
				self.client.session.headers["Authorization"] = token
				response = self.client.call(PUSH, **self.sent(self.row(one.mkd_nip)))
				self.assertEqual(response.status_code, 401, response.text[:300])
				self.assertEqual(response.json()["exc_type"], "AuthenticationError")
		self.stored_nothing()

	def test_without_a_token_and_for_a_disabled_user(self):
		one, gone = self.member(), sender(COMPANY)
		frappe.db.set_value("User", gone.user, "enabled", 0)
		frappe.db.commit()
		self.assertEqual(gone.call(PUSH, **self.sent(self.row(one.mkd_nip))).status_code, 401)
		del gone.session.headers["Authorization"]
		self.assertEqual(gone.call(PUSH, **self.sent(self.row(one.mkd_nip))).status_code, 403)
		self.stored_nothing()

	def test_more_rows_and_more_signs_than_one_call_holds(self):
		row = self.row(self.member().mkd_nip)
		self.is_refused(self.client.call(PUSH, **self.sent(*[row] * 201)), 413, "1 to 200 rows")
		long = {**row, "keterangan": "x" * 6000}
		self.is_refused(self.client.call(PUSH, **self.sent(*[long] * 200)), 413, "a million signs")
		self.stored_nothing()

	def test_a_form_that_was_not_asked_for(self):
		row = self.row(self.member().mkd_nip)
		for words, values in (
			("at most 140", {"key": ""}),
			("key is a text", {"key": 5}),
			("company is a text", {"company": [COMPANY]}),
			("profile is a text", {"profile": {"a": 1}}),
			("1 to 200 rows", {"rows": {"a": 1}}),
			("at most 140", {"key": "x" * 141}),
			("1 to 200 rows", {"rows": []}),
			("1 to 200 rows", {"rows": None}),
			("rows is no JSON", {"rows": "[{"}),
			("expected headings", {"rows": [[1]]}),
			("expected headings", {"rows": [{**row, "jenis": ["WFO"]}]}),
		):
			with self.subTest(words, **values):
				self.is_refused(self.client.call(PUSH, **{**self.sent(row), **values}), 400, words)
		self.stored_nothing()

	def test_what_its_profile_cannot_read(self):
		row = self.row(self.member().mkd_nip)
		self.is_refused(self.client.call(PUSH, **self.sent(row, profile="kmop")), 422, "There is no profile")
		del row["jenis"]
		self.is_refused(self.client.call(PUSH, **self.sent(row)), 422, "Columns are missing")
		self.stored_nothing()

	def test_a_body_that_is_no_json(self):
		for path in (f"/api/method/{PUSH}", f"/api/v1/method/{PUSH}", f"/api/v2/method/{PUSH}"):
			for body in (b'{"company": "', b"", b"company=x", b"\xff\xfe"):
				with self.subTest(path, body=body):
					response = self.client.session.post(
						self.client.server.url + path,
						data=body,
						headers={"Content-Type": "application/json"},
						timeout=60,
					)
					self.assertEqual(response.status_code, 400, response.text[:300])
					self.assertIn("Malformed", response.text)
		self.stored_nothing()

	def test_a_body_that_is_no_object(self):
		for body in ("[]", "[1]", '"x"', "null", "1"):
			with self.subTest(body):
				response = self.client.session.post(
					f"{self.client.server.url}/api/method/{PUSH}",
					data=body,
					headers={"Content-Type": "application/json"},
					timeout=60,
				)
				self.assertIn(response.status_code, (400, 417), response.text[:300])
		self.stored_nothing()

	def test_who_calls_too_often_is_told_when_to_come_back(self):
		client, one = sender(COMPANY), self.member()
		tire(client, "import push")
		response = client.call(PUSH, **self.sent(self.row(one.mkd_nip)))
		self.is_refused(response, 429, "600 times within 60 minutes")
		self.assertTrue(0 < int(response.headers["Retry-After"]) <= 300)
		self.stored_nothing()
		# Nobody else waits with him.
		self.ok(self.client.call(PUSH, **self.sent(self.row(one.mkd_nip))))

	def test_who_has_another_role(self):
		one = self.member()
		for user in (user_with("Employee"), user_with("HR User"), reader(COMPANY).user):
			with self.subTest(user):
				response = browser(user).call(PUSH, **self.sent(self.row(one.mkd_nip)))
				self.is_refused(response, 403, DATA_SENDER)
		self.stored_nothing()


class TestNothingElse(PushCase):
	"""Whoever steals the key of a program reads nothing with it."""

	def setUp(self):
		self.one = self.member()
		answer = self.ok(
			self.client.call(PUSH, **self.sent(self.row(self.one.mkd_nip), self.row(fresh_nip())))
		)
		self.name, (made, _rejected) = answer["name"], answer["rows"]
		self.made = made["name"]

	def test_no_list_tells_it_anything(self):
		ours = frappe.get_all("DocType", {"module": MODULE, "istable": 0, "issingle": 0}, pluck="name")
		theirs = (
			"Employee",
			"Attendance",
			"Employee Checkin",
			"Leave Application",
			"Appraisal",
			"Department",
		)
		for client in (self.client, reader(COMPANY)):
			for doctype in (*ours, *theirs, "Company", "Report", "Designation"):
				with self.subTest(doctype, user=client.user):
					response = client.get(f"/api/resource/{doctype}", limit_page_length=0)
					self.assertEqual(response.status_code, 403, response.text[:200])
					response = client.call("frappe.client.get_list", doctype=doctype, fields=["*"])
					self.assertEqual(response.status_code, 403, response.text[:200])
					self.assertEqual(client.call("frappe.client.get_count", doctype=doctype).status_code, 403)

	def test_no_document_is_opened_or_written(self):
		settings = frappe.get_all("DocType", {"module": MODULE, "issingle": 1}, pluck="name")
		documents = [("Employee", self.one.name), ("Attendance", self.made), (IMPORT, self.name)]
		documents += [(doctype, doctype) for doctype in settings]
		for client in (self.client, reader(COMPANY)):
			for doctype, name in documents:
				with self.subTest(doctype, user=client.user):
					key = {"doctype": doctype, "name": name}
					responses = [
						client.resource(doctype, name),
						client.set_value(doctype, name, department=None),
						client.call("frappe.client.get", **key),
						client.call("frappe.client.delete", **key),
						client.call("frappe.desk.form.load.getdoc", **key),
						client.insert({"doctype": doctype, "company": COMPANY}),
					]
					for response in responses:
						self.assertIn(response.status_code, (403, 404), response.text[:200])
						self.assertNotIn(self.one.mkd_nip, response.text)

	def test_what_was_sent_is_not_read_back(self):
		frappe.db.rollback()
		files = frappe.get_all(
			FILE,
			{"attached_to_doctype": IMPORT, "attached_to_name": self.name},
			["name", "file_url", "owner"],
		)
		self.assertEqual(len(files), 2)
		for client in (self.client, reader(COMPANY)):
			listed = client.get(f"/api/resource/{FILE}", fields='["name", "file_url"]', limit_page_length=0)
			for file in files:
				self.assertNotIn(file.name, listed.text)
				self.assertEqual(client.get(file.file_url).status_code, 403)
				self.assertEqual(client.resource(FILE, file.name).status_code, 403)

	def test_no_other_function_of_ours_answers_it(self):
		for client in (self.client, reader(COMPANY)):
			for function in ("check_import", "apply_import", "undo_import"):
				self.is_refused(client.call(f"mkd_hrms.api.{function}", name=self.name), 403)
			for function, arguments in (
				("employee_overview", {"employee": self.one.name}),
				("before_applying", {"employee": self.one.name}),
				("evaluate_now", {"company": COMPANY}),
				("download_personal_data", {"employee": self.one.name}),
				("coverage_board", {}),
				("make_calendar_feed", {}),
			):
				with self.subTest(function, user=client.user):
					response = client.call(f"mkd_hrms.api.{function}", **arguments)
					self.assertFalse(response.ok and response.json().get("message"), response.text[:300])
					self.assertNotIn(self.one.mkd_nip, response.text)
		week = {"company": COMPANY, "from_date": self.day, "to_date": self.day}
		self.is_refused(self.client.get(PULL_PATH, **week), 403, "MKD Schedule Reader")

	def test_no_report_and_no_desk(self):
		self.assertEqual(frappe.db.get_value("User", self.client.user, "user_type"), "Website User")
		for report in frappe.get_all("Report", {"module": MODULE}, pluck="name"):
			with self.subTest(report):
				arguments = {"report_name": report, "filters": json.dumps({"company": COMPANY})}
				response = self.client.call("frappe.desk.query_report.run", **arguments)
				self.assertIn(response.status_code, (403, 404), response.text[:200])

	def test_hr_sees_what_came_and_takes_it_back(self):
		officer = browser(user_with("MKD Officer", "Employee"))
		shown = self.ok(officer.resource(IMPORT, self.name))
		self.assertEqual((shown["status"], shown["applied_by"]), ("Applied", self.client.user))
		self.assertEqual(officer.get(shown["file"]).status_code, 200)
		self.assertEqual(
			self.ok(officer.call("mkd_hrms.api.undo_import", name=self.name))["status"], "Undoing"
		)
