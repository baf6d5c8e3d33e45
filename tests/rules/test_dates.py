"""Months and the window of attendance: the arithmetic of days that scenarios cannot show well."""

from datetime import date
from unittest import TestCase

from mkd_support import FIRST_DAY, WEDNESDAY

from mkd_hrms.policy.dates import (
	Calendar,
	HolidayList,
	absence_window,
	add_months,
	days_before,
	days_between,
	full_months,
	workday_after,
)
from mkd_hrms.policy.facts import covers


class TestMonths(TestCase):
	def test_a_month_after_the_last_of_january_is_the_last_of_february(self):
		self.assertEqual(add_months(date(2026, 1, 31), 1), date(2026, 2, 28))

	def test_a_year_after_a_leap_day_is_the_last_of_february(self):
		self.assertEqual(add_months(date(2024, 2, 29), 12), date(2025, 2, 28))

	def test_months_cross_the_year_in_both_directions(self):
		self.assertEqual(add_months(date(2026, 11, 15), 2), date(2027, 1, 15))
		self.assertEqual(add_months(date(2026, 1, 15), -1), date(2025, 12, 15))

	def test_a_month_is_full_on_its_day_and_not_before(self):
		self.assertEqual(full_months(date(2026, 10, 25), date(2026, 11, 24)), 0)
		self.assertEqual(full_months(date(2026, 10, 25), date(2026, 11, 25)), 1)


class TestDaysBefore(TestCase):
	"""Rule E13: so many calendar days that end yesterday."""

	def test_thirty_days_before_a_day_end_on_the_day_before_it(self):
		self.assertEqual(days_before(WEDNESDAY, 30), (date(2026, 10, 26), date(2026, 11, 24)))

	def test_one_day_is_yesterday_and_none_is_empty(self):
		self.assertEqual(days_before(WEDNESDAY, 1), (date(2026, 11, 24), date(2026, 11, 24)))
		self.assertEqual(days_between(*days_before(WEDNESDAY, 0)), ())


class TestTheWindowOfAttendance(TestCase):
	"""Rule E9: twelve months that end yesterday, or before the date, whichever comes first."""

	def test_for_a_coming_date_it_ends_yesterday(self):
		window = absence_window(date(2026, 12, 10), WEDNESDAY, 12, None)
		self.assertEqual(window, (date(2025, 11, 25), date(2026, 11, 24)))

	def test_for_today_it_ends_yesterday_too(self):
		self.assertEqual(absence_window(WEDNESDAY, WEDNESDAY, 12, None)[1], date(2026, 11, 24))

	def test_for_a_past_date_it_ends_on_the_day_before_that_date(self):
		window = absence_window(date(2026, 11, 9), WEDNESDAY, 12, None)
		self.assertEqual(window, (date(2025, 11, 9), date(2026, 11, 8)))

	def test_it_begins_no_earlier_than_the_agency_keeps_attendance(self):
		kept_from = date(2026, 7, 1)
		self.assertEqual(absence_window(WEDNESDAY, WEDNESDAY, 12, kept_from)[0], kept_from)

	def test_a_start_before_the_window_changes_nothing(self):
		window = absence_window(WEDNESDAY, WEDNESDAY, 12, FIRST_DAY)
		self.assertEqual(window, absence_window(WEDNESDAY, WEDNESDAY, 12, None))

	def test_where_attendance_is_kept_from_today_on_it_is_empty(self):
		since, until = absence_window(WEDNESDAY, WEDNESDAY, 12, WEDNESDAY)
		self.assertEqual(days_between(since, until), ())

	def test_a_leap_day_neither_doubles_nor_drops_a_day(self):
		window = absence_window(date(2028, 3, 1), date(2028, 3, 1), 12, None)
		self.assertEqual(window, (date(2027, 3, 1), date(2028, 2, 29)))


class TestPeriods(TestCase):
	def test_both_ends_belong_to_a_period(self):
		start, end = date(2026, 11, 24), date(2026, 11, 26)
		covered = [
			day.day for day in days_between(date(2026, 11, 23), date(2026, 11, 27)) if covers(start, end, day)
		]
		self.assertEqual(covered, [24, 25, 26])

	def test_a_period_without_an_end_stays_open(self):
		self.assertTrue(covers(FIRST_DAY, None, date(2099, 1, 1)))
		self.assertFalse(covers(FIRST_DAY, None, date(2023, 6, 18)))


class TestWorkingDays(TestCase):
	"""A Thursday off, and a list that ends on the Friday."""

	CALENDAR = Calendar(
		(HolidayList("2026", date(2026, 1, 1), date(2026, 11, 27), {date(2026, 11, 26): "Libur"}),)
	)
	LATER = date(2026, 12, 31)

	def test_what_no_list_covers_is_no_known_working_day(self):
		self.assertEqual(workday_after(self.CALENDAR, WEDNESDAY, 1, self.LATER), date(2026, 11, 27))
		self.assertIsNone(workday_after(self.CALENDAR, WEDNESDAY, 2, self.LATER))

	def test_unless_monday_to_friday_are_assumed(self):
		found = [workday_after(self.CALENDAR, WEDNESDAY, count, self.LATER, True) for count in (1, 2, 6)]
		self.assertEqual(found, [date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 4)])
