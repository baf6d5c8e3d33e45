"""Rows that a thread takes ahead: the same rows, what goes wrong told, and nothing left behind."""

import threading
import time

import pytest

from mkd_hrms.facts.database.prefetch import BUNDLE, WAITING, TakenAhead


class Source:
	"""Rows that somebody counts; one of them may be missing."""

	def __init__(self, count, broken=None):
		self.count, self.broken, self.taken, self.closed = count, broken, 0, False

	def rows(self):
		try:
			for number in range(self.count):
				if number == self.broken:
					raise ValueError("the connection is gone")
				self.taken += 1
				yield (number,)
		finally:
			self.closed = True


@pytest.mark.parametrize("count", [0, 1, BUNDLE, BUNDLE + 1, BUNDLE * (WAITING + 3)])
def test_the_same_rows_in_the_same_order(count):
	source = Source(count)
	taken = TakenAhead(source.rows())
	assert list(taken) == [(number,) for number in range(count)]
	assert list(taken) == []
	taken.stop()
	assert source.closed


def test_what_goes_wrong_is_raised_where_the_rows_are_taken():
	taken = TakenAhead(Source(BUNDLE * 3, broken=BUNDLE * 2).rows())
	seen = []
	with pytest.raises(ValueError, match="the connection is gone"):
		seen.extend(row for (row,) in iter(taken))
	taken.stop()


def test_the_rows_are_on_their_way_before_anybody_asks_and_have_a_limit():
	source = Source(10**6)
	taken = TakenAhead(source.rows())
	wait_until(lambda: source.taken == BUNDLE * (WAITING + 1))
	time.sleep(0.05)
	assert source.taken == BUNDLE * (WAITING + 1)
	taken.stop()


@pytest.mark.parametrize("wanted", [0, BUNDLE + 1])
def test_whoever_stops_in_between_leaves_no_thread_and_an_ended_statement(wanted):
	before, source = threading.active_count(), Source(10**6)
	taken = TakenAhead(source.rows())
	assert [next(taken) for _each in range(wanted)] == [(number,) for number in range(wanted)]
	taken.stop()
	assert threading.active_count() == before
	assert source.closed


def wait_until(condition):
	deadline = time.monotonic() + 10
	while not condition() and time.monotonic() < deadline:
		time.sleep(0.01)
