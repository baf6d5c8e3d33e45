"""Records become rows: a person and a day once, by the rules; what a file has no place for is left out and counted."""

from datetime import date, datetime, time, timedelta

import pytest
from mkd_exchange import NIP, OTHER_NIP

from mkd_hrms.exchange import profiles, rows
from mkd_hrms.exchange.meanings import ATTENDANCE, said_of
from mkd_hrms.exchange.stored import Told, Whose, in_parts, rows_of
from mkd_hrms.facts.exported import Achieved, Attended, Done, Sanctioned

DAY, TODAY = date(2026, 11, 24), date(2026, 11, 25)
WHOSE = {"E1": Whose(NIP, "Ani"), "E2": Whose(OTHER_NIP, "Budi"), "E9": Whose(NIP, "Ani")}


def made(name, *records, whose=WHOSE):
	told = Told()
	return list(rows_of(profiles.load(name), [records], whose, told, TODAY)), told.left_out


def attended(status, employee="E1", half=None, late=0, early=0, start=None, end=None):
	return Attended(employee, DAY, status, half, late, early, start, end)


@pytest.mark.parametrize(
	("found", "status"),
	[
		([attended("Absent"), attended("Present", "E9")], rows.PRESENT),
		([attended("Present", late=1), attended("Present", "E9", early=1)], rows.LATE_AND_EARLY),
		([attended("On Leave"), attended("Absent", "E9")], rows.UNEXCUSED),
		([attended("Absent"), attended("Half Day", "E9", "Absent")], rows.HALF_UNEXCUSED),
		([attended("Half Day", half="Absent"), attended("Half Day", "E9", "Present")], rows.PERMITTED),
		([attended("On Leave"), attended("Half Day", "E9", "Absent")], rows.HALF_UNEXCUSED),
	],
)
def test_of_several_rows_of_a_day_the_one_by_which_the_rules_go_is_told(found, status):
	for records in (found, found[::-1]):
		(row,), left_out = made("kmob", *records)
		assert (row.who, row.status, left_out) == (NIP, status, {"several": 1})


def test_every_status_comes_back_as_it_was():
	for said, (status, late, early) in ATTENDANCE.items():
		half = "Absent" if status == "Half Day" else None
		assert ATTENDANCE[said_of(status, half, late, early)] == (status, late, early), said
	assert said_of("Half Day", "Present", 0, 0) == rows.PERMITTED


def test_a_night_shift_ends_on_another_day_and_its_end_is_not_told():
	night = attended("Present", start=datetime(2026, 11, 24, 20, 0, 7), end=datetime(2026, 11, 25, 4))
	(row,), _left_out = made("kmob", night)
	assert (row.time_in, row.time_out) == (time(20, 0, 7), None)


def test_lateness_at_home_has_no_word_and_is_counted():
	(row,), left_out = made("recap-long", attended("Work From Home", late=1))
	assert (row.status, left_out) == (rows.HOME, {"mark": 1})


def test_a_sanction_that_would_be_in_force_again_is_left_out():
	def sanction(stage, last, first=1):
		return Sanctioned("E1", date(2026, 1, first), last, "Light", stage, None)

	found, left_out = made(
		"siasn-discipline",
		sanction("Ended", date(2026, 11, 24)),
		sanction("Ended", None, 2),
		sanction("Ended", date(2026, 11, 25), 3),
		sanction("In Force", None, 4),
	)
	assert [row.first.day for row in found] == [1, 4]
	assert left_out == {"ended": 2}


def test_results_of_parts_of_months_and_without_what_each_row_needs_are_left_out():
	def result(first, last, predicate="Baik", employee="E1"):
		return Achieved(employee, first, last, predicate, None, 0)

	quarter = date(2026, 7, 1), date(2026, 9, 30)
	records = (
		result(*quarter),
		result(*quarter, "Kurang", "E9"),
		result(*quarter, employee="E2"),
		result(date(2026, 7, 2), date(2026, 9, 30)),
		result(date(2026, 10, 1), date(2026, 10, 31), None),
	)
	found, left_out = made("ekinerja", *records)
	assert [(row.who, row.predicate) for row in found] == [(OTHER_NIP, "Baik"), (NIP, "Baik")]
	assert left_out == {"again": 1, "month": 1, "needs": 1}
	assert made("trk-month", *records[:3]) == ([], {"month": 3})


def test_minutes_count_that_somebody_has_verified():
	def work(state, day, *times):
		return Done("E1", date(2026, 11, day), state, "Rapat", 90, *(times or (None, None)), None)

	found, _left_out = made(
		"trk-activities",
		work("Verified", 1, timedelta(hours=8), timedelta(hours=9, minutes=30)),
		work("Rejected", 2),
		work("Submitted", 3, timedelta(hours=9), timedelta(hours=8)),
	)
	assert [(row.state, row.minutes_approved) for row in found] == [
		(rows.APPROVED, 90),
		(rows.REFUSED, 0),
		(rows.WAITING, None),
	]
	assert [(row.start, row.end) for row in found] == [(time(8), time(9, 30)), (None, None), (None, None)]


def test_all_records_of_a_person_stand_in_one_part():
	assert list(in_parts(WHOSE, 1)) == [["E2"], ["E1", "E9"]]
	assert list(in_parts({}, 1)) == []


def test_the_rows_of_a_person_stand_together():
	both = [attended("Present", employee) for employee in ("E1", "E2")]
	later = [each._replace(day=DAY + timedelta(days=1)) for each in both]
	found, _left_out = made("recap-wide", *both, *later)
	assert [(row.who, row.day.day) for row in found] == [
		(OTHER_NIP, 24),
		(OTHER_NIP, 25),
		(NIP, 24),
		(NIP, 25),
	]
