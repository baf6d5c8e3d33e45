"""Of many people the database is not told the names: what a report shows of them is the same."""

from unittest.mock import patch

import frappe
from frappe.desk.query_report import run

from mkd_hrms.facts.reports import narrowed
from mkd_hrms.mkd_hrms.report import asked
from mkd_hrms.services.standing import refresh
from mkd_hrms.tests.support.day_case import DayCase
from mkd_hrms.tests.support.factories import officer
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.people import acting_as, make_user
from mkd_hrms.tests.support.report_case import hr_of, rows_of
from mkd_hrms.tests.support.unit_case import make_unit
from mkd_hrms.tests.support.world import COMPANY

PERIOD = {"from_date": "2026-11-01", "to_date": "2026-12-31"}
QUESTIONS = (
	("MKD Eligibility Register", {}),
	("MKD Quota Use", {"by": "Week"}),
	("MKD Report Compliance", {"by": "Person"}),
	("MKD Report Compliance", {"by": "Unit"}),
	("MKD Monthly Recap", {"by": "Person"}),
	("MKD Monthly Recap", {"by": "Unit"}),
)


class TestManyPeople(DayCase):
	def setUp(self):
		self.section = make_unit(f"Bidang {frappe.generate_hash(length=6)}")
		self.report(self.approved(department=self.section))
		self.approved(WEEK[:2], department=self.section)
		# In the same unit, and under somebody else.
		other = self.approved(department=self.section)
		self.report(other)
		other = frappe.get_doc("Employee", other.name)
		other.reports_to = None
		other.save(ignore_permissions=True)
		refresh.refresh(COMPANY)

	def test_it_is_what_is_shown_of_few(self):
		for user in (self.boss.user_id, hr_of(self.section)):
			for report, filters in QUESTIONS:
				period = {"department": self.section, **PERIOD, **filters}
				with self.subTest(report, user=user, **filters):
					few = rows_of(report, user, **period)
					with patch.object(narrowed, "FEW", 0):
						self.assertEqual(rows_of(report, user, **period), few)
					self.assertTrue(few)

	def test_of_more_people_than_a_page_can_show_one_by_one_none_are_read(self):
		asked_of = (
			("MKD Eligibility Register", {}),
			("MKD Report Compliance", {"by": "Person"}),
			("MKD Monthly Recap", {"by": "Person"}),
			("MKD Coverage", {"from_date": str(WEEK[0]), "to_date": str(WEEK[1])}),
		)
		with patch.object(asked, "MOST_ROWS", 1), acting_as(hr_of(self.section)):
			for report, filters in asked_of:
				found = run(report, {"company": COMPANY, "department": self.section, **PERIOD, **filters})
				with self.subTest(report):
					self.assertEqual(found["result"], [])
					self.assertIn("Choose a unit", found["message"])
			found = run("MKD Monthly Recap", {"company": COMPANY, **PERIOD, "by": "Unit"})
			self.assertTrue(found["result"])

	def test_the_register_still_counts_those_whom_it_does_not_list(self):
		whole = run_as(officer(), department=self.section)
		with patch.object(asked, "MOST_ROWS", 1):
			counted = run_as(officer(), department=self.section)
		self.assertFalse(counted["result"])
		self.assertEqual(counted["report_summary"], whole["report_summary"])

	def test_a_superior_is_shown_less_than_hr(self):
		with patch.object(narrowed, "FEW", 0):
			for report, filters in QUESTIONS:
				period = {"department": self.section, **PERIOD, **filters}
				his, hrs = rows_of(report, self.boss.user_id, **period), rows_of(report, officer(), **period)
				self.assertNotEqual(his, hrs, report)
				self.assertLessEqual(len(his), len(hrs))

	def test_whoever_leads_nobody_is_shown_nothing(self):
		with patch.object(narrowed, "FEW", 0):
			for report, filters in QUESTIONS:
				self.assertEqual(rows_of(report, make_user("MKD Approver"), **PERIOD, **filters), [])


def run_as(user, **filters):
	with acting_as(user):
		return run("MKD Eligibility Register", {"company": COMPANY, **filters})
