"""Of many people the database is not told the names: what a report shows of them is the same."""

from unittest.mock import patch

import frappe

from mkd_hrms.facts.reports import narrowed
from mkd_hrms.services.standing import refresh
from mkd_hrms.tests.support.day_case import DayCase
from mkd_hrms.tests.support.factories import officer
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.people import make_user
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
				asked = {"department": self.section, **PERIOD, **filters}
				with self.subTest(report, user=user, **filters):
					few = rows_of(report, user, **asked)
					with patch.object(narrowed, "FEW", 0):
						self.assertEqual(rows_of(report, user, **asked), few)
					self.assertTrue(few)

	def test_a_superior_is_shown_less_than_hr(self):
		with patch.object(narrowed, "FEW", 0):
			for report, filters in QUESTIONS:
				asked = {"department": self.section, **PERIOD, **filters}
				his, hrs = rows_of(report, self.boss.user_id, **asked), rows_of(report, officer(), **asked)
				self.assertNotEqual(his, hrs, report)
				self.assertLessEqual(len(his), len(hrs))

	def test_whoever_leads_nobody_is_shown_nothing(self):
		with patch.object(narrowed, "FEW", 0):
			for report, filters in QUESTIONS:
				self.assertEqual(rows_of(report, make_user("MKD Approver"), **PERIOD, **filters), [])
