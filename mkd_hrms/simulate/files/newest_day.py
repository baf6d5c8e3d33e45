"""The day on which the files are up to date: that of the bulk of the attendance, whatever a single row says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import duckdb

from mkd_hrms.simulate.files.problems import SHOWN, Findings, Problem
from mkd_hrms.simulate.files.readers import ROW
from mkd_hrms.simulate.output.language import _

# Leave is recorded ahead, also half a day of it; everything else when it has been.
RECORDED, AHEAD = ("Present", "Absent", "Work From Home"), ("Half Day",)
# A holiday season is shorter than this.
LONGEST_BREAK = timedelta(days=30)
LONG_AGO = timedelta(days=366)
# Behind a break stand odd rows if they are fewer than one in twenty, behind a year without any if fewer than one in three.
ODD, ODD_AFTER_A_YEAR = 20, 3
# How many people attend as a rule is seen from the newest rows: one in ten, but not fewer than this.
RECENT, FEW = 10, 20
# And from so many of the latest days, where an agency has become small.
LATEST = 60

COUNTS = """
SELECT attendance_date, count(*) FROM "tabAttendance"
WHERE docstatus = 1 AND list_contains($statuses, status) GROUP BY attendance_date ORDER BY attendance_date
"""
FAR_AHEAD = f"""
SELECT count(*) OVER (), {ROW}, attendance_date FROM "tabAttendance"
WHERE docstatus = 1 AND list_contains($statuses, status) AND attendance_date > $last ORDER BY {ROW} LIMIT {SHOWN}
"""


def newest_day(connection: duckdb.DuckDBPyConnection) -> date | None:
	"""The newest day on which about as many people attended as usual; None without attendance."""
	rows = connection.execute(COUNTS, {"statuses": [*RECORDED, *AHEAD]}).fetchall()
	return newest_of(dict(rows))


def newest_of(counts: Mapping[date, int]) -> date | None:
	"""The newest day with at least half as many rows as usual, odd rows behind a long break left out."""
	days = sorted(counts)
	for place in range(len(days) - 1, 0, -1):
		gap = days[place] - days[place - 1]
		behind, all_rows = sum(counts[day] for day in days[place:]), sum(counts[day] for day in days)
		if (gap > LONGEST_BREAK and behind * ODD < all_rows) or (
			gap > LONG_AGO and behind * ODD_AFTER_A_YEAR < all_rows
		):
			days = days[:place]
	usual = _usual({day: counts[day] for day in days})
	return max((day for day in days if 2 * counts[day] >= usual), default=None)


def _usual(counts: Mapping[date, int]) -> int:
	"""How many rows a day has of late: the lesser of what the newest rows and what the latest days say."""
	wanted, recent = max(sum(counts.values()) // RECENT, FEW), []
	for day in sorted(counts, reverse=True):
		if wanted <= 0:
			break
		recent.append((counts[day], min(counts[day], wanted)))
		wanted -= counts[day]
	latest = [(counts[day], 1) for day in sorted(counts)[-LATEST:]]
	return min(_middle(recent), _middle(latest))


def _middle(weighted: list[tuple[int, int]]) -> int:
	"""The count in the middle of counts that weigh so much; 0 if there are none."""
	middle = sum(weight for _count, weight in weighted) / 2
	for count, weight in sorted(weighted):
		middle -= weight
		if middle < 0:
			return count
	return 0


def check_ahead(connection: duckdb.DuckDBPyConnection, newest: date, file: str, findings: Findings) -> None:
	"""Attendance that nobody can have had yet: far ahead it is damage, a little ahead it is noted."""
	values = {"statuses": list(RECORDED), "last": newest + LONGEST_BREAK}
	rows = connection.execute(FAR_AHEAD, values).fetchall()
	findings.add(
		(
			Problem("far_ahead", file, row, "attendance_date", f"{day}", f"{newest}")
			for _number, row, day in rows
		),
		rows[0][0] if rows else 0,
	)
	ahead = connection.execute(FAR_AHEAD, values | {"last": newest}).fetchone()
	if ahead and not rows:
		findings.note(
			_(
				"{file}: {count} rows lie after {day}, the newest day on which about as many attended as usual."
			),
			file=file,
			count=ahead[0],
			day=newest,
		)
