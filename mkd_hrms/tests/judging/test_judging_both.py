"""The same people, asked about on the site and in its export: what is said once is heard alike by both."""

from datetime import date, timedelta

import frappe

from mkd_hrms.constants import COLLECTIVE_DAY, DAY, ELIGIBILITY
from mkd_hrms.policy.model import Outcome
from mkd_hrms.policy.quota import WeekUse
from mkd_hrms.services.ledger import over_limit
from mkd_hrms.services.ledger.booking import QuotaExceeded
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.policies.documents import policy_from
from mkd_hrms.services.policies.in_force import policy_on
from mkd_hrms.services.requests import asked_dates
from mkd_hrms.services.requests.case import RequestCase as Case
from mkd_hrms.services.standing import employee_overview, refresh
from mkd_hrms.tests.policies.test_policies import PolicyCase
from mkd_hrms.tests.support.day_case import leave_on
from mkd_hrms.tests.support.exported import Files
from mkd_hrms.tests.support.factories import act, applied, asked, draft, officer, working_days_before
from mkd_hrms.tests.support.frozen import MONDAY, WEEK
from mkd_hrms.tests.support.people import store_row
from mkd_hrms.tests.support.statements import statements_of
from mkd_hrms.tests.support.world import COMPANY, TODAY, UNCLASSIFIED

W48, W50 = "2026-W48", "2026-W50"
# The Thursday and Friday of this week; the clock stands on its Wednesday.
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
MONDAY_BEFORE = date(2026, 11, 23)


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

	def test_nor_does_it_who_enters_the_days_or_when_they_are_decided(self):
		"""A ceiling of one day begins on the Friday: for what was asked before, for what HR enters, and afterwards."""
		hr, early, late = officer(), self.person(), self.person()
		asked_before = applied(early, [THURSDAY, FRIDAY])
		self.in_force(FRIDAY, legal_ceiling=1)
		with self.assertRaisesRegex(QuotaExceeded, "limit 1, used 0, asked 2"):
			act(asked_before, "Approve", self.boss.user_id)
		before = [MONDAY_BEFORE, FRIDAY]
		for first, second in (before, before[::-1]):
			employee = self.person()
			request = draft(employee, [first], user=hr)
			act(request, "Apply", hr)
			with self.assertRaisesRegex(QuotaExceeded, "limit 1, used 1, asked 1"):
				draft(employee, [second], user=hr)
		with self.assertRaisesRegex(QuotaExceeded, "limit 1, used 0, asked 2"):
			draft(late, before, user=hr)

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

	def test_a_day_by_circular_counts_as_the_policy_says_on_site_and_in_files(self):
		"""A ceiling of one day that counts it is full; where it does not count, one day more fits."""
		for counts, limit, own in ((0, 2, 1), (1, 1, 0)):
			employee = self.person()
			day = {
				"mkd_date": THURSDAY,
				"iso_week": W48,
				"slot": 1,
				"limit_at_booking": 4,
				"company": COMPANY,
			}
			source = {"source_doctype": COLLECTIVE_DAY, "source_name": "MKD-COL-2026-99999"}
			store_row(DAY, employee.name, **{"person": employee.name, **day, **source, "status": "Approved"})
			policy = self.in_force(FRIDAY, legal_ceiling=1, collective_in_ceiling=counts)
			self.assertEqual(self.shown(employee, W48), limit)
			self.assertEqual(self.listed(employee, W48), None)
			if own:
				request = draft(employee, [FRIDAY])
				files = Files([employee], policy_from(policy), FRIDAY)
				self.assertEqual(files.answer(request).weeks, (WeekUse(W48, 2, 1, 1, 1),))
			else:
				with self.assertRaisesRegex(
					QuotaExceeded, r"limit 1, used 1 \(1 of them by circular\), asked 1"
				):
					draft(employee, [FRIDAY])
			frappe.db.rollback()

	def test_only_who_is_in_doubt_is_looked_at_for_the_list(self):
		plain, over = self.person(), self.person()
		for employee in (plain, over):
			applied(employee, [THURSDAY, FRIDAY])
			store_row(ELIGIBILITY, employee.name, company=COMPANY, tier_limit=2)
		frappe.db.set_value(ELIGIBILITY, {"employee": over.name}, "tier_limit", 1)
		asked = statements_of(lambda: self.assertEqual(self.listed(over, W48), 1))
		bound = [args[0] for _query, args in asked if args and isinstance(args[0], dict)]
		named = {name for values in bound for name in values.values()}
		self.assertEqual(named & {plain.name, over.name}, {over.name})

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


class TestMistakesInDates(PolicyCase):
	"""Of requests as they stand in the table, which the form would refuse."""

	def stored(self, employee, days):
		"""A draft that nobody has looked at."""
		request = frappe.get_doc({**asked(employee, days), "status": "Draft"})
		request.name = frappe.generate_hash(length=10)
		request.db_insert()
		for row in request.dates:
			row.update({"parent": request.name, "name": frappe.generate_hash(length=10)})
			row.db_insert()
		return frappe.get_doc("MKD Request", request.name)

	def of_the_site(self, request):
		"""What the form says, or nothing."""
		case = Case(request)
		try:
			case.dates, _skipped = asked_dates.working_dates(case.situation, case.written)
			asked_dates.check_time(case.dates, case.policies, case.now, correction=False)
			asked_dates.check_presence(case.situation, case.dates, request.name)
		except asked_dates.InvalidDays as refused:
			return str(refused)
		return ""

	def situations(self):
		"""By request, the one of its days that is a mistake, and the document that is to be named."""
		there, away, asks, leaves = (self.person() for _number in range(4))
		leave, wish = leave_on(away, WEEK[1]), leave_on(away, WEEK[2], half_day=1, half_day_date=WEEK[2])
		frappe.db.set_value("Leave Application", wish.name, {"docstatus": 0, "status": "Open", "half_day": 0})
		home = store_row("Attendance Request", asks.name, from_date=WEEK[0], to_date=WEEK[0], docstatus=0)
		frappe.db.set_value("Attendance Request", home.name, "reason", "Work From Home")
		other = applied(there, WEEK[3:4])
		frappe.db.set_value("Employee", leaves.name, "relieving_date", WEEK[2])
		saturday = WEEK[4] + timedelta(days=1)
		return {
			self.stored(there, [WEEK[0], WEEK[1]]): (None, None),
			self.stored(there, [WEEK[0], saturday]): (None, None),
			self.stored(there, [WEEK[0], WEEK[3]]): (WEEK[3], other.name),
			self.stored(there, [TODAY - timedelta(days=1), WEEK[0]]): (TODAY - timedelta(days=1), None),
			self.stored(there, [WEEK[0], date(2027, 6, 1)]): (date(2027, 6, 1), None),
			self.stored(there, [WEEK[0], date(2035, 6, 1)]): (date(2035, 6, 1), None),
			self.stored(away, WEEK[:2]): (WEEK[1], leave.name),
			self.stored(away, WEEK[2:4]): (WEEK[2], wish.name),
			self.stored(asks, WEEK[:2]): (WEEK[0], home.name),
			self.stored(leaves, WEEK[2:4]): (WEEK[3], None),
			# Who is away on a day off is not told so: the day is skipped.
			self.stored(leaves, [WEEK[2], saturday]): (None, None),
		}

	def test_site_and_files_find_the_same_mistake_and_name_the_same_document(self):
		situations = self.situations()
		people = {request.employee for request in situations}
		employees = [frappe.get_doc("Employee", name) for name in sorted(people)]
		files = Files(employees, policy_on(COMPANY, MONDAY), WEEK[0])
		for request, (day, record) in situations.items():
			with self.subTest(day=str(day), record=record):
				on_site, messages = self.of_the_site(request), files.answer(request).messages
				self.assertEqual(len(messages), int(day is not None), [str(each) for each in messages])
				self.assertEqual(bool(on_site), day is not None, on_site)
				if day:
					self.assertIn(frappe.utils.format_date(day), on_site)
					self.assertEqual(messages[0].values["day"], day)
				if record:
					self.assertIn(record, on_site)
					self.assertEqual(messages[0].values["record"], record)

	def test_only_the_site_knows_that_a_day_has_begun(self):
		request = self.stored(self.employee, [TODAY])
		self.assertIn("the day has begun", self.of_the_site(request))
		files = Files([self.employee], policy_on(COMPANY, TODAY), TODAY)
		self.assertEqual(files.answer(request).messages, ())


class TestOutcomes(PolicyCase):
	def people(self):
		"""Somebody who may, somebody whom a gate refuses, and somebody whom nobody has classified."""
		absent = self.person(absent_on=working_days_before(TODAY, 3))
		return self.person(), absent, self.person(designation=UNCLASSIFIED)

	def test_everybody_is_judged_alike_on_one_date(self):
		people, policy = self.people(), policy_on(COMPANY, MONDAY)
		names = [employee.name for employee in people]
		on_site = {
			entry.person.employee: entry.decision
			for entry in refresh.judge(COMPANY, policy, MONDAY, TODAY, names)
		}
		files = Files(people, policy, MONDAY).judgement.people
		self.assertEqual({entry.person.employee: entry.decision for entry in files}, on_site)
		self.assertEqual(
			[on_site[name].outcome for name in names],
			[Outcome.ELIGIBLE, Outcome.NOT_ELIGIBLE, Outcome.NEEDS_REVIEW],
		)

	def test_an_application_has_the_worst_of_its_dates(self):
		people = self.people()
		requests = [draft(employee, WEEK[:2]) for employee in people]
		unready = draft(self.person(), WEEK[:2], has_internet="No")
		files = Files(
			[*people, frappe.get_doc("Employee", unready.employee)], policy_on(COMPANY, MONDAY), MONDAY
		)
		outcomes = []
		for request in (*requests, unready):
			case = Case(request)
			case.dates = case.written
			answer = files.answer(request)
			self.assertEqual(list(answer.decisions), case.decisions)
			self.assertEqual(answer.outcome, case.outcome)
			outcomes.append(case.outcome)
		refused = Outcome.NOT_ELIGIBLE
		self.assertEqual(outcomes, [Outcome.ELIGIBLE, refused, Outcome.NEEDS_REVIEW, refused])


def tiers(**earned):
	"""The days that predicates earn, whatever the absences, as rows of a policy."""
	return {
		"tiers": [
			{"predicate": predicate, "max_absences": 2, "weekly_limit": days}
			for predicate, days in earned.items()
		]
	}
