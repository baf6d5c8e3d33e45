"""A year of attendance for everybody: plain presence by SQL, and every entry that differs from it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import duckdb

from mkd_hrms.simulate.files.columns import CHECK, DATE, TEXT, WHOLE, Column
from mkd_hrms.simulate.files.filling import fill
from mkd_hrms.simulate.sample.drafts import Book, Draft

STAFF = (
	Column("number", WHOLE),
	Column("employee"),
	Column("rule"),
	Column("first", DATE),
	Column("last", DATE),
)
DAYS = (Column("rule"), Column("day", DATE))
ENTRIES = (
	*(Column("number", WHOLE), Column("employee"), Column("day", DATE), Column("status", TEXT)),
	*(Column("half_day_status"), Column("late_entry", CHECK), Column("early_exit", CHECK)),
)

# Sorted while the rows are narrow; a view, so that the rows are made when a file is written and never all kept.
ATTENDANCE = """
CREATE VIEW "tabAttendance" AS
SELECT printf('HR-ATT-%06d-', number) || strftime(day, '%Y%m%d') AS name, employee, day AS attendance_date, status,
	half_day_status, late_entry, early_exit, CAST(1 AS BIGINT) AS docstatus
FROM (
	SELECT number, employee, day, 'Present' AS status, NULL AS half_day_status, 0 AS late_entry, 0 AS early_exit
	FROM staff JOIN days USING (rule)
	WHERE day BETWEEN first AND last
		AND NOT EXISTS (SELECT 1 FROM entries WHERE entries.number = staff.number AND entries.day = days.day)
	UNION ALL
	SELECT number, employee, day, status, half_day_status, late_entry, early_exit
	FROM entries WHERE status IS NOT NULL
	ORDER BY number, day
)
"""


def fill_attendance(connection: duckdb.DuckDBPyConnection, book: Book, people: Iterable[Draft]) -> None:
	"""Who attends (`staff`), the working days (`days`) and what differs (`entries`); Attendance is a view on them.

	Who left has rows until he left.
	"""
	attending = [draft for draft in people if draft.attends]
	fill(connection, "staff", STAFF, (_span(book, draft) for draft in attending))
	fill(connection, "days", DAYS, ((rule, day) for rule, days in book.days.items() for day in days))
	fill(connection, "entries", ENTRIES, (row for draft in attending for row in _entries(book, draft)))
	connection.execute(ATTENDANCE)


def _span(book: Book, draft: Draft) -> tuple[int, str, str, date, date]:
	joined, left = draft.values["date_of_joining"], draft.values["relieving_date"]
	return draft.number, draft.employee, draft.rule, max(joined or book.since, book.since), left or book.until


def _entries(book: Book, draft: Draft):
	*_, first, last = _span(book, draft)
	for day, entry in sorted(draft.attendance.items()):
		if first <= day <= last:
			yield draft.number, draft.employee, day, *(entry or (None, None, 0, 0))
