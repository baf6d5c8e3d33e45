"""Checking in from home and giving a day back at the office, as the telephone and the form do it."""

from datetime import timedelta

import frappe
from frappe.utils import getdate, now_datetime

from mkd_hrms.constants import DAY
from mkd_hrms.services.policies import in_force
from mkd_hrms.tests.support.http_day_case import ApprovedDayCase
from mkd_hrms.tests.support.http_world import browser, head, officer, open_house, stored, subordinate
from mkd_hrms.tests.support.office import AT_HOME, AT_OFFICE, assign, close_office, open_office
from mkd_hrms.tests.support.people import UNLIMITED

CHECKIN, GIVE_BACK = "Employee Checkin", "mkd_hrms.api.give_back_day"
SHIFT = "Sepanjang Hari"
LONG_AGO = "2020-01-01 07:00:00"


def setUpModule():
	open_house()
	times = {"start_time": "00:00:00", "end_time": "23:59:00"}
	times |= {"begin_check_in_before_shift_start_time": 0, "allow_check_out_after_shift_end_time": 0}
	frappe.get_doc({"doctype": "Shift Type", "__newname": SHIFT, **times}).insert(ignore_permissions=True)
	open_office()
	set_release_time("23:59:59")


def tearDownModule():
	frappe.set_user("Administrator")
	people = frappe.get_all("Shift Assignment", {"shift_type": SHIFT}, pluck="employee") or [""]
	frappe.db.delete(CHECKIN, {"employee": ("in", people)})
	frappe.db.delete("Notification Log", {"document_type": CHECKIN})
	close_office()
	frappe.db.delete("Shift Type", {"name": SHIFT})
	set_release_time("12:00:00")


def set_release_time(time):
	"""The clock is the real one, so noon may be over: the policy gives the whole day, or none of it."""
	frappe.db.set_value("MKD Policy", {"docstatus": 1}, "release_until_time", time)
	frappe.db.commit()
	in_force.clear_cache()


class CheckinCase(ApprovedDayCase):
	def in_office(self, **values):
		employee = subordinate(**values)
		assign(employee, SHIFT, getdate() - timedelta(days=7))
		frappe.db.commit()
		return employee

	def away_today(self):
		employee = self.in_office()
		employee.request, employee.day = self.approved_today(employee)
		return employee

	def checks_in(self, employee, place, user=None, **values):
		"""What the telephone sends."""
		doc = {"doctype": CHECKIN, "employee": employee.name, "log_type": "IN", "time": LONG_AGO}
		latitude, longitude = place
		doc |= {"latitude": latitude, "longitude": longitude, **values}
		return browser(user or employee.user_id).call("frappe.client.insert", doc=doc)


class TestCheckingIn(CheckinCase):
	def test_from_home_on_an_mkd_day_and_not_on_a_day_in_the_office(self):
		away, office = self.away_today(), self.in_office()
		answer = self.ok(self.checks_in(away, AT_HOME))
		self.assertEqual((answer["shift"], getdate(answer["time"])), (SHIFT, getdate()))
		self.refused(self.checks_in(office, AT_HOME), "within 100 meters")
		frappe.db.rollback()
		self.assertEqual(frappe.db.count(CHECKIN, {"employee": office.name}), 0)
		self.ok(self.checks_in(office, AT_OFFICE))

	def test_on_an_mkd_day_coordinates_are_still_asked_for(self):
		self.refused(self.checks_in(self.away_today(), (None, None)), "Latitude and longitude")

	def test_nobody_dates_the_receipt_himself(self):
		employee, before = self.away_today(), now_datetime()
		answer = self.ok(self.checks_in(employee, AT_HOME, mkd_received_at=LONG_AGO))
		received = stored(answer["name"], CHECKIN).mkd_received_at
		self.assertTrue(before <= received <= now_datetime())
		client = browser(employee.user_id)
		self.ok(client.set_value(CHECKIN, answer["name"], mkd_received_at=LONG_AGO, device_id="Rumah"))
		self.ok(
			client.call(
				"frappe.client.set_value",
				doctype=CHECKIN,
				name=answer["name"],
				fieldname="mkd_received_at",
				value=LONG_AGO,
			)
		)
		after = stored(answer["name"], CHECKIN)
		self.assertEqual((after.mkd_received_at, after.device_id), (received, "Rumah"))

	def test_a_machine_says_when_somebody_came_and_the_server_when_it_was_told(self):
		employee, claimed = self.in_office(), now_datetime().replace(microsecond=0) - timedelta(days=1)
		answer = self.ok(self.checks_in(employee, AT_OFFICE, officer(), time=str(claimed)))
		doc = stored(answer["name"], CHECKIN)
		self.assertEqual((doc.time, getdate(doc.mkd_received_at)), (claimed, getdate()))


class TestGivingBack(CheckinCase):
	def opened(self, user, name):
		"""What the form gets when it is opened."""
		response = browser(user).call("frappe.desk.form.load.getdoc", doctype=CHECKIN, name=name)
		self.assertEqual(response.status_code, 200, response.text[:300])
		(doc,) = response.json()["docs"]
		return (doc.get("__onload") or {}).get("mkd_release")

	def test_at_the_office_it_is_offered_and_done(self):
		employee = self.away_today()
		checkin = self.ok(self.checks_in(employee, AT_OFFICE))["name"]
		self.assertEqual(self.opened(employee.user_id, checkin), {"date": str(getdate()), "until": "23:59"})
		answer = self.ok(browser(employee.user_id).call(GIVE_BACK, checkin=checkin))
		self.assertEqual(answer, {"request": employee.request, "status": "Revoked"})
		day = stored(employee.day, DAY)
		self.assertEqual((day.status, day.person), ("Released", None))
		self.assertIsNone(self.opened(employee.user_id, checkin))
		self.refused(self.checks_in(employee, AT_HOME, log_type="OUT"), "within 100 meters")
		self.refused(browser(employee.user_id).call(GIVE_BACK, checkin=checkin), "no approved MKD day")

	def test_nobody_gives_back_the_day_of_a_colleague(self):
		employee, colleague = self.away_today(), self.in_office(**UNLIMITED)
		checkin = self.ok(self.checks_in(employee, AT_OFFICE))["name"]
		for user in (colleague.user_id, head().user_id, officer()):
			self.assertIsNone(self.opened(user, checkin))
			self.refused(browser(user).call(GIVE_BACK, checkin=checkin))
		self.assertEqual(stored(employee.day, DAY).status, "Approved")

	def test_neither_from_home_nor_after_the_time_nor_by_a_link(self):
		employee = self.away_today()
		home = self.ok(self.checks_in(employee, AT_HOME))["name"]
		self.assertIsNone(self.opened(employee.user_id, home))
		client = browser(employee.user_id)
		self.refused(client.call(GIVE_BACK, checkin=home), "not made within the office radius")
		office = self.ok(self.checks_in(employee, AT_OFFICE, log_type="OUT"))["name"]
		self.refused(client.get(f"/api/method/{GIVE_BACK}", checkin=office))
		set_release_time("00:00:00")
		self.addCleanup(set_release_time, "23:59:59")
		self.refused(client.call(GIVE_BACK, checkin=office), "before 00:00")
		self.assertEqual(stored(employee.day, DAY).status, "Approved")
