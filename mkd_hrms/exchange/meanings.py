"""What neutral rows mean to the records of the platform, whoever keeps these: a site, or tables in a folder."""

from __future__ import annotations

from mkd_hrms.exchange import rows

# What attendance says of a day, and whether somebody was late or left early. Away with permission is no absence.
ATTENDANCE = {
	rows.PRESENT: ("Present", 0, 0),
	rows.LATE: ("Present", 1, 0),
	rows.LEFT_EARLY: ("Present", 0, 1),
	rows.LATE_AND_EARLY: ("Present", 1, 1),
	rows.DUTY: ("Present", 0, 0),
	rows.HOME: ("Work From Home", 0, 0),
	rows.ANYWHERE: ("Work From Home", 0, 0),
	**dict.fromkeys((rows.LEAVE, rows.SICK, rows.PERMITTED, rows.STUDY), ("On Leave", 0, 0)),
	rows.UNEXCUSED: ("Absent", 0, 0),
}


def status_of(row: rows.Presence) -> str | None:
	"""How a day was spent; who has a time and no status was there, and without either nothing is known."""
	return row.status or (rows.PRESENT if row.time_in or row.time_out else None)


def approved_minutes(row: rows.Activity) -> int | None:
	"""The minutes of a piece of work that count; None where nobody has looked at it."""
	if row.minutes_approved is not None or not row.state:
		return row.minutes_approved
	return (row.minutes or 0) if row.state == rows.APPROVED else 0
