"""Check-ins on an MKD day (rule D1): the office radius does not bind, and the time of receipt is the server's."""

import frappe
from frappe.utils import get_datetime

from hrms.hr.doctype.employee_checkin.employee_checkin import CheckinRadiusExceededError

from mkd_hrms.services.calendar import clock
from mkd_hrms.tests.support.day_case import FRIDAY, SHIFT, THURSDAY, DayCase, at, moment
from mkd_hrms.tests.support.factories import applied, officer
from mkd_hrms.tests.support.office import (
	AT_HOME,
	AT_OFFICE,
	assign,
	checkin_from,
	close_office,
	open_office,
	track,
)
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.statements import is_looked_up, shapes, statements_of, without_our_events

MORNING = (THURSDAY, 8)
NIGHT = "Jaga Malam"


class CheckinCase(DayCase):
	"""The shift is bound to an office, and HRMS asks where people are."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		open_office()
		frappe.db.commit()
		cls.addClassCleanup(frappe.db.commit)
		cls.addClassCleanup(close_office)

	def away(self, days=(THURSDAY,), shift=SHIFT):
		employee = self.approved(days)
		assign(employee, shift, THURSDAY)
		return employee

	def in_office(self):
		employee = self.person(default_shift=SHIFT)
		assign(employee, SHIFT, THURSDAY)
		return employee

	def checks_in(self, employee, place, when=MORNING, **values):
		with at(*when):
			return checkin_from(employee, place, **values)

	def too_far(self, employee, when=MORNING, **values):
		with self.assertRaises(CheckinRadiusExceededError):
			self.checks_in(employee, AT_HOME, when, **values)


class TestTheOfficeRadius(CheckinCase):
	def test_on_an_approved_mkd_day_home_is_as_good_as_the_office(self):
		employee = self.away()
		frappe.clear_messages()
		for log_type, when in (("IN", MORNING), ("OUT", (THURSDAY, 16))):
			doc = self.checks_in(employee, AT_HOME, when, log_type=log_type)
			self.assertEqual((doc.shift, doc.offshift), (SHIFT, 0))
		self.assertEqual(frappe.get_message_log(), [])

	def test_coordinates_are_asked_for_all_the_same(self):
		employee = self.away()
		with self.assertRaisesRegex(frappe.ValidationError, "Latitude and longitude"):
			self.checks_in(employee, None)

	def test_where_nobody_is_tracked_none_are_asked_for(self):
		employee = self.away()
		track(False)
		self.assertTrue(self.checks_in(employee, None).name)

	def test_on_any_other_date_the_radius_binds(self):
		employee = self.away()
		self.too_far(employee, (FRIDAY, 8))
		self.assertTrue(self.checks_in(employee, AT_OFFICE, (FRIDAY, 8)).name)

	def test_for_everybody_else_the_radius_binds(self):
		self.away()
		self.too_far(self.in_office())

	def test_what_is_not_approved_or_was_given_back_frees_nobody(self):
		employee = self.in_office()
		request = applied(employee, [THURSDAY])
		self.too_far(employee)
		with acting_as(employee.user_id):
			frappe.get_doc(request.doctype, request.name).check_permission("read")
		frappe.db.set_value("MKD Day", {"employee": employee.name}, {"status": "Released", "person": None})
		self.too_far(employee)

	def test_a_day_that_is_over_may_still_be_corrected(self):
		employee = self.away()
		doc = self.checks_in(employee, AT_HOME)
		self.report(employee)
		self.end()
		self.assertEqual(self.day(employee).status, "Worked")
		with at(FRIDAY, 11), acting_as(officer()):
			doc.reload().save()

	def test_a_night_belongs_to_the_date_on_which_it_begins(self):
		make_night_shift()
		employee = self.approved()
		frappe.db.set_value("Employee", employee.name, "default_shift", NIGHT)
		assign(employee, NIGHT, THURSDAY.replace(day=20))
		self.too_far(employee, (THURSDAY, 5, 55))
		self.assertTrue(self.checks_in(employee, AT_HOME, (THURSDAY, 22)).name)
		self.assertTrue(self.checks_in(employee, AT_HOME, (FRIDAY, 5, 55), log_type="OUT").name)
		self.too_far(employee, (FRIDAY, 22))


class TestWhatItCosts(CheckinCase):
	"""Whoever has no MKD day pays with one look-up by index at most, and where nobody is tracked with none."""

	def statements(self, place, error=()):
		"""What the check-in of a new employee asks. Whoever is hired empties the caches: all begin alike.

		Only the time zone of MKD Settings is known: one check-in of a site asks for it, and all after it do not.
		"""
		employee = self.in_office()
		clock.zone()
		with at(*MORNING):
			return statements_of(lambda: checkin_from(employee, place), error)

	def ours(self, statements):
		return [statement for statement in statements if "tabMKD" in statement[0]]

	def test_at_the_office_and_from_home(self):
		for place, error in ((AT_OFFICE, ()), (AT_HOME, CheckinRadiusExceededError)):
			asked = self.ours(self.statements(place, error))
			self.assertEqual(len(asked), 1, asked)
			self.assertTrue(is_looked_up(asked[0], "mkd_day_employee_date"))

	def test_where_nobody_is_tracked(self):
		track(False)
		self.assertEqual(self.ours(self.statements(None)), [])

	def test_beside_the_look_up_nothing_is_asked_that_hrms_would_not_ask(self):
		self.statements(AT_OFFICE)
		with_us = self.statements(AT_OFFICE)
		with without_our_events():
			alone = self.statements(AT_OFFICE)
		more = shapes(with_us) - shapes(alone)
		self.assertEqual(more.total(), 1, more)


class TestTheTimeOfReceipt(CheckinCase):
	FORGED = "2020-01-01 07:00:00"

	def received(self, doc):
		return frappe.db.get_value("Employee Checkin", doc.name, "mkd_received_at")

	def test_it_is_the_servers_beside_the_time_that_a_machine_claims(self):
		employee = self.in_office()
		claimed = moment(THURSDAY, 7, 31)
		doc = self.checks_in(employee, AT_OFFICE, (THURSDAY, 9), user=officer(), time=claimed)
		self.assertEqual((doc.time, str(self.received(doc))[:16]), (claimed, f"{THURSDAY} 09:00"))

	def test_nobody_says_himself_when_it_was_received(self):
		for user in (None, officer()):
			employee = self.in_office()
			doc = self.checks_in(employee, AT_OFFICE, user=user, mkd_received_at=self.FORGED)
			received = self.received(doc)
			self.assertEqual(str(received)[:16], f"{THURSDAY} 08:00")
			with at(THURSDAY, 9), acting_as(user or employee.user_id):
				doc.update({"mkd_received_at": self.FORGED}).save()
				frappe.call("frappe.client.set_value", doc.doctype, doc.name, "mkd_received_at", self.FORGED)
			self.assertEqual(self.received(doc), received)

	def test_an_import_neither_brings_it_nor_changes_it(self):
		employee = self.in_office()
		columns, row = "Employee,Log Type,Time,Latitude,Longitude,Received at", f"{employee.name},IN"
		row += f",{THURSDAY} 07:40:00,{AT_OFFICE[0]},{AT_OFFICE[1]},{self.FORGED}"
		with at(*MORNING):
			self.imported("Insert New Records", f"{columns}\n{row}\n")
			doc = frappe.get_last_doc("Employee Checkin", {"employee": employee.name})
			received = self.received(doc)
			self.assertEqual(str(received)[:16], f"{THURSDAY} 08:00")
		with at(THURSDAY, 9):
			update = f"ID,Device ID,Received at\n{doc.name},Gerbang,{self.FORGED}\n"
			self.imported("Update Existing Records", update.replace("Device ID", "Location / Device ID"))
		self.assertEqual((doc.reload().device_id, self.received(doc)), ("Gerbang", received))

	def imported(self, kind, content):
		name = f"{frappe.generate_hash(length=8)}.csv"
		file = frappe.get_doc(
			{"doctype": "File", "file_name": name, "content": content, "is_private": 1}
		).insert()
		doc = frappe.get_doc(
			{"doctype": "Data Import", "reference_doctype": "Employee Checkin", "import_type": kind}
		)
		doc.import_file = file.file_url
		doc.insert().get_importer().import_data()
		log = frappe.get_all(
			"Data Import Log", {"data_import": doc.name}, ["success", "messages", "exception"]
		)
		self.assertEqual([entry.success for entry in log], [1], log)

	def test_a_check_in_from_before_the_app_has_none_and_gets_none(self):
		doc = self.checks_in(self.in_office(), AT_OFFICE)
		doc.db_set("mkd_received_at", None)
		with at(FRIDAY, 8), acting_as(officer()):
			doc.reload().update({"mkd_received_at": get_datetime(self.FORGED)}).save()
		self.assertIsNone(self.received(doc))


def make_night_shift():
	if frappe.db.exists("Shift Type", NIGHT):
		return
	times = {"start_time": "22:00:00", "end_time": "06:00:00"}
	frappe.get_doc({"doctype": "Shift Type", "__newname": NIGHT, **times}).insert(ignore_permissions=True)
