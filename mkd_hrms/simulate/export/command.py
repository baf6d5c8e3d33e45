"""What `mkd export` does, without the command line: a file, whole, or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mkd_hrms.exchange.files import named
from mkd_hrms.exchange.profiles import Profile
from mkd_hrms.exchange.stored import Told
from mkd_hrms.exchange.writing import CannotWrite, write_file
from mkd_hrms.simulate.export.records import profile_rows, reader_of
from mkd_hrms.simulate.files.duck_database import DuckDatabase
from mkd_hrms.simulate.files.loader import load
from mkd_hrms.simulate.output.language import Language, Text, _


@dataclass(frozen=True, slots=True)
class Asked:
	"""What to export: of which folder, by which profile, from when to when, as known on which day."""

	folder: Path
	profile: str
	since: date
	until: date
	today: date
	out: Path
	without: tuple[str, ...]
	reader: Language


def export(asked: Asked) -> list[str]:
	"""Write the file. Returns what is to be told of it, in the reader's language.

	Raises BadFiles, CannotWrite, ProfileError and OSError.
	"""
	profile = _profile(asked.profile)
	database = DuckDatabase(load(asked.folder, today=asked.today, without=asked.without).connection)
	told = Told()
	found = profile_rows(database, profile, asked.since, asked.until, asked.today, told)
	write_file(profile, found, asked.out)
	lines = [asked.reader.tell(Text(_("{count} rows written."), {"count": told.rows}))]
	return [*lines, *(f"  {line}" for line in told.lines(asked.reader))]


def _profile(name: str) -> Profile:
	"""One whose records stand in the files of an agency. Raises CannotWrite and ProfileError."""
	found = named(name)
	if len(found) > 1:
		names = ", ".join(profile.name for profile in found)
		raise CannotWrite(
			Text(_("{name} means several profiles: {names}. Name one."), {"name": name, "names": names})
		)
	if not reader_of(found[0]):
		said = Text(
			_("The tables of an agency hold nothing of what a file of {name} says."), {"name": found[0].name}
		)
		raise CannotWrite(said)
	return found[0]
