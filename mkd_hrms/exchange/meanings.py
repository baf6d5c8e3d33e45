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
	rows.HALF_UNEXCUSED: ("Half Day", 0, 0),
}
HALF_DAY, ABSENT = "Half Day", "Absent"
# The other way round, where a status says it all; late and early are told of presence alone.
_PRESENCE = {
	(late, early): status
	for status, (said, late, early) in ATTENDANCE.items()
	if said == "Present" and status != rows.DUTY
}
_OTHERS = {
	"Work From Home": rows.HOME,
	"On Leave": rows.LEAVE,
	"Absent": rows.UNEXCUSED,
}


def said_of(status: str, other_half: str | None, late: int, early: int) -> str:
	"""What a day is called of which attendance says this. Half a day away with permission is no absence."""
	if status == HALF_DAY:
		return rows.HALF_UNEXCUSED if other_half == ABSENT else rows.PERMITTED
	return _OTHERS.get(status) or _PRESENCE[int(bool(late)), int(bool(early))]


def is_told_whole(status: str, late: int, early: int) -> bool:
	"""Whether a file has a word for all that attendance says of a day: none is both at home and late."""
	return status == "Present" or not (late or early)


def status_of(row: rows.Presence) -> str | None:
	"""How a day was spent; who has a time and no status was there, and without either nothing is known."""
	return row.status or (rows.PRESENT if row.time_in or row.time_out else None)


def approved_minutes(row: rows.Activity) -> int | None:
	"""The minutes of a piece of work that count; None where nobody has looked at it."""
	if row.minutes_approved is not None or not row.state:
		return row.minutes_approved
	return (row.minutes or 0) if row.state == rows.APPROVED else 0
