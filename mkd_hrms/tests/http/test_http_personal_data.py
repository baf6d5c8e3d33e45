"""Recall, agreement, places and personal data through the browser: who may what, and that reading is logged."""

import json

import frappe
from frappe.utils import now_datetime

from mkd_hrms.constants import AGREEMENT, DAY, DISCIPLINE_RECORD, PLACE_HINT, REQUEST
from mkd_hrms.tests.people.test_agreement import DRAWING
from mkd_hrms.tests.support.http_day_case import ApprovedDayCase
from mkd_hrms.tests.support.http_world import (
	browser,
	head,
	officer,
	open_house,
	stored,
	subordinate,
	user_with,
)
from mkd_hrms.tests.support.people import make_employee

setUpModule = open_house
CHECKIN, LOG = "Employee Checkin", "Access Log"
HOME = {"place_latitude": -6.914744, "place_longitude": 107.60981}
FAR = {"latitude": -6.95, "longitude": 107.61}


class PersonCase(ApprovedDayCase):
	def logged(self, user, doctype, name=None):
		frappe.db.rollback()
		return frappe.db.count(
			LOG, {"user": user, "export_from": doctype, "reference_document": name or ("is", "not set")}
		)


class TestRecall(PersonCase):
	def test_the_superior_calls_back_and_only_the_employee_and_hr_read_why(self):
		employee, colleague = subordinate(), subordinate()
		request, day = self.approved_day(employee)
		arguments = {"mkd_days": json.dumps([day]), "reason": "Rapat mendadak"}
		for user, why in ((employee.user_id, "nobody about himself"), (colleague.user_id, "not open to you")):
			self.refused(browser(user).call("mkd_hrms.api.recall_days", **arguments), why)
		self.refused(
			browser(head().user_id).call("mkd_hrms.api.revoke_days", **arguments), "still be called back"
		)
		self.ok(browser(head().user_id).call("mkd_hrms.api.recall_days", **arguments))
		self.assertEqual((stored(day, DAY).status, stored(request).status), ("Released", "Revoked"))
		for user, reads in ((employee.user_id, True), (officer(), True), (head().user_id, False)):
			answer = self.ok(browser(user).resource(DAY, day))
			self.assertEqual("Rapat mendadak" in (answer.get("release_reason") or ""), reads)


class TestAgreement(PersonCase):
	def tearDown(self):
		frappe.db.delete(AGREEMENT)
		frappe.db.commit()
		super().tearDown()

	def test_he_signs_and_neither_hr_nor_his_superior_nor_a_colleague_does(self):
		employee, colleague = subordinate(), subordinate()
		doc = {"doctype": AGREEMENT, "employee": employee.name}
		self.refused(browser(colleague.user_id).insert(doc))
		draft = self.ok(browser(employee.user_id).insert(doc))
		for user in (officer(), head().user_id, colleague.user_id):
			self.refused(browser(user).set_value(AGREEMENT, draft["name"], signature=DRAWING))
		self.assertIsNone(stored(draft["name"], AGREEMENT).signed_on)
		signed = self.ok(browser(employee.user_id).set_value(AGREEMENT, draft["name"], signature=DRAWING))
		self.assertEqual((signed["signed_how"], signed["text"]), ("In the Form", draft["text"]))
		for user in (employee.user_id, officer()):
			self.refused(browser(user).set_value(AGREEMENT, draft["name"], valid_from="2020-01-01"))


class TestPlaces(PersonCase):
	def checked_in(self, employee):
		"""A check-in of this moment on an MKD day that is today."""
		self.approved_today(employee, request=HOME)
		doc = {"doctype": CHECKIN, "employee": employee.name, "time": str(now_datetime()), "log_type": "IN"}
		name = self.ok(browser(employee.user_id).insert({**doc, **FAR}))["name"]
		self.addCleanup(self.clear, employee)
		return name

	def clear(self, employee):
		for doctype in (PLACE_HINT, CHECKIN):
			frappe.db.delete(doctype, {"employee": employee.name})
		frappe.db.commit()

	def test_a_far_check_in_is_stored_and_its_hint_is_reviewed_by_the_superior_only(self):
		employee, colleague = subordinate(), subordinate()
		checkin = self.checked_in(employee)
		frappe.db.rollback()
		hint, day = frappe.db.get_value(PLACE_HINT, {"checkin": checkin}, ["name", "mkd_day"])
		frappe.db.set_value(DAY, day, "status", "Worked")
		frappe.db.commit()
		self.refused(browser(colleague.user_id).resource(PLACE_HINT, hint))
		arguments = {"hint": hint, "status": "Confirmed", "note": "Berada di luar kota"}
		for user in (employee.user_id, colleague.user_id):
			self.refused(browser(user).call("mkd_hrms.api.review_place_hint", **arguments))
		self.refused(browser(head().user_id).set_value(PLACE_HINT, hint, status="Confirmed"))
		self.ok(browser(head().user_id).call("mkd_hrms.api.review_place_hint", **arguments))
		answer = self.ok(browser(employee.user_id).resource(PLACE_HINT, hint))
		self.assertEqual((answer["status"], answer["note"]), ("Confirmed", "Berada di luar kota"))

	def test_whoever_reads_his_position_is_logged_and_he_himself_is_not(self):
		employee, user = subordinate(), officer()
		checkin = self.checked_in(employee)
		self.ok(browser(employee.user_id).resource(CHECKIN, checkin))
		self.assertEqual(self.logged(employee.user_id, CHECKIN, checkin), 0)
		client = browser(user)
		for number, door in enumerate(
			(
				lambda: client.resource(CHECKIN, checkin),
				lambda: client.get("/api/method/frappe.client.get", doctype=CHECKIN, name=checkin),
				lambda: client.get("/api/method/frappe.desk.form.load.getdoc", doctype=CHECKIN, name=checkin),
				lambda: client.get(f"/api/v2/document/{CHECKIN}/{checkin}"),
			),
			1,
		):
			self.assertEqual(door().status_code, 200)
			self.assertEqual(self.logged(user, CHECKIN, checkin), number)

	def test_a_list_of_positions_is_logged_and_one_without_is_not(self):
		user = officer()
		before = self.logged(user, CHECKIN)
		self.ok(browser(user).get(f"/api/resource/{CHECKIN}", fields='["name", "time"]'))
		self.assertEqual(self.logged(user, CHECKIN), before)
		for fields in ('["name", "latitude"]', '["*"]', '["round(longitude, 9) as x"]'):
			browser(user).get(f"/api/resource/{CHECKIN}", fields=fields)
			before += 1
			self.assertEqual(self.logged(user, CHECKIN), before)
		for fields, more in (('["name", "time"]', 0), ('["name", "lati\\u0074ude"]', 1)):
			self.ok(browser(user).call("frappe.client.get_list", doctype=CHECKIN, fields=fields))
			before += more
			self.assertEqual(self.logged(user, CHECKIN), before)


class TestDiscipline(PersonCase):
	def test_every_reading_of_a_case_is_logged_and_a_refused_one_is_none(self):
		employee, user = subordinate(), officer()
		case = {
			"doctype": DISCIPLINE_RECORD,
			"employee": employee.name,
			"level": "Light",
			"stage": "In Process",
		}
		case = frappe.get_doc({**case, "from_date": "2026-01-01", "decree_no": "SK 9"}).insert(
			ignore_permissions=True
		)
		frappe.db.commit()
		self.ok(browser(user).resource(DISCIPLINE_RECORD, case.name))
		self.assertEqual(self.logged(user, DISCIPLINE_RECORD, case.name), 1)
		self.ok(browser(user).get(f"/api/resource/{DISCIPLINE_RECORD}"))
		self.assertEqual(self.logged(user, DISCIPLINE_RECORD), 1)
		self.refused(browser(head().user_id).resource(DISCIPLINE_RECORD, case.name))
		self.assertEqual(self.logged(head().user_id, DISCIPLINE_RECORD, case.name), 0)


class TestOwnData(PersonCase):
	PATH = "/api/method/mkd_hrms.api.download_personal_data"

	def case(self, employee, stage, **values):
		"""A case that HR records, with notes in it, beside it, and in an earlier version of it."""
		client = browser(officer())
		doc = {"doctype": DISCIPLINE_RECORD, "employee": employee.name, "level": "Light", "stage": stage}
		doc |= {"from_date": "2026-01-01", "decree_no": f"SK {stage}", "notes": "Saksi pertama", **values}
		name = self.ok(client.insert(doc))["name"]
		self.ok(client.set_value(DISCIPLINE_RECORD, name, notes="Saksi kedua"))
		about = {"reference_doctype": DISCIPLINE_RECORD, "reference_name": name}
		comment = {"content": "Saksi ketiga", "comment_email": officer(), "comment_by": "HR"}
		self.ok(client.call("frappe.desk.form.utils.add_comment", **about, **comment))
		self.addCleanup(self.forget, name)
		return name

	def forget(self, name):
		frappe.db.rollback()
		frappe.db.delete("Comment", {"reference_name": name})
		frappe.db.delete("Version", {"docname": name})
		frappe.db.commit()

	def test_of_a_case_in_process_he_learns_that_it_exists_and_not_what_hr_noted(self):
		employee = subordinate()
		name = self.case(employee, "In Process")
		self.ok(browser(officer()).call("frappe.client.submit", doc=json.dumps(self.form(name))))
		for user, arguments in ((employee.user_id, {}), (officer(), {"employee": employee.name})):
			answer = browser(user).get(self.PATH, **arguments)
			with self.subTest(user):
				(found,) = json.loads(answer.text)[DISCIPLINE_RECORD]
				self.assertEqual((found["name"], found["stage"], found["notes"]), (name, "In Process", None))
				self.assertIn("withheld until this case is decided", found["withheld"])
				self.assertNotIn("Saksi", answer.text)

	def test_once_it_is_decided_the_file_holds_the_notes(self):
		employee = subordinate()
		name = self.case(employee, "In Force", to_date="2026-12-31")
		draft = browser(employee.user_id).get(self.PATH).text
		self.assertNotIn("Saksi", draft)
		self.ok(browser(officer()).call("frappe.client.submit", doc=json.dumps(self.form(name))))
		data = json.loads(browser(employee.user_id).get(self.PATH).text)
		(found,) = data[DISCIPLINE_RECORD]
		self.assertEqual(found["notes"], "Saksi kedua")
		self.assertNotIn("withheld", found)
		for table, note in (("Comment", "Saksi ketiga"), ("Version", "Saksi pertama")):
			self.assertIn(note, json.dumps(data[table]))

	def form(self, name):
		return self.ok(browser(officer()).resource(DISCIPLINE_RECORD, name))

	def test_he_downloads_his_own_and_hr_for_him_and_nobody_else(self):
		employee, colleague = subordinate(), subordinate()
		request, _day = self.approved_day(employee)
		answer = browser(employee.user_id).get(self.PATH)
		self.assertIn(f"MKD-{employee.name}", answer.headers["Content-Disposition"])
		self.assertEqual([row["name"] for row in json.loads(answer.text)[REQUEST]], [request])
		for user in (colleague.user_id, head().user_id):
			self.refused(browser(user).get(self.PATH, employee=employee.name), "your own data only")
		self.assertEqual(browser(officer()).get(self.PATH, employee=employee.name).status_code, 200)
		self.assertEqual(self.logged(officer(), DISCIPLINE_RECORD, employee.name), 1)

	def test_his_own_comes_ten_times_an_hour_and_keeps_nobody_else_from_his(self):
		one, other = subordinate(), subordinate()
		for _each in range(10):
			self.assertEqual(browser(one.user_id).get(self.PATH).status_code, 200)
		answer = browser(one.user_id).get(self.PATH)
		self.assertEqual(answer.status_code, 429)
		self.assertIn("10 times within 60 minutes", answer.text)
		self.assertEqual(browser(other.user_id).get(self.PATH).status_code, 200)

	def test_a_nip_written_into_a_record_of_ones_own_opens_nobody_elses_data(self):
		"""A NIP has to be unique among active employees alone."""
		nip, hr = "199001012020011987", user_with("Employee", "HR User")
		victim = subordinate(mkd_nip=nip)
		self.case(victim, "In Force")
		own = make_employee(create_user_permission=0, status="Inactive", mkd_nip=nip).name
		frappe.db.set_value("Employee", own, "user_id", hr)
		frappe.db.commit()
		answer = browser(hr).get(self.PATH)
		self.assertEqual([row["name"] for row in json.loads(answer.text)["Employee"]], [own])
		self.assertNotIn("SK In Force", answer.text)
		self.refused(browser(hr).get(self.PATH, employee=victim.name), "disciplinary cases")

	def test_whoever_keeps_employee_records_gets_no_cases_by_making_one_his_own(self):
		hr = user_with("Employee", "HR User")
		victim = subordinate()
		self.case(victim, "In Force")
		frappe.db.set_value("Employee", victim.name, "user_id", hr)
		frappe.db.commit()
		answer = browser(hr).get(self.PATH)
		self.assertEqual(json.loads(answer.text)[DISCIPLINE_RECORD], [])
		self.assertIn("withheld", json.loads(answer.text))
		self.assertNotIn("SK In Force", answer.text)
		self.assertEqual(self.logged(hr, DISCIPLINE_RECORD, victim.name), 1)

	def test_every_download_is_logged_his_own_as_well(self):
		employee = subordinate()
		for count in (1, 2):
			self.assertEqual(browser(employee.user_id).get(self.PATH).status_code, 200)
			self.assertEqual(self.logged(employee.user_id, DISCIPLINE_RECORD, employee.name), count)
