"""The same people, asked about on the site and in its export: what is said once is heard alike by both."""

from datetime import date, timedelta

import frappe

from mkd_hrms.policy.quota import WeekUse
from mkd_hrms.services.ledger import over_limit
from mkd_hrms.services.ledger.booking import QuotaExceeded
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.policies.documents import policy_from
from mkd_hrms.services.policies.in_force import policy_on
from mkd_hrms.services.requests.case import RequestCase as Case
from mkd_hrms.services.standing import employee_overview
from mkd_hrms.tests.policies.test_policies import PolicyCase
from mkd_hrms.tests.support.day_case import leave_on
from mkd_hrms.tests.support.exported import Files
from mkd_hrms.tests.support.factories import applied, draft
from mkd_hrms.tests.support.frozen import MONDAY, WEEK
from mkd_hrms.tests.support.world import COMPANY, TODAY

W48, W50 = "2026-W48", "2026-W50"
# The Thursday and Friday of this week; the clock stands on its Wednesday.
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)


def weeks_of(request):
	"""What the site says of the weeks of a stored draft."""
	case = Case(request)
	case.dates = case.written
	return {week: (case.situation.workdays_in(week), limit) for week, limit in case.limits(True).items()}


class TestTheLimitOfAWeek(PolicyCase):
	def shown(self, employee, week):
		"""On the form of the employee."""
		said = employee_overview.of(read_person(employee.name), employee_overview.Sight.DAYS)["weeks"]
		return next(entry["limit"] for entry in said if entry["week"] == week)

	def listed(self, employee, week):
		"""In the list of weeks that hold too much; None where it does not."""
		entries = over_limit.weeks_over(COMPANY, TODAY)
		return next((e.limit for e in entries if (e.person.employee, e.week) == (employee.name, week)), None)

	def test_it_is_that_of_the_strictest_policy_on_any_of_the_seven_days(self):
		self.in_force(WEEK[3], legal_ceiling=2)
		with self.assertRaises(QuotaExceeded) as refused:
			draft(self.employee, WEEK[:3])
		self.assertIn("limit 2", str(refused.exception))
		self.assertEqual(draft(self.employee, WEEK[:2]).status, "Draft")

	def test_a_policy_that_begins_on_a_sunday_binds_the_week_before_it(self):
		self.in_force(WEEK[4] + timedelta(days=2), legal_ceiling=2)
		self.assertRaises(QuotaExceeded, draft, self.employee, WEEK[:3])

	def test_the_order_of_applications_does_not_matter(self):
		"""A result of Baik earns four days by the old policy and one by the new."""
		self.in_force(WEEK[3], **tiers(Baik=1))
		early, late = self.employee, self.person()
		applied(late, WEEK[3:4])
		for employee, days in ((early, WEEK[:2]), (late, WEEK[:1])):
			request = draft(employee, days)
			with self.assertRaises(QuotaExceeded) as refused:
				applied(employee, days)
			self.assertIn("limit 1", str(refused.exception))
			self.assertEqual(weeks_of(request), {W50: (5, 1)})
		self.assertEqual(applied(early, WEEK[:1]).status, "Pending Approval")

	def test_a_policy_that_refuses_somebody_does_not_limit_his_days_under_the_other(self):
		self.in_force(WEEK[3], min_service_months=240, **tiers(Baik=1))
		self.assertEqual(applied(self.employee, WEEK[:3]).status, "Pending Approval")

	def test_application_form_and_list_name_the_same_number(self):
		"""In the running week, of which a stricter policy governs only the last days."""
		employee = self.person()
		applied(employee, [THURSDAY, FRIDAY])
		self.assertEqual((self.shown(employee, W48), self.listed(employee, W48)), (4, None))
		self.in_force(FRIDAY, legal_ceiling=1)
		self.assertEqual((self.shown(employee, W48), self.listed(employee, W48)), (1, 1))
		request = frappe.get_doc("MKD Request", {"employee": employee.name})
		self.assertEqual(weeks_of(request), {W48: (5, 1)})

	def test_days_without_a_policy_say_nothing(self):
		"""Neither that nobody works away on them, nor that everybody may: the policy begins on this Wednesday."""
		before = frappe.get_all("MKD Policy", {"docstatus": 1}, pluck="name")
		frappe.db.set_value("MKD Policy", {"name": ("in", before)}, "effective_from", "2030-01-01")
		policy = self.in_force(TODAY, legal_ceiling=1)
		request = draft(self.employee, [THURSDAY])
		self.assertEqual(weeks_of(request), {W48: (5, 1)})
		self.assertEqual(self.shown(self.employee, W48), 1)
		files = Files([self.employee], policy_from(policy), THURSDAY)
		self.assertEqual(files.answer(request).weeks, (WeekUse(W48, 1, 0, 1),))

	def test_site_and_files_count_the_same_working_days_used_days_and_limit(self):
		"""A holiday, leave, half a day of leave, and somebody who comes in the middle of the week."""
		whole, away, comes = self.employee, self.person(), self.person()
		leave_on(away, WEEK[0])
		leave_on(away, WEEK[1], half_day=1, half_day_date=WEEK[1])
		applied(away, WEEK[2:3])
		frappe.db.set_value("Employee", comes.name, "relieving_date", WEEK[2])
		holiday_week = [date(2026, 11, 30), date(2026, 12, 1)]
		asked = [(whole, WEEK[:2]), (whole, holiday_week), (away, WEEK[3:]), (comes, WEEK[:2])]
		requests = [draft(employee, days) for employee, days in asked]
		files = Files([whole, away, comes], policy_on(COMPANY, MONDAY), WEEK[0])
		expected = [{W50: (5, 4)}, {"2026-W49": (4, 3)}, {W50: (4, 3)}, {W50: (3, 2)}]
		for request, wanted in zip(requests, expected, strict=True):
			with self.subTest(request.employee):
				self.assertEqual(weeks_of(request), wanted)
				(week,) = files.answer(request).weeks
				self.assertEqual({week.week: week.limit}, {key: limit for key, (_, limit) in wanted.items()})
				case = Case(request)
				used = case.situation.used_in(week.week, but_for=request.name)
				self.assertEqual((week.used, week.asked), (used, len(request.dates)))


def tiers(**earned):
	"""The days that predicates earn, whatever the absences, as rows of a policy."""
	return {
		"tiers": [
			{"predicate": predicate, "max_absences": 2, "weekly_limit": days}
			for predicate, days in earned.items()
		]
	}
