"""Activities of a daily report: how long they take, and which two of them cannot both be true."""

from datetime import time
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from mkd_hrms.policy.day.daily_report import Activity, minutes_between, overlapping

TIMES = st.times().map(lambda value: value.replace(second=0, microsecond=0))


def activity(start, end):
	return Activity(minutes_between(start, end), start, end)


class TestMinutes(TestCase):
	def test_from_eight_to_half_past_nine_are_ninety_minutes(self):
		self.assertEqual(minutes_between(time(8), time(9, 30)), 90)

	def test_an_end_that_does_not_come_later_is_no_time(self):
		self.assertEqual(minutes_between(time(9), time(9)), 0)
		self.assertLess(minutes_between(time(9), time(8)), 0)


class TestOverlaps(TestCase):
	def test_the_two_rows_are_named_in_their_order(self):
		rows = [activity(time(10), time(12)), Activity(30), activity(time(8), time(10, 1))]
		self.assertEqual(overlapping(rows), (0, 2))

	def test_one_may_begin_when_the_other_ends(self):
		self.assertIsNone(overlapping([activity(time(10), time(12)), activity(time(8), time(10))]))

	def test_rows_without_times_overlap_with_nothing(self):
		self.assertIsNone(overlapping([Activity(600), Activity(600), activity(time(8), time(9))]))

	@given(st.lists(st.tuples(TIMES, TIMES).filter(lambda pair: pair[0] < pair[1]), max_size=6))
	def test_none_is_found_exactly_when_no_minute_is_used_twice(self, spans):
		minutes = [
			minute
			for start, end in spans
			for minute in range(start.hour * 60 + start.minute, end.hour * 60 + end.minute)
		]
		found = overlapping([activity(*span) for span in spans])
		self.assertEqual(found is None, len(minutes) == len(set(minutes)))
