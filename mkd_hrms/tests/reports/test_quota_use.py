"""Days booked are counted beside the days that there were to book, by whole weeks, without a name (Q1, Q3)."""

import frappe

from mkd_hrms.constants import COLLECTIVE_DAY, DAY
from mkd_hrms.services.standing import refresh
from mkd_hrms.tests.support.factories import act, applied, officer
from mkd_hrms.tests.support.frozen import WEEK, RequestCase
from mkd_hrms.tests.support.people import make_user
from mkd_hrms.tests.support.report_case import asked_of_the_database, fields_of, hr_of, rows_of, shown
from mkd_hrms.tests.support.unit_case import make_unit
from mkd_hrms.tests.support.world import COMPANY, COUNTER, OFFICE, unit

USE = "MKD Quota Use"
# From the Monday before a holiday on Thursday to the Friday of the week after it.
TWO_WEEKS = {"from_date": "2026-11-30", "to_date": "2026-12-11"}
COUNTS = ("people", "limit", "days", "collective", "pending")


class TestQuotaUse(RequestCase):
	def setUp(self):
		self.section = make_unit(f"Bidang {frappe.generate_hash(length=6)}")
		self.people = [self.person(department=self.section) for _number in range(2)]
		self.closed = self.person(department=self.section, designation=COUNTER)
		self.hr = officer()
		refresh.refresh(COMPANY)

	def used(self, user=None, **filters):
		found = rows_of(USE, user or self.hr, **{**TWO_WEEKS, "department": self.section, **filters})
		return {row["period"]: tuple(row[name] for name in COUNTS) for row in found}

	def book(self):
		"""Three days of the second week, of which one waits and another came by circular."""
		act(applied(self.people[0], WEEK[:2]), "Approve", self.boss.user_id)
		applied(self.people[1], WEEK[:1])
		day = {"employee": self.people[0].name, "mkd_date": WEEK[1]}
		frappe.db.set_value(DAY, day, "source_doctype", COLLECTIVE_DAY)

	def test_the_limit_of_a_week_follows_from_its_working_days(self):
		self.book()
		# Two people may work away, four days each; in a week of four working days one of them stays in the office.
		self.assertEqual(self.used(), {"2026-W49": (2, 6, 0, 0, 0), "2026-W50": (2, 8, 3, 1, 1)})
		(second,) = rows_of(USE, self.hr, department=self.section, from_date=WEEK[3], to_date=WEEK[3])
		self.assertEqual((second["period"], second["share"]), ("2026-W50", 37.5))

	def test_a_week_belongs_to_the_month_of_its_thursday(self):
		self.book()
		# Monday, 30 November, lies in the week of 3 December.
		self.assertEqual(self.used(by="Month"), {"2026-12": (2, 14, 3, 1, 1)})

	def test_released_days_are_given_back(self):
		self.book()
		frappe.db.set_value(DAY, {"employee": self.people[1].name}, "status", "Released")
		self.assertEqual(self.used()["2026-W50"], (2, 8, 2, 1, 0))

	def test_days_of_whom_may_work_away_no_more_count_beside_no_limit(self):
		self.book()
		frappe.db.set_value("MKD Eligibility", {"department": self.section}, "outcome", "Not Eligible")
		(row,) = rows_of(USE, self.hr, department=self.section, **TWO_WEEKS)
		self.assertEqual((row["days"], row["limit"], row["share"]), (3, 0, None))

	def test_a_superior_sees_his_people_and_hr_what_is_left_to_it(self):
		self.book()
		other = self.person(reports_to=None)
		frappe.get_doc("User", other.user_id).add_roles("MKD Approver")
		for user, sees in (
			(self.boss.user_id, True),
			(make_user("HR User"), True),
			(hr_of(self.section), True),
			(hr_of(unit(OFFICE)), False),
			(other.user_id, False),
		):
			self.assertEqual("2026-W50" in self.used(user), sees)
		with self.assertRaises(frappe.PermissionError):
			self.used(self.people[0].user_id)

	def test_a_superior_is_not_told_what_somebody_has_earned(self):
		"""Of one person the days of the unit are his own (P3)."""
		frappe.db.set_value("MKD Eligibility", self.people[0].name, "tier_limit", 1)
		self.assertEqual(self.used()["2026-W50"], (2, 5, 0, 0, 0))
		self.assertEqual(self.used(self.boss.user_id)["2026-W50"], (3, 12, 0, 0, 0))

	def test_nobody_is_named(self):
		self.book()
		answer = shown(USE, self.hr, department=self.section, **TWO_WEEKS)
		self.assertFalse({"employee", "employee_name"} & set(fields_of(answer)))
		booked, limits = (series["values"] for series in answer["chart"]["data"]["datasets"])
		self.assertEqual((booked, limits), ([0, 3], [6, 8]))

	def test_an_empty_unit_has_no_rows_and_no_chart(self):
		answer = shown(USE, self.hr, department=make_unit("Bidang Tanpa Orang"), **TWO_WEEKS)
		self.assertEqual((answer["result"], answer.get("chart")), ([], None))

	def test_more_weeks_and_people_take_no_more_statements(self):
		before = asked_of_the_database(USE, self.hr, from_date=WEEK[0], to_date=WEEK[0])
		self.person(department=self.section)
		refresh.refresh(COMPANY)
		after = asked_of_the_database(USE, self.hr, from_date="2026-10-01", to_date="2026-12-31")
		self.assertLessEqual(after, before)
