"""The last month of an invented agency as other systems write it: TRK, K-Mob, a machine, recaps, e-Kinerja, SIASN."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import duckdb

from mkd_hrms.exchange import profiles, rows
from mkd_hrms.exchange.layouts import end_of_month
from mkd_hrms.exchange.meanings import said_of
from mkd_hrms.exchange.stored import Told
from mkd_hrms.exchange.writing import write_file
from mkd_hrms.policy.dates import add_months
from mkd_hrms.simulate.export.records import profile_rows
from mkd_hrms.simulate.files.duck_database import DuckDatabase

LAYOUTS = {
	**{"trk": "trk-month", "kmob": "kmob", "attlog": "zkteco", "wide": "recap-wide", "long": "recap-long"},
	**{"ekinerja": "ekinerja", "hukdis": "siasn-discipline", "talent": "siasn-talent"},
	"schedule": "kmob-schedule",
}
FILES = {"attlog": "attlog.dat"}
# A file with a column a day is held in memory.
MOST_EMPLOYEES = 20_000
# Written as `mkd export` does. Results of years that are over, and days to come, are of other periods than the month.
AS_RECORDED = ("long", "ekinerja", "hukdis", "talent", "schedule")
OF_YEARS = ("ekinerja", "talent")
YEARS, AHEAD = 5, timedelta(days=60)
COMES, LATE_BY, GOES = timedelta(hours=7, minutes=5), timedelta(hours=1), timedelta(hours=16, minutes=5)
ATTENDANCE = """
SELECT employee.mkd_nip, employee.attendance_device_id, employee.employee_name, department.department_name,
	attendance_date, attendance.status, half_day_status, late_entry, early_exit
FROM "tabAttendance" AS attendance
JOIN "tabEmployee" AS employee ON employee.name = attendance.employee
LEFT JOIN "tabDepartment" AS department ON department.name = employee.department
WHERE attendance_date BETWEEN $first AND $last AND employee.mkd_nip IS NOT NULL AND employee.status = 'Active'
ORDER BY employee.name, attendance_date
"""
RESULTS = """
SELECT employee.mkd_nip, employee.employee_name, period_start, period_end, score, productive_minutes
FROM "tabMKD Performance Record" AS record
JOIN "tabEmployee" AS employee ON employee.name = record.employee
WHERE source = 'TRK' AND period_end = $last AND last_day(period_start) = period_end AND employee.mkd_nip IS NOT NULL
	AND employee.status = 'Active'
ORDER BY employee.name
"""


def file_name(layout: str) -> str:
	"""What the file of a layout is called."""
	return FILES.get(layout, f"{layout}.{profiles.load(LAYOUTS[layout]).writes}")


def write_month(connection: duckdb.DuckDBPyConnection, layout: str, until: date, path: Path) -> None:
	"""A file of the month in which the agency ends; TRK of the month before, which is whole."""
	first = until.replace(day=1)
	if layout == "trk":
		last = end_of_month(add_months(first, -1))
		found = connection.execute(RESULTS, {"last": last}).fetchall()
		there = (
			rows.Result(nip, start, end, score=score, minutes=minutes, name=name)
			for nip, name, start, end, score, minutes in found
		)
	elif layout in AS_RECORDED:
		since = add_months(first, -12 * YEARS) if layout in OF_YEARS else first
		last = until + AHEAD if layout == "schedule" else until
		profile, database = profiles.load(LAYOUTS[layout]), DuckDatabase(connection)
		there = profile_rows(database, profile, since, last, until, Told())
	else:
		found = connection.execute(ATTENDANCE, {"first": first, "last": until}).fetchall()
		there = {"kmob": _presences, "wide": _days, "attlog": _punches}[layout](found)
	write_file(profiles.load(LAYOUTS[layout]), there, path)


def _days(found: list[tuple]) -> Iterator[rows.Presence]:
	for nip, _pin, name, unit, day, status, half, late, early in found:
		yield rows.Presence(nip, day, said_of(status, half, late, early), name=name, unit=unit)


def _presences(found: list[tuple]) -> Iterator[rows.Presence]:
	"""With the times of whoever was there; K-Mob has no word for lateness but the time."""
	for nip, pin, name, unit, day, status, half, late, early in found:
		word = said_of(status, half, late, early)
		there = status in ("Present", "Work From Home")
		comes, goes = _times(pin, day, late, early) if there else (None, None)
		word = rows.PRESENT if status == "Present" else word
		yield rows.Presence(nip, day, word, comes, goes, name=name, unit=unit)


def _punches(found: list[tuple]) -> Iterator[rows.Punch]:
	for _nip, pin, _name, _unit, day, status, _half, late, early in found:
		if status == "Present":
			for at in _times(pin, day, late, early):
				yield rows.Punch(pin, datetime.combine(day, at))


def _times(pin: str, day: date, late: int, early: int) -> tuple[time, time]:
	"""The same for the same day of the same person, and not the same for all."""
	minutes = timedelta(minutes=(int(pin) * 7 + day.day * 3) % 20)
	start = datetime.combine(day, time())
	return (start + COMES + late * LATE_BY + minutes).time(), (
		start + GOES - early * LATE_BY + minutes
	).time()
