"""What MKD saved: bills and estimates apart, of the people whom a reader is shown, offices only where nobody was there."""

from unittest.mock import patch

import frappe

from mkd_hrms.constants import COLLECTIVE_DAY, DAY, SAVINGS_FACTOR, UTILITY_BILL
from mkd_hrms.facts.reports import narrowed
from mkd_hrms.policy.savings import Factor, Line
from mkd_hrms.tests.support.factories import act, applied, officer
from mkd_hrms.tests.support.frozen import WEEK, RequestCase
from mkd_hrms.tests.support.people import make_user, store_row
from mkd_hrms.tests.support.report_case import asked_of_the_database, hr_of, rows_of, shown
from mkd_hrms.tests.support.unit_case import make_unit
from mkd_hrms.tests.support.world import COMPANY, OFFICE, unit

SAVINGS = "MKD Savings"
LAST_QUARTER = {"from_date": "2026-10-01", "to_date": "2026-12-31"}
THURSDAY, TUESDAY = WEEK[3], WEEK[1]
OFFICES = (
	"Electricity of Empty Offices",
	"Cost of Electricity of Empty Offices",
	"Emissions of Empty Offices",
)


def rounded(value):
	return None if value is None else round(value, 6)


class SavingsCase(RequestCase):
	def setUp(self):
		self.section = make_unit(f"Bidang Hemat {frappe.generate_hash(length=6)}")
		self.hr = officer()
		self.people = [self.person(department=self.section) for _number in range(2)]

	def worked(self, employee, day, status="Worked", **values):
		act(applied(employee, [day]), "Approve", self.boss.user_id)
		name = frappe.db.get_value(DAY, {"employee": employee.name, "mkd_date": day})
		frappe.db.set_value(DAY, name, {"status": status, **values})

	def recorded(self, employee, day, status="Work From Home"):
		row = {"employee": employee.name, "attendance_date": day, "status": status, "docstatus": 1}
		store_row("Attendance", department=employee.department, company=COMPANY, **row)

	def by_circular(self, day=THURSDAY, people=None):
		for employee in people or self.people:
			self.worked(employee, day, source_doctype=COLLECTIVE_DAY)
			self.recorded(employee, day)

	def bill(self, month, amount, consumption=None, **values):
		values = {"company": COMPANY, "department": self.section, "kind": "Electricity", **values}
		bill = {"doctype": UTILITY_BILL, "month": month, "amount": amount, "consumption": consumption}
		frappe.get_doc({**bill, **values}).insert(ignore_permissions=True)

	def found(self, user=None, **filters):
		"""By basis, kind and unit, the three values and how much is counted."""
		rows = rows_of(SAVINGS, user or self.hr, **{**LAST_QUARTER, "department": self.section, **filters})
		return {
			(row["basis"], row["kind"], row["unit"], row["period"]): (
				*(rounded(row.get(name)) for name in ("low", "middle", "high")),
				row["counted"],
			)
			for row in rows
		}

	def kinds(self, user=None, **filters):
		return {key[1] for key in self.found(user, **filters)}


class TestEstimates(SavingsCase):
	def test_days_that_were_worked_and_no_others(self):
		for day, state in zip(WEEK[1:], ("Worked", "No Show", "Revoked", "Suspended"), strict=True):
			self.worked(self.people[0], day, state)
		found = self.found()
		self.assertEqual({row[3] for row in found.values()}, {1})
		hours = found["Estimated", "Travel Time", "h", "2026-12"]
		self.assertEqual(hours[1], 1)
		self.assertEqual(
			self.kinds(),
			{"Fuel for Commuting", "Travel Time", "Emissions of Commuting", "Emissions of Work at Home"},
		)

	def test_nothing_worked_nothing_saved(self):
		applied(self.people[0], WEEK[:2])
		self.assertEqual(self.found(), {})
		self.assertFalse(shown(SAVINGS, self.hr, department=self.section, **LAST_QUARTER)["report_summary"])

	def test_by_quarter(self):
		self.worked(self.people[0], TUESDAY)
		self.worked(self.people[1], TUESDAY)
		day = {"employee": self.people[1].name, "mkd_date": TUESDAY}
		frappe.db.set_value(DAY, day, "mkd_date", "2026-11-26")
		months = {key[3]: row[3] for key, row in self.found().items() if key[1] == "Travel Time"}
		self.assertEqual(months, {"2026-11": 1, "2026-12": 1})
		quarter = {key[3]: row[3] for key, row in self.found(by="Quarter").items() if key[1] == "Travel Time"}
		self.assertEqual(quarter, {"2026-Q4": 2})

	def test_the_factors_of_the_day_and_of_the_company(self):
		self.worked(self.people[0], TUESDAY)
		self.worked(self.people[0], THURSDAY)
		values = {"doctype": SAVINGS_FACTOR, "factor": Factor.COMMUTE_MINUTES.value, "source": "Survei 2026"}
		values |= {"year": 2026, "trust": "Good", "low": 5, "middle": 5, "high": 5}
		frappe.get_doc({**values, "valid_from": THURSDAY}).insert(ignore_permissions=True)
		key = "Estimated", "Travel Time", "h", "2026-12"
		self.assertEqual(
			self.found()[key], (rounded(2 * 5 * (2 + 5) / 60), 3, rounded(2 * 20 * (3.3 + 5) / 60), 2)
		)
		frappe.get_doc({**values, "valid_from": "2020-01-01", "company": COMPANY}).insert(
			ignore_permissions=True
		)
		self.assertEqual(self.found()[key][1], 4)
		answer = shown(SAVINGS, self.hr, department=self.section, **LAST_QUARTER)
		# Behind a heading: who reads the numbers on a telephone does not pass all factors first.
		self.assertIn("Survei 2026", answer["message"].partition("<details>")[2])
		(row,) = [row for row in answer["result"] if row["kind"] == "Travel Time"]
		self.assertEqual((row["trust"], "Survei 2026 (2026)" in row["source"]), ("Assumption", True))

	def test_what_somebody_wrote_is_shown_as_text(self):
		self.worked(self.people[0], TUESDAY)
		row = {"factor": Factor.COMMUTE_MINUTES.value}
		frappe.db.set_value(SAVINGS_FACTOR, row, "source", "<img src=x onerror=alert(1)>")
		answer = shown(SAVINGS, self.hr, department=self.section, **LAST_QUARTER)
		self.assertIn("&lt;img", answer["message"])
		self.assertNotIn("<img", answer["message"])

	def test_purses_stand_apart(self):
		self.by_circular()
		self.bill("2025-12-01", 100)
		self.bill("2026-11-01", 1)
		answer = shown(SAVINGS, self.hr, department=self.section, **LAST_QUARTER)
		purses = {row["kind"]: row["purse"] for row in answer["result"]}
		self.assertEqual(purses["Fuel for Commuting"], "Employees")
		self.assertEqual(purses["Cost of Electricity of Empty Offices"], "Budget")
		self.assertEqual(purses["Travel Time"], "")
		names = [each["name"] for each in answer["chart"]["data"]["datasets"]]
		self.assertEqual(names, ["Budget, Estimated", "Employees, Estimated"])
		self.assertFalse(answer["chart"]["barOptions"]["stacked"])


class TestOffices(SavingsCase):
	def test_saved_where_a_circular_left_nobody_there(self):
		self.by_circular()
		found = self.found()
		self.assertEqual(
			found["Estimated", OFFICES[0], "kWh", "2026-12"],
			(2, 6.7, 13.2, 2),
		)
		self.assertLessEqual(set(OFFICES), self.kinds())

	def test_not_where_somebody_was_there_or_may_have_been(self):
		other = self.person(department=self.section)
		self.by_circular()
		self.assertFalse(set(OFFICES) & self.kinds(), "Nothing is known of one.")
		self.recorded(other, THURSDAY, "On Leave")
		self.assertLessEqual(set(OFFICES), self.kinds())
		frappe.db.set_value(
			"Attendance", {"employee": other.name, "attendance_date": THURSDAY}, "status", "Half Day"
		)
		self.assertFalse(set(OFFICES) & self.kinds())

	def test_not_by_days_that_people_asked_for(self):
		for employee in self.people:
			self.worked(employee, TUESDAY)
			self.recorded(employee, TUESDAY)
		self.assertFalse(set(OFFICES) & self.kinds())

	def test_who_came_later_was_not_missing(self):
		self.by_circular()
		self.person(department=self.section, date_of_joining="2026-12-21")
		self.assertLessEqual(set(OFFICES), self.kinds())

	def test_a_reader_of_some_people_is_told_their_share(self):
		self.by_circular()
		key = "Estimated", OFFICES[0], "kWh", "2026-12"
		with patch("mkd_hrms.permissions.seen.names", return_value=frozenset({self.people[0].name})):
			self.assertEqual(self.found()[key][3], 1)
			with patch.object(narrowed, "FEW", 0):
				self.assertEqual(self.found()[key][3], 1)


class TestBills(SavingsCase):
	def test_beside_the_year_before(self):
		self.bill("2025-10-05", 1000, 90)
		self.bill("2026-10-20", 700, 60)
		self.bill("2026-11-01", 500)
		self.bill("2025-10-05", 10, building="B")
		self.bill("2026-10-05", 30, building="B")
		self.assertEqual(
			self.found(),
			{
				("Measured", "Electricity", "Rp", "2026-10"): (None, 280, None, 2),
				("Measured", "Electricity", "kWh", "2026-10"): (None, 30, None, 1),
			},
		)
		quarter = self.found(by="Quarter", from_date="2026-10-15", to_date="2026-12-02")
		self.assertEqual(quarter["Measured", "Electricity", "Rp", "2026-Q4"][1], 280)

	def test_of_a_year_before_another_period(self):
		self.bill("2025-10-05", 1000)
		self.bill("2026-10-20", 700)
		self.assertEqual(self.found(from_date="2026-11-01", to_date="2026-11-30"), {})

	def test_who_is_told(self):
		self.bill("2025-10-05", 1000)
		self.bill("2026-10-20", 700)
		# Of the section the superior leads everybody, of the company not.
		self.person(reports_to=None)
		for user, told in (
			(self.hr, True),
			(make_user("HR User"), True),
			(hr_of(self.section), True),
			(self.boss.user_id, True),
			(hr_of(unit(OFFICE)), False),
			(make_user("MKD Approver"), False),
		):
			with self.subTest(user=user):
				self.assertEqual("Electricity" in self.kinds(user), told)
		self.assertNotIn("Electricity", self.kinds(self.boss.user_id, department=None))
		self.person(department=self.section, reports_to=None)
		self.assertNotIn("Electricity", self.kinds(self.boss.user_id))
		with self.assertRaises(frappe.PermissionError):
			self.found(self.people[0].user_id)

	def test_more_days_and_bills_take_no_more_statements(self):
		asked = {"user": self.hr, "department": self.section, **LAST_QUARTER}
		self.by_circular(THURSDAY, self.people[:1])
		self.bill("2026-10-05", 1000)
		before = asked_of_the_database(SAVINGS, **asked)
		self.by_circular(THURSDAY, self.people[1:])
		self.by_circular(TUESDAY)
		self.bill("2025-10-05", 1000)
		self.assertLessEqual(asked_of_the_database(SAVINGS, **asked), before)


class TestWords(SavingsCase):
	def test_every_line_has_a_name(self):
		from mkd_hrms.mkd_hrms.report.mkd_savings import mkd_savings

		self.assertEqual(mkd_savings.lines().keys(), set(Line))
		options = frappe.get_meta(UTILITY_BILL).get_field("kind").options.split("\n")
		self.assertEqual(list(mkd_savings.kinds_of_bills()), options)
		self.assertEqual(
			list(mkd_savings.TRUST), frappe.get_meta(SAVINGS_FACTOR).get_field("trust").options.split("\n")
		)
