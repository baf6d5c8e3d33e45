"""More ask for a date than have room: who decides sees the order, the applicant his place, and nobody is passed over in silence (W6)."""

import json
from datetime import date, timedelta

import frappe
from frappe.utils import now_datetime

from mkd_hrms.api import fair_order
from mkd_hrms.constants import REQUEST, WAITING_PLACE
from mkd_hrms.facts.database.site import another_connection
from mkd_hrms.services.units.fair_order import ReasonMissing
from mkd_hrms.tests.support.factories import act, officer, superior
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.people import acting_as, store_row
from mkd_hrms.tests.support.turn_case import TurnCase
from mkd_hrms.tests.support.world import TODAY

# Within 28 days before the Monday, and a day before them.
WITHIN, BEFORE = date(2026, 11, 9), date(2026, 11, 8)


class TestFairOrder(TurnCase):
	def shown(self, request, user):
		with acting_as(user):
			return fair_order(request.name)["dates"]

	def ranks(self, request):
		(found,) = self.shown(request, self.boss.user_id)
		return [entry["employee_name"] for entry in found["order"]]

	def names(self, *numbers):
		return [self.people[number].employee_name for number in numbers]

	def test_who_decides_sees_all_and_the_applicant_his_own_place_alone(self):
		self.worked(0, WITHIN)
		self.worked(1, BEFORE)
		first, second = self.asks(0, WEEK[:2]), self.asks(1, WEEK[:1])
		(found,) = self.shown(first, self.boss.user_id)
		self.assertEqual((found["day"], found["asked"], found["room"], found["rank"]), (WEEK[0], 2, 1, 2))
		self.assertEqual([entry["rank"] for entry in found["order"]], [1, 2])
		self.assertEqual([entry["employee_name"] for entry in found["order"]], self.names(1, 0))
		self.assertEqual([entry["request"] for entry in found["order"]], [second.name, first.name])
		self.assertIn("1 MKD days in 28 days", found["order"][1]["reason"])
		self.assertEqual(found["source"], "Own design, rule W6")
		(own,) = self.shown(first, self.user(0))
		self.assertEqual((own["rank"], own["asked"], own["room"]), (2, 2, 1))
		self.assertEqual(own["reason"], "Fewer MKD days in the last 28 days come first; you have 1.")
		self.assertNotIn("order", own)
		self.assertNotIn(self.people[1].employee_name, json.dumps(own, default=str))
		(own,) = self.shown(second, self.user(1))
		self.assertEqual(own["reason"], "Nobody comes before you.")
		# Whoever stands above and does not decide is told nothing of it, and a colleague not even that.
		chief = superior(today=TODAY)
		boss = frappe.get_doc("Employee", self.boss.name)
		boss.reports_to = chief.name
		boss.save()
		self.assertEqual(self.shown(first, chief.user_id), [])
		self.assertRaises(frappe.PermissionError, self.shown, first, self.user(2))

	def test_hr_that_applies_for_itself_reads_no_names(self):
		frappe.get_doc("User", self.user(0)).add_roles("HR Manager", "MKD Officer")
		self.asks(1, WEEK[:1])
		(own,) = self.shown(self.asks(0, WEEK[:1]), self.user(0))
		self.assertNotIn("order", own)

	def test_while_there_is_room_for_all_there_is_no_order(self):
		alone = self.asks(0, WEEK[:1])
		self.assertEqual(self.shown(alone, self.boss.user_id), [])
		self.assertEqual(self.decide(alone, "Approve").status, "Approved")

	def test_who_comes_first_is_approved_and_whoever_is_not_only_with_a_reason(self):
		self.worked(0, WITHIN)
		later, first = self.asks(0, WEEK[:1]), self.asks(1, WEEK[:1])
		with self.assertRaises(ReasonMissing) as refused:
			act(later, "Approve", self.boss.user_id)
		for word in ("1 stand before", "room for 1", "rule W6", "decision note"):
			self.assertIn(word, str(refused.exception))
		frappe.db.rollback()
		self.assertEqual(frappe.db.get_value(REQUEST, later.name, "status"), "Pending Approval")
		self.assertEqual(self.decide(later, "Approve", note="Mengurus tugas mendesak").status, "Approved")
		said = frappe.get_all("Comment", {"reference_name": later.name}, pluck="content")
		self.assertTrue(any("1 stand before" in (line or "") for line in said))
		self.decide(later, "Cancel", officer())
		self.assertEqual(self.decide(first, "Approve").status, "Approved")
		said = frappe.get_all("Comment", {"reference_name": first.name}, pluck="content")
		self.assertFalse(any("stand before" in (line or "") for line in said))

	def test_whoever_was_approved_at_the_same_moment_has_taken_room(self):
		rule = frappe.db.get_value("MKD Coverage Rule", {"department": self.unit})
		frappe.db.set_value("MKD Coverage Rule", rule, "cap_percent", 50)
		self.addCleanup(frappe.db.set_value, "MKD Coverage Rule", rule, "cap_percent", 25)
		frappe.clear_cache()
		_first, second, third = (self.asks(number, WEEK[:1]) for number in (0, 1, 2))
		frappe.db.get_value(REQUEST, second.name, "status")
		with another_connection() as meanwhile:
			for doctype, about in ((REQUEST, {"name": third.name}), ("MKD Day", {"source_name": third.name})):
				values = (now_datetime() + timedelta(seconds=1), *about.values())
				meanwhile.sql(
					f"update `tab{doctype}` set status = 'Approved', modified = %s where {next(iter(about))} = %s",
					values,
				)
			meanwhile.commit()
		with self.assertRaises(ReasonMissing) as refused:
			act(second, "Approve", self.boss.user_id)
		self.assertIn("room for 1", str(refused.exception))

	def test_who_was_refused_last_time_or_told_comes_before_who_applied_earlier(self):
		earlier, refused, told = (self.asks(number, WEEK[1:2]) for number in (0, 1, 2))
		self.assertEqual(self.ranks(earlier), self.names(0, 1, 2))
		self.waits(1, WEEK[0], "Ended")
		self.assertEqual(self.ranks(refused), self.names(1, 0, 2))
		self.waits(2, WEEK[1], "Taken", told_on="2026-11-25 08:00:00")
		self.assertEqual(self.ranks(told), self.names(2, 1, 0))

	def test_a_refusal_counts_until_a_wish_is_granted(self):
		self.waits(1, WEEK[0], "Ended")
		self.decide(self.asks(1, WEEK[2:3]), "Approve")
		earlier, _later = self.asks(0, WEEK[3:4]), self.asks(1, WEEK[3:4])
		self.assertEqual(self.ranks(earlier), self.names(0, 1))

	def waits(self, number, day, status, **values):
		employee = self.people[number]
		values |= {"person": employee.name, "mkd_date": day, "since": "2026-11-24 08:00:00", "status": status}
		store_row(WAITING_PLACE, employee.name, **values)
		frappe.db.commit()
