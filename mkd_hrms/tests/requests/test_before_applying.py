"""What the form asks for before anything is saved: as many statements for everybody, and the limit that is held to.

On a frozen Wednesday, with a holiday on the Thursday after it.
"""

from datetime import timedelta

from freezegun import freeze_time

import frappe

from mkd_hrms.constants import OFFICE_DAY
from mkd_hrms.services.calendar import office_days
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.requests import before_applying
from mkd_hrms.tests.support.factories import act, applied, draft, eligible, rate, working_days_before
from mkd_hrms.tests.support.frozen import AFTER_CUT_OFF, WEEK, RequestCase
from mkd_hrms.tests.support.people import store_row
from mkd_hrms.tests.support.statements import statements_of
from mkd_hrms.tests.support.world import HOLIDAY, OFFICE, TODAY, unit

TOMORROW = TODAY + timedelta(days=1)
THIS_MONDAY = TODAY - timedelta(days=TODAY.weekday())


class TestBeforeApplying(RequestCase):
	def told(self, employee=None, **arguments):
		return before_applying.of(read_person((employee or self.employee).name), **arguments)

	def days(self, employee=None, **arguments):
		return {day["day"]: day for day in self.told(employee, **arguments)["days"]}

	def weeks(self, employee=None):
		return {week["monday"]: week for week in self.told(employee)["weeks"]}

	def test_a_week_with_a_holiday_holds_a_day_less(self):
		weeks = self.weeks()
		self.assertEqual(weeks[WEEK[0]]["limit"], 4)
		self.assertEqual(weeks[WEEK[0] - timedelta(days=7)]["limit"], 3)
		day = self.days()[HOLIDAY]
		self.assertEqual((day["kind"], day["open"], day["label"]), ("holiday", False, "Libur"))

	def test_what_is_over_is_closed_and_after_the_cut_off_tomorrow_is_urgent(self):
		days = self.days()
		self.assertEqual((days[THIS_MONDAY]["open"], days[THIS_MONDAY]["kind"]), (False, "closed"))
		self.assertEqual((days[TOMORROW]["open"], days[TOMORROW]["urgent"]), (True, False))
		with freeze_time(AFTER_CUT_OFF, tick=True):
			self.assertTrue(self.days()[TOMORROW]["urgent"])

	def test_leave_and_days_on_which_everybody_stays_are_closed_with_their_reason(self):
		leave = {"from_date": WEEK[0], "to_date": WEEK[0], "status": "Approved"}
		store_row("Leave Application", self.employee.name, docstatus=1, **leave)
		apel = {"doctype": OFFICE_DAY, "title": "Apel", "kind": "Roll Call", "department": unit(OFFICE)}
		apel |= {"from_date": WEEK[1], "to_date": WEEK[1], "legal_basis": "SE 1"}
		self.addCleanup(office_days.forget)
		frappe.get_doc(apel).insert(ignore_permissions=True).submit()
		days = self.days()
		self.assertEqual((days[WEEK[0]]["open"], days[WEEK[0]]["kind"]), (False, "away"))
		self.assertEqual((days[WEEK[1]]["open"], days[WEEK[1]]["kind"]), (False, "office_day"))
		self.assertIn("Apel", days[WEEK[1]]["label"])

	def test_the_limit_told_is_that_of_the_save(self):
		"""By track record and in special circumstances."""
		once_absent = eligible(reports_to=self.boss, today=TODAY, absent_on=working_days_before(TODAY, 1))
		week = self.weeks(once_absent)[WEEK[0]]
		self.assertEqual((week["limit"], week["special_limit"]), (3, 5))
		request = draft(once_absent, WEEK[:3])
		self.assertEqual(act(request, "Apply", once_absent.user_id).status, "Pending Approval")
		week = self.weeks(once_absent)[WEEK[0]]
		self.assertEqual((week["used"], week["pending"]), (0, 3))

	def test_a_gate_that_fails_stands_first_with_its_clause(self):
		weak = eligible(reports_to=self.boss, today=TODAY)
		rate(weak.name, "Kurang", TODAY - timedelta(days=30))
		gates = self.told(weak)["gates"]
		self.assertEqual(gates[0]["verdict"], "Fail")
		self.assertRegex(gates[0]["sentence"], r"Kurang; at least Baik is needed\. \[.+\]")
		self.assertIn(WEEK[0], gates[0]["days"])
		self.assertNotIn("Readiness", [gate["gate"] for gate in gates])

	def test_as_many_statements_for_everybody(self):
		busy = eligible(reports_to=self.boss, today=TODAY)
		for week in range(2):
			applied(
				busy, [day + timedelta(days=7 * week) for day in WEEK[:4] if week == 0 or day.weekday() < 3]
			)
		for _more in range(6):
			eligible(reports_to=self.boss, today=TODAY)
		for person in (self.employee, busy):
			self.told(person)
		calm, used = (len(statements_of(lambda each=each: self.told(each))) for each in (self.employee, busy))
		# What was applied for last are its dates and its work plan.
		self.assertLessEqual(used, calm + 2)
