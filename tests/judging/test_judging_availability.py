"""When somebody can work away at all (rules Q2, Q3, Q10), and that judging knows no framework."""

from dataclasses import replace
from datetime import date
from unittest import TestCase

from mkd_available import A_PERSON, WEEK, available, booked, calendar, leave
from mkd_source import imports, python_files, relative
from mkd_support import PACKAGE

from mkd_hrms import judging
from mkd_hrms.judging.availability import apart

W50 = "2026-W50"
JUDGING = PACKAGE / "judging"


class TestWorkdays(TestCase):
	def test_a_full_week_has_five(self):
		self.assertEqual(available().workdays_in(W50), 5)

	def test_a_holiday_and_a_day_of_leave_are_none(self):
		around = available(calendar=calendar(Natal=WEEK[0]), away=(leave(WEEK[1], WEEK[2]),))
		self.assertEqual(around.workdays_in(W50), 2)

	def test_a_holiday_within_leave_is_taken_off_once(self):
		self.assertEqual(
			available(calendar=calendar(Natal=WEEK[0]), away=(leave(*WEEK[:2]),)).workdays_in(W50), 3
		)

	def test_half_a_day_of_leave_leaves_a_working_day(self):
		self.assertEqual(available(away=(leave(WEEK[0], half_day=WEEK[0]),)).workdays_in(W50), 5)

	def test_what_is_only_asked_for_takes_no_working_day(self):
		self.assertEqual(available(claims=(leave(WEEK[0], is_claim=True),)).workdays_in(W50), 5)

	def test_only_days_of_service_count(self):
		joined = replace(A_PERSON, joined_on=WEEK[2])
		self.assertEqual(available(joined).workdays_in(W50), 3)
		self.assertEqual(available(replace(joined, contract_ends_on=WEEK[2])).workdays_in(W50), 1)

	def test_days_that_no_list_covers_are_no_working_days(self):
		"""The last week of 2026 ends in the next year: only its days from Monday to Thursday are known."""
		self.assertEqual(available().workdays_in("2026-W53"), 4)


class TestService(TestCase):
	def test_it_lasts_from_the_first_to_the_last_day(self):
		around = available(replace(A_PERSON, joined_on=WEEK[1], relieved_on=WEEK[3]))
		self.assertEqual([around.serves(day) for day in WEEK], [False, True, True, True, False])

	def test_the_earlier_of_two_last_days_ends_it(self):
		around = available(replace(A_PERSON, relieved_on=WEEK[3], contract_ends_on=WEEK[1]))
		self.assertEqual([around.serves(day) for day in WEEK[:3]], [True, True, False])

	def test_without_dates_it_is_not_bounded(self):
		self.assertTrue(available(replace(A_PERSON, joined_on=None)).serves(date(1990, 1, 1)))


class TestUsedDays(TestCase):
	def test_those_of_the_week_count_but_for_the_documents_own(self):
		used = (booked(WEEK[0], "R1"), booked(WEEK[1], "R2"), booked(date(2026, 12, 14), "R2"))
		around = available(used=used)
		self.assertEqual(around.used_in(W50), 2)
		self.assertEqual(around.used_in(W50, but_for="R1"), 1)
		self.assertEqual(around.used_in("2026-W51", but_for="R1"), 1)

	def test_approved_periods_and_claims_are_told_apart(self):
		approved, claim = leave(WEEK[0]), leave(WEEK[1], is_claim=True)
		self.assertEqual(apart((claim, approved)), ((approved,), (claim,)))


class TestTheLayer(TestCase):
	def test_it_imports_the_standard_library_the_rules_the_facts_and_itself(self):
		"""No framework: the files outside a site are judged by it; and no query, which facts alone write."""
		allowed = ("mkd_hrms.policy", "mkd_hrms.facts", "mkd_hrms.judging")
		strangers = [
			f"{relative(path)}:{line}: {name}"
			for path in python_files(JUDGING)
			for line, name in imports(path)
			if not name.startswith(allowed) and name.split(".")[0] in ("frappe", "pypika", "mkd_hrms")
		]
		self.assertEqual(strangers, [])

	def test_every_file_has_its_line_in_the_map(self):
		files = {path.name for path in python_files(JUDGING)} - {"__init__.py"}
		shown = {
			line.split()[0] for line in judging.__doc__.splitlines() if line.split(" ")[0].endswith(".py")
		}
		self.assertEqual(shown, files)
