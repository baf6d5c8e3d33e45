"""Records of a folder as the rows of a profile: by the queries that a site asks, of everybody whom the files give a NIP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from mkd_hrms.exchange import rows
from mkd_hrms.exchange.profiles import Profile
from mkd_hrms.exchange.stored import Told, Whose, in_parts, rows_of
from mkd_hrms.facts import exported
from mkd_hrms.facts.agency import read_companies
from mkd_hrms.facts.database.queries import Database

# Of so many people the records are read together.
AT_ONCE = 5000
# Which column of the Employee record a profile goes by.
COLUMN_OF = {"nip": "mkd_nip", "pin": "attendance_device_id", "employee": "name"}


def reader_of(profile: Profile) -> Callable[..., Any] | None:
	"""What reads the records of a profile from the tables of a folder; None where these hold none: check-ins, work."""
	return {
		rows.Presence: partial(exported.read_attendance, times=False),
		rows.Result: partial(_results, profile.source),
		rows.Discipline: partial(exported.read_sanctions, letters=False),
		rows.TalentBox: exported.read_boxes,
		rows.Planned: exported.read_planned,
	}.get(profile.row)


def _results(source: str, database: Database, employees: list[str], since: date, until: date):
	return exported.read_results(database, employees, source, since, until)


def profile_rows(
	database: Database, profile: Profile, since: date, until: date, today: date, told: Told
) -> Iterator[rows.Row]:
	"""The rows of a profile, those of one person together."""
	read = reader_of(profile)
	whose = {
		member.employee: Whose(member.number, member.name, member.unit)
		for company in read_companies(database)
		for member in exported.read_members(database, company, COLUMN_OF[profile.key])
	}
	parts = (read(database, some, since, until) for some in in_parts(whose, AT_ONCE))
	return rows_of(profile, parts, whose, told, today)
