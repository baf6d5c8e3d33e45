"""The report of room says what nobody refuses, of the units that its reader may see, and names nobody (W5)."""

from datetime import timedelta

import frappe
from frappe.desk.query_report import run
from frappe.tests.utils import FrappeTestCase

from mkd_hrms.constants import COVERAGE, DAY
from mkd_hrms.services.privacy.personal_data_file import collect
from mkd_hrms.tests.support.day_case import leave_on
from mkd_hrms.tests.support.factories import officer
from mkd_hrms.tests.support.people import acting_as, make_employee, make_user
from mkd_hrms.tests.support.statements import statements_of
from mkd_hrms.tests.support.unit_case import BASIS, UnitCase, make_rule
from mkd_hrms.tests.support.world import COMPANY, HOLIDAY, OFFICE, unit


def hr_of(department):
	"""Somebody of HR who is left one unit."""
	user = make_user("HR Manager", "Employee")
	permission = {"user": user, "allow": "Department", "for_value": department}
	frappe.get_doc({"doctype": "User Permission", **permission}).insert(ignore_permissions=True)
	return user


class TestReport(UnitCase, FrappeTestCase):
	UNIT = "Bidang Laporan"

	def shown(self, user, **filters):
		asked = {"company": COMPANY, "from_date": str(self.week[0]), "to_date": str(self.week[0])}
		with acting_as(user):
			return run(COVERAGE, filters={**asked, **filters}, ignore_prepared_report=True)["result"]

	def test_it_counts_who_is_where_and_how_much_room_that_leaves(self):
		rule = make_rule(self.unit, cap_percent=50, min_on_site=1, min_on_site_percent=50)
		self.approved(0)
		self.applied(1)
		leave_on(self.people[2], self.week[0])
		(row,) = self.shown(officer(), department=self.unit)
		self.assertEqual(row.pop("day"), self.week[0])
		self.assertEqual(
			row,
			{
				"unit": self.unit,
				"headcount": 4,
				"leave": 1,
				"trip": 0,
				"mkd": 1,
				"pending": 1,
				"cap": 2,
				"minimum": 2,
				"room": 0,
				"record": rule.name,
				"source": BASIS,
			},
		)

	def test_what_was_booked_before_a_rule_came_is_less_than_no_room(self):
		for number in range(3):
			self.approved(number)
		make_rule(self.unit, cap_percent=25)
		(row,) = self.shown(officer(), department=self.unit, only_without_room=1)
		self.assertEqual((row["mkd"], row["cap"], row["room"]), (3, 1, -2))
		frappe.db.set_value(DAY, {"department": self.unit}, "status", "Revoked")
		self.assertFalse(
			self.shown(
				officer(),
				department=self.unit,
				only_without_room=1,
				from_date=str(self.week[1]),
				to_date=str(self.week[1]),
			)
		)

	def test_a_superior_sees_the_units_of_his_people_and_hr_what_is_left_to_it(self):
		units = {row["unit"] for row in self.shown(officer())}
		self.assertLessEqual({self.unit, unit(OFFICE)}, units)
		self.assertEqual({row["unit"] for row in self.shown(self.boss.user_id)}, {self.unit})
		limited = hr_of(self.unit)
		self.assertEqual({row["unit"] for row in self.shown(limited)}, {self.unit})

	def test_who_leads_nobody_has_no_report(self):
		with self.assertRaises(frappe.PermissionError):
			self.shown(self.people[0].user_id)

	def test_days_off_are_left_out_and_a_period_has_an_end(self):
		dates = {"from_date": str(HOLIDAY), "to_date": str(HOLIDAY + timedelta(days=4))}
		found = {row["day"] for row in self.shown(officer(), department=self.unit, **dates)}
		self.assertEqual(found, {HOLIDAY + timedelta(days=1), HOLIDAY + timedelta(days=4)})
		with self.assertRaisesRegex(frappe.ValidationError, "at most 92 days"):
			self.shown(officer(), to_date=str(self.week[0] + timedelta(days=92)))

	def test_more_people_and_days_take_no_more_statements(self):
		hr, counts = officer(), []
		for until, more in ((self.week[0], 0), (self.week[4], 3)):
			for _number in range(more):
				make_employee(department=self.unit, company=COMPANY)
			# The first time fills the caches.
			for _time in range(2):
				statements = statements_of(lambda until=until: self.shown(hr, to_date=str(until)))
			counts.append(len(statements))
		self.assertLessEqual(counts[1], counts[0])


class TestRosters(UnitCase, FrappeTestCase):
	UNIT = "Bidang Daftar"

	def test_a_superior_of_the_unit_reads_its_counters_and_no_other_one_does(self):
		point = frappe.get_doc(
			{
				"doctype": "MKD Service Point",
				"service_point_name": "Loket 2",
				"department": self.unit,
				"valid_from": "2023-06-19",
				"members": [{"employee": self.people[0].name}],
			}
		).insert(ignore_permissions=True)
		stranger = make_user("MKD Approver", "Employee")
		readers = {
			self.boss.user_id: True,
			hr_of(self.unit): True,
			hr_of(unit(OFFICE)): False,
			stranger: False,
		}
		for user, sees in readers.items():
			with self.subTest(user), acting_as(user):
				self.assertEqual(frappe.has_permission(point.doctype, "read", doc=point.name), sees)
				self.assertEqual(frappe.get_list(point.doctype, pluck="name"), [point.name] if sees else [])
		self.assertFalse(frappe.has_permission(point.doctype, "read", user=self.people[1].user_id))
		self.assertEqual(
			[row["parent"] for row in collect([self.people[0].name])["MKD Service Point Member"]],
			[point.name],
		)
