"""What was denied and refused is counted by gate, unit and month, each request once, and for HR alone (P3)."""

from datetime import date

import frappe

from mkd_hrms.api import decide_gates
from mkd_hrms.constants import DECISION_RECORD, GATE_DECISION, REQUEST
from mkd_hrms.tests.support.conduct_case import ObjectionCase, filed, move
from mkd_hrms.tests.support.day_case import at
from mkd_hrms.tests.support.factories import act, applied, officer
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.people import acting_as, make_user
from mkd_hrms.tests.support.report_case import asked_of_the_database, hr_of, rows_of, shown
from mkd_hrms.tests.support.unit_case import make_unit
from mkd_hrms.tests.support.world import COUNTER, OFFICE, UNCLASSIFIED, unit

DENIALS = "MKD Denials"
NOVEMBER = {"from_date": "2026-11-01", "to_date": "2026-11-30"}
DECEMBER = {"from_date": "2026-12-01", "to_date": "2026-12-31"}
COUNTS = ("denied", "refused", "contested", "upheld")


class TestDenials(ObjectionCase):
	def setUp(self):
		self.section = make_unit("Bidang Penolakan")
		self.hr = officer()

	def counted(self, user=None, **filters):
		found = rows_of(DENIALS, user or self.hr, **{**NOVEMBER, "department": self.section, **filters})
		return {
			(row["month"], row["department"], row["gate"]): tuple(row[name] for name in COUNTS)
			for row in found
		}

	def refused_by_hr(self):
		employee = self.person(designation=UNCLASSIFIED, department=self.section)
		request = applied(employee, WEEK[:1])
		self.assertEqual(request.status, "Pending HR Review")
		with acting_as(self.hr):
			decide_gates([request.name], "Refused", "Perlu tatap muka", "2026-12-31")
		self.assertEqual(self.stored(request).status, "Rejected")
		return employee, request

	def test_by_month_unit_and_gate(self):
		self.denied(department=self.section)
		self.denied()
		self.refused_by_hr()
		self.assertEqual(
			self.counted(),
			{
				("2026-11", self.section, "Role"): (0, 1, 0, 0),
				("2026-11", self.section, "Absence"): (1, 0, 0, 0),
			},
		)
		self.assertIn(("2026-11", unit(OFFICE), "Absence"), self.counted(department=None))
		self.assertEqual(set(self.counted(gate="Role")), {("2026-11", self.section, "Role")})
		self.assertEqual(self.counted(**DECEMBER), {})

	def test_a_request_that_fails_twice_counts_at_each_gate_and_once_as_a_request(self):
		employee = self.person(department=self.section, designation=COUNTER, employment_type="CPNS")
		self.assertEqual(applied(employee, WEEK[:2]).status, "Denied")
		answer = shown(DENIALS, self.hr, department=self.section, **NOVEMBER)
		self.assertEqual([row["gate"] for row in answer["result"]], ["Type", "Role"])
		self.assertEqual([card["value"] for card in answer["report_summary"]], [1, 0, 0])
		denied, refused = (series["values"] for series in answer["chart"]["data"]["datasets"])
		self.assertEqual((denied, refused), ([1, 1], [0, 0]))

	def test_one_that_goes_on_after_an_objection_was_denied_all_the_same(self):
		employee, request = self.denied(department=self.section)
		found = filed(request, employee)
		self.assertEqual(self.counted()["2026-11", self.section, "Absence"], (1, 0, 1, 0))
		with at(date(2026, 12, 1), 9):
			move(found, "Uphold", self.officer, decision_reason="Bukti kehadiran ditemukan")
		self.assertNotEqual(frappe.db.get_value(REQUEST, request.name, "status"), "Denied")
		self.assertEqual(self.counted(), {("2026-11", self.section, "Absence"): (1, 0, 1, 1)})

	def test_request_by_request_with_what_was_found(self):
		employee, request = self.denied(department=self.section)
		objection = filed(request, employee)
		refused, by_hr = self.refused_by_hr()
		first, second = rows_of(DENIALS, self.hr, department=self.section, by="Request", **NOVEMBER)
		self.assertEqual((second["request"], second["employee"]), (request.name, employee.name))
		self.assertEqual((second["objection"], second["gate_decision"]), (objection.name, None))
		kept = {"reference_name": request.name, "stage": "Application"}
		self.assertEqual(second["record"], frappe.db.get_value(DECISION_RECORD, kept))
		self.assertEqual((first["request"], first["employee"]), (by_hr.name, refused.name))
		decision = {"reference_name": by_hr.name, "decision": "Refused"}
		self.assertEqual(first["gate_decision"], frappe.db.get_value(GATE_DECISION, decision))
		self.assertEqual((first["record"], first["objection"]), (None, None))

	def test_what_is_recalled_later_is_no_denial(self):
		employee = self.person(department=self.section)
		act(applied(employee, WEEK[:1]), "Approve", self.boss.user_id)
		self.assertEqual(self.counted(), {})

	def test_only_hr_reads_it_and_what_is_left_to_it(self):
		employee, _request = self.denied(department=self.section)
		for user in (self.boss.user_id, employee.user_id):
			with self.assertRaises(frappe.PermissionError):
				self.counted(user)
		self.assertEqual(len(self.counted(hr_of(self.section))), 1)
		self.assertEqual(self.counted(hr_of(unit(OFFICE))), {})
		self.assertEqual(len(self.counted(make_user("HR User"))), 1)

	def test_who_is_limited_sees_no_more_because_he_leads(self):
		limited = hr_of(unit(OFFICE))
		leader = self.person(reports_to=None)
		frappe.db.set_value("Employee", leader.name, "user_id", limited)
		frappe.get_doc("User", limited).add_roles("MKD Approver")
		self.denied(department=self.section, reports_to=leader)
		self.assertEqual(self.counted(limited), {})

	def test_a_period_has_an_end(self):
		with self.assertRaisesRegex(frappe.ValidationError, "at most 366 days"):
			self.counted(from_date="2025-01-01", to_date="2026-11-30")

	def test_more_denials_take_no_more_statements(self):
		self.denied(department=self.section)
		before = asked_of_the_database(DENIALS, self.hr, department=self.section, **NOVEMBER)
		for _number in range(2):
			self.denied(department=self.section)
		after = asked_of_the_database(DENIALS, self.hr, department=self.section, **NOVEMBER)
		self.assertLessEqual(after, before)
