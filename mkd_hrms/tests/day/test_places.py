"""Where somebody checks in on an MKD day (rule D2): a hint in the superior's list, and nothing is refused."""

from unittest.mock import patch

import frappe

from mkd_hrms.constants import PLACE_HINT, SETTINGS
from mkd_hrms.services.day import places
from mkd_hrms.services.requests.asked_dates import InvalidDays
from mkd_hrms.services.workflow.states import MoveNotAllowed
from mkd_hrms.tests.support.day_case import FRIDAY, THURSDAY, DayCase, at
from mkd_hrms.tests.support.factories import draft, officer
from mkd_hrms.tests.support.people import acting_as

HOME = {"place_latitude": -6.914744, "place_longitude": 107.60981}
# So many metres north of home: a degree of latitude is 111,195 m on the sphere that Frappe HR reckons with.
DEGREE = 111_195


def north(metres):
	return {"latitude": HOME["place_latitude"] + metres / DEGREE, "longitude": HOME["place_longitude"]}


class PlaceCase(DayCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.worker = cls().approved()
		frappe.db.set_value("MKD Request", cls.worker.request, HOME, update_modified=False)
		frappe.db.commit()

	def check_in(self, on=THURSDAY, hour=8, **position):
		"""Now: an employee does not write the time of his own check-in."""
		with at(on, hour), acting_as(self.worker.user_id):
			doc = {"doctype": "Employee Checkin", "employee": self.worker.name, "log_type": "IN"}
			return frappe.get_doc({**doc, **position}).insert()

	def hint_of(self, checkin):
		name = frappe.db.get_value(PLACE_HINT, {"checkin": checkin.name})
		return name and frappe.get_doc(PLACE_HINT, name)


class TestTheHint(PlaceCase):
	def test_beyond_the_radius_there_is_one_and_it_keeps_no_coordinates(self):
		hint = self.hint_of(self.check_in(**north(210)))
		self.assertEqual(
			(hint.kind, hint.status, hint.distance_m), ("Outside the Declared Place", "Open", 210)
		)
		self.assertEqual(
			(hint.mkd_day, hint.department), (self.day(self.worker).name, self.worker.department)
		)
		self.assertFalse({"latitude", "longitude", "geolocation"} & set(hint.as_dict()))

	def test_within_the_radius_there_is_none(self):
		self.assertIsNone(self.hint_of(self.check_in(**north(199))))

	def test_what_the_device_may_have_erred_counts_for_him(self):
		self.assertIsNone(self.hint_of(self.check_in(**north(350), mkd_accuracy=160)))

	def test_a_position_that_says_nothing_is_a_hint_of_another_kind(self):
		hint = self.hint_of(self.check_in(**north(5000), mkd_accuracy=201))
		self.assertEqual((hint.kind, hint.distance_m, hint.accuracy_m), ("Inaccurate Position", 0, 201))

	def test_the_settings_say_how_far(self):
		frappe.db.set_single_value(SETTINGS, "place_radius_m", 1000)
		self.assertIsNone(self.hint_of(self.check_in(**north(900))))

	def test_nothing_is_compared_without_position_declaration_or_mkd_day(self):
		frappe.db.set_value("MKD Request", self.worker.request, dict.fromkeys(HOME, 0))
		self.assertIsNone(self.hint_of(self.check_in(**north(5000))))
		frappe.db.set_value("MKD Request", self.worker.request, HOME)
		self.assertIsNone(self.hint_of(self.check_in(on=FRIDAY, **north(5000))))
		self.assertIsNone(self.hint_of(self.check_in(hour=9)))

	def test_whatever_goes_wrong_the_check_in_stands(self):
		with patch.object(places, "_compare", side_effect=ZeroDivisionError):
			checkin = self.check_in(**north(5000))
		self.assertTrue(frappe.db.exists("Employee Checkin", checkin.name))
		self.assertTrue(frappe.db.exists("Error Log", {"reference_name": checkin.name}))

	def test_a_place_is_declared_with_both_coordinates_or_none(self):
		for place in ({"place_latitude": -6.9}, {"place_latitude": 91, "place_longitude": 107}):
			with self.assertRaises(InvalidDays):
				draft(self.worker, [FRIDAY], **place)
		self.assertEqual(draft(self.worker, [FRIDAY], **HOME).place_latitude, HOME["place_latitude"])


class TestTheReview(PlaceCase):
	def setUp(self):
		self.hint = self.hint_of(self.check_in(**north(5000))).name

	def worked(self):
		frappe.db.set_value("MKD Day", self.day(self.worker).name, "status", "Worked")

	def review(self, user, status="Explained", note="Rapat di kecamatan"):
		with acting_as(user):
			return places.review(self.hint, status, note)

	def test_a_false_place_is_confirmed_of_a_worked_day_only(self):
		with self.assertRaisesRegex(MoveNotAllowed, "Only of a worked day"):
			self.review(self.boss.user_id, "Confirmed")

	def test_the_superior_finds_and_only_hr_corrects(self):
		self.worked()
		self.review(self.boss.user_id, "Confirmed")
		hint = frappe.get_doc(PLACE_HINT, self.hint)
		self.assertEqual(
			(hint.status, hint.reviewer, hint.note), ("Confirmed", self.boss.user_id, "Rapat di kecamatan")
		)
		with self.assertRaisesRegex(MoveNotAllowed, "only HR corrects"):
			self.review(self.boss.user_id)
		self.assertEqual(self.day(self.worker).false_place, 1)
		self.assertEqual(self.review(officer()), "Explained")
		self.assertEqual(self.day(self.worker).false_place, 0)

	def test_neither_he_himself_nor_a_colleague(self):
		frappe.get_doc("User", self.worker.user_id).add_roles("HR Manager", "MKD Approver")
		for user, why in (
			(self.worker.user_id, "nobody about himself"),
			(self.person().user_id, "not open to you"),
		):
			with self.assertRaisesRegex(frappe.PermissionError, why):
				self.review(user)

	def test_not_without_a_note_and_not_into_another_state(self):
		with self.assertRaises(frappe.MandatoryError):
			self.review(self.boss.user_id, note=" ")
		with self.assertRaises(MoveNotAllowed):
			self.review(self.boss.user_id, "Open")

	def test_nobody_writes_a_hint_by_hand(self):
		for user in (self.boss.user_id, officer(), "Administrator"):
			with acting_as(user):
				hint = frappe.get_doc(PLACE_HINT, self.hint)
				hint.status = "Confirmed"
				with self.assertRaises(frappe.PermissionError):
					hint.save()
				with self.assertRaises(frappe.PermissionError):
					hint.delete()

	def test_he_his_superior_and_hr_see_it_and_no_colleague(self):
		expected = {
			self.worker.user_id: True,
			self.boss.user_id: True,
			officer(): True,
			self.person().user_id: False,
		}
		for user, sees in expected.items():
			with self.subTest(user), acting_as(user):
				self.assertEqual(self.hint in frappe.get_list(PLACE_HINT, pluck="name"), sees)
				self.assertEqual(bool(frappe.has_permission(PLACE_HINT, "read", self.hint)), sees)
