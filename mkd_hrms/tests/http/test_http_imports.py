"""A file of another system in the browser: uploaded, looked at, applied, undone by an officer; and who is kept from it."""

import frappe

from mkd_hrms.constants import IMPORT, IMPORT_LINE
from mkd_hrms.services.imports import applying
from mkd_hrms.tests.support.factories import working_days_before
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	browser,
	head,
	open_house,
	person,
	stored,
	user_with,
	with_key,
)
from mkd_hrms.tests.support.import_case import attlog, device, fresh_nip, kmob
from mkd_hrms.tests.support.people import make_employee, store_row
from mkd_hrms.tests.support.world import COMPANY, other_company

setUpModule = open_house
DECIDE = "mkd_hrms.api.decide_check_in"
CHECK, APPLY, UNDO, PUSH = (f"mkd_hrms.api.{name}_import" for name in ("check", "apply", "undo", "push"))


class TestImports(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.officer = user_with("MKD Officer", "Employee")
		cls.day = str(working_days_before(frappe.utils.getdate(), 1)[0])

	def tearDown(self):
		super().tearDown()
		for name in frappe.get_all(IMPORT, pluck="name"):
			frappe.db.delete(IMPORT_LINE, {"mkd_import": name})
			frappe.db.delete(IMPORT, name)
		frappe.db.commit()

	def member(self):
		values = {"mkd_nip": fresh_nip(), "attendance_device_id": device(), "company": COMPANY}
		employee = make_employee(**values)
		frappe.db.commit()
		return employee

	def upload(self, user, content, name="presensi.csv"):
		"""The address of a file as the form's upload sends it."""
		client = browser(user)
		answer = client.session.post(
			f"{client.server.url}/api/method/upload_file",
			files={"file": (name, content)},
			data={"is_private": "1"},
			timeout=60,
		)
		return self.ok(answer)["file_url"]

	def made(self, user, content, **values):
		url = self.upload(user, content)
		return self.ok(browser(user).insert({"doctype": IMPORT, "company": COMPANY, "file": url, **values}))

	def attendance(self, employee):
		frappe.db.rollback()
		at = {"employee": employee.name, "attendance_date": self.day, "docstatus": 1}
		return frappe.get_all("Attendance", at, pluck="status")

	def offered(self, user, name):
		answer = browser(user).call("frappe.desk.form.load.getdoc", doctype=IMPORT, name=name).json()
		return answer["docs"][0]["__onload"]["offered"]

	def test_the_whole_way(self):
		one = self.member()
		made = self.made(self.officer, kmob((one.mkd_nip, self.day, "WFO"), (fresh_nip(), self.day, "WFO")))
		name, client = made["name"], browser(self.officer)
		self.assertEqual((made["status"], made["read_as"]), ("Draft", "kmob"))
		self.assertEqual(self.offered(self.officer, name), ["Check"])
		self.refused(client.call(APPLY, name=name), "Draft")
		answer = self.ok(client.call(CHECK, name=name))
		self.assertEqual((answer["status"], answer["created"], answer["rejected"]), ("Checked", 1, 1))
		self.assertEqual(self.offered(self.officer, name), ["Check", "Apply"])
		self.assertEqual(self.attendance(one), [])
		rows = client.get(stored(name, IMPORT).rejected_rows)
		self.assertEqual(rows.status_code, 200)
		self.assertIn("unknown_person", rows.text)
		self.assertEqual(self.ok(client.call(APPLY, name=name))["status"], "Applying")
		self.assertEqual(self.offered(self.officer, name), [])
		self.refused(client.call(APPLY, name=name), "Applying")
		self.work(name)
		self.assertEqual(self.attendance(one), ["Present"])
		self.assertEqual(self.offered(self.officer, name), ["Undo"])
		self.refused(client.set_value(IMPORT, name, month=self.day), "was applied")
		self.ok(client.call(UNDO, name=name))
		self.work(name)
		self.assertEqual((self.attendance(one), stored(name, IMPORT).status), ([], "Undone"))

	def work(self, name):
		frappe.db.rollback()
		applying.work(name)
		frappe.set_user("Administrator")
		frappe.db.commit()

	def test_nobody_else_sees_or_does_anything(self):
		one, employee = self.member(), person()
		name = self.made(self.officer, kmob((one.mkd_nip, self.day, "WFO")))["name"]
		self.ok(browser(self.officer).call(CHECK, name=name))
		elsewhere = user_with("HR Manager")
		allow = {"doctype": "User Permission", "user": elsewhere, "allow": "Company"}
		frappe.get_doc({**allow, "for_value": other_company()}).insert(ignore_permissions=True)
		frappe.db.commit()
		rejected = stored(name, IMPORT).file
		for user in (employee.user_id, user_with("HR User"), elsewhere):
			with self.subTest(user):
				client = browser(user)
				self.refused(client.resource(IMPORT, name))
				self.assertNotIn(name, client.get(f"/api/resource/{IMPORT}").text)
				for method in (CHECK, APPLY, UNDO):
					self.refused(client.call(method, name=name))
				self.assertEqual(client.get(rejected).status_code, 403)
				self.assertFalse(client.get(f"/api/resource/{IMPORT_LINE}").json().get("data"))
		self.assertEqual(self.attendance(one), [])

	def test_a_check_in_of_a_day_that_is_over_waits_for_hr(self):
		one, boss = self.member(), head()
		year, week, _weekday = frappe.utils.getdate(self.day).isocalendar()
		values = {"mkd_date": self.day, "company": COMPANY, "person": one.mkd_nip, "status": "No Show"}
		day = store_row("MKD Day", one.name, iso_week=f"{year}-W{week:02d}", slot=1, **values)
		frappe.db.commit()
		content = attlog((one.attendance_device_id, f"{self.day} 07:20:00"))
		name, client = self.made(self.officer, content)["name"], browser(self.officer)
		self.assertEqual(self.ok(client.call(CHECK, name=name))["to_confirm"], 1)
		self.ok(client.call(APPLY, name=name))
		self.work(name)
		line = frappe.db.get_value(IMPORT_LINE, {"mkd_import": name})
		for user in (boss.user_id, user_with("HR User"), user_with("Employee")):
			self.refused(browser(user).call(DECIDE, name=line, confirmed=1))
		self.refused(client.set_value(IMPORT_LINE, line, decision="Confirmed"))
		self.assertEqual(stored(line, IMPORT_LINE).decision, "Open")
		self.assertEqual(self.ok(client.call(DECIDE, name=line, confirmed=1))["decision"], "Confirmed")
		self.refused(client.call(DECIDE, name=line, confirmed=0), "nothing is to be decided")
		frappe.db.rollback()
		self.assertEqual(frappe.db.get_value("MKD Day", day.name, "status"), "Worked")

	def test_an_officers_key_sends_rows_once_and_is_told_of_each(self):
		one, other = self.member(), self.member()
		pusher = user_with("MKD Officer", "Employee")
		with_key(pusher)
		rows = [
			{
				"nip": one.mkd_nip,
				"tanggal": self.day,
				"jenis": "WFO",
				"jam_masuk": "07:10",
				"jam_pulang": "16:00",
			},
			{"nip": other.mkd_nip, "tanggal": self.day, "jenis": "Bolos"},
			{"nip": fresh_nip(), "tanggal": self.day, "jenis": "WFO"},
		]
		sent = {"company": COMPANY, "profile": "kmob", "rows": rows, "key": frappe.generate_hash(length=12)}
		answer = self.ok(browser(pusher).call(PUSH, **sent))
		self.assertEqual((answer["status"], answer["repeated"]), ("Applied", False))
		self.assertEqual([row["result"] for row in answer["rows"]], ["Created", "Rejected", "Rejected"])
		self.assertEqual(
			[row.get("kind") for row in answer["rows"]], [None, "unknown_word", "unknown_person"]
		)
		self.assertEqual(self.attendance(one), ["Present"])
		again = self.ok(browser(pusher).call(PUSH, **sent))
		self.assertEqual({**again, "repeated": False}, answer)
		self.assertTrue(again["repeated"])
		self.assertEqual(len(frappe.get_all(IMPORT)), 1)
		new = self.ok(browser(pusher).call(PUSH, **{**sent, "key": frappe.generate_hash(length=12)}))
		self.assertEqual([row["result"] for row in new["rows"]], ["Unchanged", "Rejected", "Rejected"])

	def test_a_state_is_not_written_through_the_door_of_the_platform(self):
		one = self.member()
		made = self.made(
			self.officer, kmob((one.mkd_nip, self.day, "WFO")), status="Applied", created_count=9
		)
		self.assertEqual((made["status"], made["created_count"]), ("Draft", 0))
		client = browser(self.officer)
		self.ok(client.set_value(IMPORT, made["name"], status="Applying", applied_by="Administrator"))
		self.assertEqual(stored(made["name"], IMPORT).status, "Draft")
