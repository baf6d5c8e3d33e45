"""Objections with what they were against, how they ended, in how many days, and whether the decision was changed (H1)."""

from datetime import date

import frappe

from mkd_hrms.tests.support.conduct_case import ObjectionCase, filed, move
from mkd_hrms.tests.support.day_case import at
from mkd_hrms.tests.support.factories import officer
from mkd_hrms.tests.support.people import make_user
from mkd_hrms.tests.support.report_case import asked_of_the_database, hr_of, rows_of, shown
from mkd_hrms.tests.support.unit_case import make_unit
from mkd_hrms.tests.support.world import OFFICE, unit

OBJECTIONS = "MKD Objections"
NOVEMBER = {"from_date": "2026-11-01", "to_date": "2026-11-30"}
TUESDAY = date(2026, 12, 1)


class TestObjectionsReport(ObjectionCase):
	def setUp(self):
		self.section = make_unit("Bidang Keberatan")
		self.hr = officer()

	def filed(self):
		employee, request = self.denied(department=self.section)
		return filed(request, employee), employee, request

	def decided(self, action, when=TUESDAY):
		found, employee, request = self.filed()
		with at(when, 9):
			move(found, action, self.officer, decision_reason="Bukti kehadiran diperiksa")
		return found, employee, request

	def found(self, user=None, **filters):
		rows = rows_of(OBJECTIONS, user or self.hr, **{**NOVEMBER, "department": self.section, **filters})
		return {row["objection"]: row for row in rows}

	def told(self, row):
		return tuple(row[name] for name in ("status", "days", "in_time", "changed"))

	def test_how_each_of_them_ended(self):
		upheld, employee, request = self.decided("Uphold")
		dismissed, waits = self.decided("Dismiss Objection")[0], self.filed()[0]
		found = self.found()
		self.assertEqual(self.told(found[upheld.name]), ("Upheld", 6, "Yes", "Yes"))
		self.assertEqual(self.told(found[dismissed.name]), ("Dismissed", 6, "Yes", "No"))
		self.assertEqual(self.told(found[waits.name]), ("Pending Decision", None, None, None))
		row = found[upheld.name]
		self.assertEqual(
			(row["against_doctype"], row["against_name"], row["employee"], row["department"]),
			("MKD Request", request.name, employee.name, self.section),
		)
		self.assertIn("accepted", row["outcome"])

	def test_late_is_what_was_decided_or_still_waits_after_its_last_day(self):
		late, waits = self.decided("Dismiss Objection", date(2026, 12, 10))[0], self.filed()[0]
		found = self.found()
		self.assertEqual(self.told(found[late.name])[1:3], (15, "No"))
		self.assertIsNone(found[waits.name]["in_time"])
		with at(date(2026, 12, 10), 9):
			self.assertEqual(self.found()[waits.name]["in_time"], "No")

	def test_filters_and_figures(self):
		upheld, dismissed = self.decided("Uphold")[0], self.decided("Dismiss Objection")[0]
		self.assertEqual(set(self.found(status="Upheld")), {upheld.name})
		self.assertEqual(set(self.found(against="MKD Request")), {upheld.name, dismissed.name})
		self.assertEqual(self.found(against="MKD Warning"), {})
		self.assertEqual(self.found(from_date="2026-12-01", to_date="2026-12-31"), {})
		answer = shown(OBJECTIONS, self.hr, department=self.section, **NOVEMBER)
		self.assertEqual([card["value"] for card in answer["report_summary"]], [2, 1, 1, 0, 6])
		self.assertEqual(answer["chart"]["data"]["datasets"][0]["values"], [1, 1])

	def test_only_hr_reads_it_and_what_is_left_to_it(self):
		_found, employee, _request = self.filed()
		for user in (self.boss.user_id, employee.user_id):
			with self.assertRaises(frappe.PermissionError):
				self.found(user)
		for user, sees in (
			(make_user("HR User"), True),
			(hr_of(self.section), True),
			(hr_of(unit(OFFICE)), False),
		):
			self.assertEqual(bool(self.found(user)), sees)

	def test_more_objections_take_no_more_statements(self):
		asked = {"user": self.hr, "department": self.section, **NOVEMBER}
		self.filed()
		before = asked_of_the_database(OBJECTIONS, **asked)
		for _number in range(2):
			self.filed()
		self.assertLessEqual(asked_of_the_database(OBJECTIONS, **asked), before)
