"""A file of a profile: records of some people at a time become its rows, and no more of them are held."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from frappe import _

from mkd_hrms.exchange import rows
from mkd_hrms.exchange.profiles import Profile
from mkd_hrms.exchange.stored import Told, Whose, in_parts, rows_of
from mkd_hrms.exchange.writing import CannotWrite, write_file
from mkd_hrms.facts import exported as facts
from mkd_hrms.facts.database.queries import Database
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.exported import Member
from mkd_hrms.policy.dates import days_between
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.exports.asked import Asked
from mkd_hrms.services.imports.whose import COLUMN_OF

# Of so many people the records are read together.
AT_ONCE = 500
READ = {
	rows.Presence: facts.read_attendance,
	rows.Punch: facts.read_punches,
	rows.Activity: facts.read_work,
	rows.Discipline: facts.read_sanctions,
	rows.TalentBox: facts.read_boxes,
	rows.Planned: facts.read_planned,
}


def write(asked: Asked, path: Path, told: Told) -> list[str]:
	"""Write the file. Returns what else is to be told. Raises CannotWrite and OSError."""
	database, profile = SiteDatabase(), asked.profile
	members, unnumbered = _members(database, asked)
	whose = {member.employee: Whose(member.number, member.name, member.unit) for member in members}
	parts = (_records(database, asked, some) for some in in_parts(whose, AT_ONCE))
	days = days_between(*asked.period) if profile.layout == "punch pairs" else None
	try:
		write_file(profile, rows_of(profile, parts, whose, told, clock.today()), path, days)
	except CannotWrite:
		if told.rows:
			raise
	if not told.rows:
		path.unlink(missing_ok=True)
	sentence = _("{0} people have no number by which the file could name them, and are left out.")
	return [sentence.format(unnumbered)] if unnumbered else []


def _members(database: Database, asked: Asked) -> tuple[list[Member], int]:
	"""Who can be named in the file, and how many active people cannot."""
	column = COLUMN_OF[asked.profile.key]
	found = facts.read_members(database, asked.company, column, asked.units)
	left = [
		member
		for member in found
		if asked.narrowed.shows(member.employee) and _is_number(asked.profile, member)
	]
	named = {member.employee for member in left}
	active = facts.read_active(database, asked.company, asked.units)
	return left, sum(asked.narrowed.shows(employee) and employee not in named for employee in active)


def _is_number(profile: Profile, member: Member) -> bool:
	"""A machine knows people by digits."""
	return profile.key != "pin" or (member.number.isascii() and member.number.isdigit())


def _records(database: Database, asked: Asked, employees: list[str]) -> Sequence[Any]:
	if asked.profile.row is rows.Result:
		return facts.read_results(database, employees, asked.profile.source, *asked.period)
	return READ[asked.profile.row](database, employees, *asked.period)
