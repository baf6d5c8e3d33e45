"""As many of a unit work away on a date as its rule leaves room for, and whoever decides or applies is told why (W5)."""

from datetime import timedelta

import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import getdate

from mkd_hrms.constants import DAY, POLICY
from mkd_hrms.services.policies.in_force import clear_cache
from mkd_hrms.tests.support.day_case import leave_on
from mkd_hrms.tests.support.factories import (
	act,
	applied,
	draft,
	eligible,
	officer,
	uploaded,
	working_days_before,
)
from mkd_hrms.tests.support.unit_case import BASIS, UnitCase, make_rule, make_unit

HALF = {"cap_percent": 50, "min_on_site": 1, "min_on_site_percent": 50}


class TestRoom(UnitCase, FrappeTestCase):
	def name_of(self, number):
		return self.people[number].employee_name

	def fill(self):
		"""Half of the four work away."""
		make_rule(self.unit, **HALF)
		return [self.approved(number) for number in (0, 1)]

	def test_one_too_many_is_refused_with_unit_number_clause_and_who_is_away(self):
		self.fill()
		request = self.applied(2)
		with self.assert_no_room(request) as refused:
			self.approve(request)
		said = str(refused.exception)
		for part in (
			f"<strong>{self.unit}</strong>, {self.week[0]:%d-%m-%Y}: at most 2 of 4 people may work away ({BASIS})",
			f"{self.name_of(0)} (MKD), {self.name_of(1)} (MKD)",
			"Nothing was approved. Ask the employee to withdraw the request",
		):
			self.assertIn(part, said)
		self.assertNotIn("applied for this date", said)

	def test_hr_is_refused_as_well(self):
		self.fill()
		request = applied(eligible(department=self.unit), self.week[:1])
		self.assertFalse(request.approver)
		frappe.db.set_value("Employee", self.people[3].name, "status", "Left")
		with self.assert_no_room(request):
			self.approve(request, officer())

	def test_an_application_is_told_and_goes_its_way(self):
		make_rule(self.unit, **HALF)
		self.approved(0)
		self.applied(2)
		self.told()
		leave_on(self.people[1], self.week[0])
		request = self.applied(3)
		told = self.told()
		self.assertIn("at least 2 of 4 people must be in the office", told)
		self.assertIn(f"{self.name_of(0)} (MKD)", told)
		self.assertIn(f"{self.name_of(1)} (leave or duty elsewhere)", told)
		self.assertIn("Others who have applied for this date: 1.", told)
		self.assertNotIn(self.name_of(3), told)
		self.assertEqual(request.status, "Pending Approval")

	def test_a_superior_before_hr_is_told_and_hr_is_refused(self):
		self.fill()
		plan = [{"activity": "Menyusun laporan", "output": "Laporan"}]
		evidence = uploaded(self.people[2].user_id)
		request = self.applied(2, special_circumstances=1, evidence=evidence, work_plan=plan)
		self.told()
		request = self.approve(request)
		told = self.told()
		self.assertEqual(request.status, "Pending HR Review")
		self.assertIn(f"at most 2 of 4 people may work away ({BASIS})", told)
		self.assertIn(f"{self.name_of(0)} (MKD)", told)
		self.assertIn("Your approval goes on to HR", told)
		with self.assertRaisesRegex(frappe.ValidationError, "Nothing was approved"):
			self.approve(request, officer())

	def test_pass_a_unit_with_room_lets_one_more_go(self):
		make_rule(self.unit, **HALF)
		self.assertEqual(self.approved(0).status, "Approved")

	def test_refuse_a_unit_without_room_keeps_the_next(self):
		self.fill()
		with self.assert_no_room(request := self.applied(2)):
			self.approve(request)

	def test_unknown_how_many_are_away_of_who_has_no_unit_and_he_is_told_so(self):
		make_rule(self.unit, cap_percent=34)
		frappe.db.set_value("Employee", self.people[3].name, "department", None)
		frappe.db.set_value(POLICY, {"docstatus": 1}, {"unit_cap_percent": 50})
		clear_cache()
		self.approved(0)
		self.told()
		self.applied(3)
		told = self.told()
		for part in (f"No unit is recorded for <strong>{self.name_of(3)}</strong>", "counted in none (W5)"):
			self.assertIn(part, told)

	def test_while_there_is_room_nobody_is_told_anything(self):
		make_rule(self.unit, **HALF)
		self.approved(0)
		self.told()
		self.approve(self.applied(1))
		self.assertNotIn("people", self.told())

	def test_a_date_with_room_does_not_save_one_without(self):
		self.fill()
		request = self.applied(2, self.week[:2])
		with self.assert_no_room(request) as refused:
			self.approve(request)
		self.assertNotIn(f"{self.week[1]:%d-%m-%Y}", str(refused.exception))

	def test_a_day_that_is_given_back_makes_room(self):
		first, _second = self.fill()
		request = self.applied(2)
		with self.assert_no_room(request):
			self.approve(request)
		act(first, "Cancel", officer())
		self.assertEqual(self.approve(request).status, "Approved")

	def test_a_suspended_day_keeps_its_room(self):
		first, _second = self.fill()
		frappe.db.set_value(DAY, {"source_name": first.name}, "status", "Suspended")
		request = self.applied(2)
		with self.assert_no_room(request):
			self.approve(request)

	def test_who_is_called_back_is_in_the_office(self):
		first, _second = self.fill()
		frappe.db.set_value(DAY, {"source_name": first.name}, "status", "Revoked")
		self.assertEqual(self.approve(self.applied(2)).status, "Approved")

	def test_leave_takes_room_and_whoever_is_on_long_leave_or_left_is_not_counted(self):
		make_rule(self.unit, min_on_site=3)
		leave_on(self.people[0], self.week[0])
		request = self.applied(1)
		with self.assert_no_room(request) as refused:
			self.approve(request)
		self.assertIn("at least 3 of 4 people must be in the office", str(refused.exception))
		self.assertIn(f"{self.name_of(0)} (leave)", str(refused.exception))
		leave_on(self.people[0], self.week[0] + timedelta(days=1), to_date=self.week[0] + timedelta(days=29))
		with self.assert_no_room(request) as refused:
			self.approve(request)
		self.assertIn("at least 3 of 3 people", str(refused.exception))
		frappe.db.set_value("Employee", self.people[3].name, "status", "Left")
		with self.assert_no_room(request) as refused:
			self.approve(request)
		self.assertIn("at least 3 of 2 people", str(refused.exception))

	def test_hr_writes_down_a_day_that_is_over_however_many_were_away(self):
		make_rule(self.unit, cap_percent=0)
		hr = officer()
		past = working_days_before(getdate(), 1)[0]
		request = act(draft(self.people[0], [past], user=hr), "Apply", hr)
		self.assertEqual(self.approve(request).status, "Approved")

	def test_the_only_person_of_a_unit_stays_unless_the_policy_says_otherwise(self):
		alone = eligible(reports_to=self.boss, department=make_unit("Bidang Satu Orang"))
		self.assertEqual(self.approve(applied(alone, self.week[:1])).status, "Approved")
		frappe.db.set_value(POLICY, {"docstatus": 1}, "single_person_units", 0)
		clear_cache()
		request = applied(alone, self.week[1:2])
		with self.assert_no_room(request) as refused:
			self.approve(request)
		self.assertIn("the only person stays", str(refused.exception))

	def test_the_policy_holds_where_there_is_no_rule(self):
		frappe.db.set_value(POLICY, {"docstatus": 1}, {"unit_cap_percent": 25})
		clear_cache()
		self.approved(0)
		request = self.applied(1)
		with self.assert_no_room(request) as refused:
			self.approve(request)
		self.assertIn(
			"at most 1 of 4 people may work away (SE 150/KPG.03/BKD (2025))", str(refused.exception)
		)

	def test_a_rule_above_counts_its_units_together_or_each_on_its_own(self):
		top = make_unit("Dinas Cakupan", is_group=1)
		below = [
			eligible(reports_to=self.boss, department=make_unit(f"Seksi {number}", top))
			for number in range(2)
		]
		rule = make_rule(top, cap_percent=50)
		for employee in below:
			self.assertEqual(self.approve(applied(employee, self.week[1:2])).status, "Approved")
		rule.counts_together = 1
		rule.save(ignore_permissions=True)
		self.approve(applied(below[0], self.week[:1]))
		request = applied(below[1], self.week[:1])
		with self.assert_no_room(request) as refused:
			self.approve(request)
		self.assertIn(f"{top} with all units below", str(refused.exception))

	def test_a_rule_holds_in_its_period(self):
		make_rule(self.unit, cap_percent=0, valid_to=self.week[0])
		request = self.applied(0)
		with self.assert_no_room(request):
			self.approve(request)
		self.assertEqual(self.approved(0, self.week[1:2]).status, "Approved")

	def test_two_records_of_one_person_are_counted_once(self):
		make_rule(self.unit, cap_percent=40)
		nip = "198001012005011001"
		frappe.db.set_value("Employee", self.people[0].name, "mkd_nip", nip)
		old = eligible(department=self.unit, reports_to=self.boss)
		frappe.db.set_value("Employee", old.name, "mkd_nip", nip)
		# Five records are four people, of whom one may be away; of five it would be two.
		self.approved(1)
		request = self.applied(2)
		with self.assert_no_room(request) as refused:
			self.approve(request)
		self.assertIn("at most 1 of 4 people", str(refused.exception))


class TestServicePoint(UnitCase, FrappeTestCase):
	UNIT = "Bidang Loket"

	def make_point(self, numbers, **values):
		point = {
			"doctype": "MKD Service Point",
			"service_point_name": "Loket 1",
			"department": self.unit,
			"valid_from": "2023-06-19",
			"min_on_site": 1,
			"members": [{"employee": self.people[number].name} for number in numbers],
			**values,
		}
		return frappe.get_doc(point).insert(ignore_permissions=True)

	def test_of_its_roster_so_many_stay(self):
		self.make_point([0, 1])
		self.approved(0)
		request = self.applied(1)
		with self.assert_no_room(request) as refused:
			self.approve(request)
		self.assertIn("Service point Loket 1", str(refused.exception))
		self.assertIn(
			"at least 1 of 2 people must be in the office (Loket 1), and only 1 are", str(refused.exception)
		)
		self.assertEqual(self.approved(2).status, "Approved")

	def test_a_roster_names_active_people_of_the_unit_once_and_is_not_too_small(self):
		elsewhere = eligible(department=make_unit("Bidang Lain"))
		for members, said in (
			([self.people[0].name] * 2, "is on the roster twice"),
			([elsewhere.name], "is not an active employee of"),
		):
			with self.assertRaisesRegex(frappe.ValidationError, said):
				self.make_point([], members=[{"employee": name} for name in members])
		with self.assertRaisesRegex(
			frappe.ValidationError, "2 people are to be on site, and the roster has 1"
		):
			self.make_point([0], min_on_site=2)


class TestRules(UnitCase, FrappeTestCase):
	UNIT = "Bidang Aturan"

	def test_two_rules_of_one_unit_never_overlap(self):
		make_rule(self.unit, valid_from="2026-01-01", valid_to="2026-06-30")
		for period in (
			{"valid_from": "2026-06-30"},
			{"valid_from": "2025-01-01"},
			{"valid_from": "2025-01-01", "valid_to": "2026-01-01"},
		):
			with self.assertRaisesRegex(frappe.ValidationError, "already holds for"):
				make_rule(self.unit, **period)
		make_rule(self.unit, valid_from="2026-07-01")
		make_rule(self.unit, valid_from="2025-01-01", valid_to="2025-12-31")

	def test_dates_and_percentages_are_possible_ones(self):
		for values in (
			{"valid_from": "2026-07-01", "valid_to": "2026-06-30"},
			{"cap_percent": 101},
			{"min_on_site_percent": 100.5},
		):
			with self.assertRaises(frappe.ValidationError, msg=values):
				make_rule(self.unit, **values)
