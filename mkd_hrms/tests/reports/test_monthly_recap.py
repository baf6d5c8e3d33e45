"""What became of the days of a month: by request or circular, worked, absent, released; by person or unit."""

import frappe

from mkd_hrms.constants import COLLECTIVE_DAY, DAY
from mkd_hrms.tests.support.factories import act, applied, officer
from mkd_hrms.tests.support.frozen import WEEK, RequestCase
from mkd_hrms.tests.support.people import make_user
from mkd_hrms.tests.support.report_case import asked_of_the_database, fields_of, hr_of, rows_of, shown
from mkd_hrms.tests.support.unit_case import make_unit
from mkd_hrms.tests.support.world import OFFICE, unit

RECAP = "MKD Monthly Recap"
DECEMBER = {"from_date": "2026-12-01", "to_date": "2026-12-31"}
COUNTS = (
	"days",
	"by_request",
	"by_circular",
	"worked",
	"absent",
	"ahead",
	"pending",
	"suspended",
	"released",
)


class TestRecap(RequestCase):
	def setUp(self):
		self.section = make_unit("Bidang Rekap")
		self.hr = officer()
		self.first, self.second = (self.person(department=self.section) for _number in range(2))

	def book(self):
		"""Of the first: one worked, one absent, one by circular ahead, one released. The second one waits."""
		act(applied(self.first, WEEK[:4]), "Approve", self.boss.user_id)
		applied(self.second, WEEK[:1])
		for day, values in zip(
			WEEK[:4],
			(
				{"status": "Worked"},
				{"status": "No Show"},
				{"source_doctype": COLLECTIVE_DAY},
				{"status": "Released", "person": None},
			),
			strict=True,
		):
			frappe.db.set_value(DAY, {"employee": self.first.name, "mkd_date": day}, values)

	def recap(self, user=None, **filters):
		found = rows_of(RECAP, user or self.hr, **{**DECEMBER, "department": self.section, **filters})
		return {
			(row["employee"] or row["department"], row["month"]): tuple(row[name] for name in COUNTS)
			for row in found
		}

	def test_of_each_person(self):
		self.book()
		self.assertEqual(
			self.recap(by="Person"),
			{
				(self.first.name, "2026-12"): (3, 2, 1, 1, 1, 1, 0, 0, 1),
				(self.second.name, "2026-12"): (1, 1, 0, 0, 0, 0, 1, 0, 0),
			},
		)
		answer = shown(RECAP, self.hr, department=self.section, by="Person", **DECEMBER)
		names = {self.first.employee_name, self.second.employee_name}
		self.assertEqual({row["employee_name"] for row in answer["result"]}, names)
		self.assertEqual([card["value"] for card in answer["report_summary"]], [4, 1, 1, 1])
		self.assertEqual(answer["chart"]["data"]["datasets"][0]["values"], [1, 1, 1, 1, 1])

	def test_of_a_unit_nobody_is_named(self):
		self.book()
		self.assertEqual(self.recap(by="Unit"), {(self.section, "2026-12"): (4, 3, 1, 1, 1, 1, 1, 0, 1)})
		answer = shown(RECAP, self.hr, department=self.section, by="Unit", **DECEMBER)
		self.assertFalse({"employee", "employee_name"} & set(fields_of(answer)))

	def test_only_the_days_of_the_period_and_each_month_by_itself(self):
		self.book()
		two_days = self.recap(by="Person", from_date=WEEK[0], to_date=WEEK[1])
		self.assertEqual(two_days[self.first.name, "2026-12"][:5], (2, 2, 0, 1, 1))
		self.assertEqual(self.recap(from_date="2026-11-01", to_date="2026-11-30"), {})
		day = {"employee": self.first.name, "mkd_date": WEEK[0]}
		frappe.db.set_value(DAY, day, "mkd_date", "2026-11-26")
		months = self.recap(by="Person", from_date="2026-11-01")
		self.assertEqual(
			[months[self.first.name, month][0] for month in ("2026-11", "2026-12")],
			[1, 2],
		)

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
			self.assertEqual(bool(self.recap(user)), sees)
		with self.assertRaises(frappe.PermissionError):
			self.recap(self.first.user_id)

	def test_more_days_take_no_more_statements(self):
		asked = {"user": self.hr, "department": self.section, **DECEMBER}
		applied(self.second, WEEK[1:2])
		before = asked_of_the_database(RECAP, **asked)
		self.book()
		self.assertLessEqual(asked_of_the_database(RECAP, **asked), before)
