"""A file of another system, read as a whole: its profile, its rows without those that stand there twice, and what was rejected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mkd_hrms.exchange import profiles
from mkd_hrms.exchange.guessing import Fit, Unfit, choose, not_read
from mkd_hrms.exchange.layouts import Found, Span, day_columns, named_month, read_rows
from mkd_hrms.exchange.opening import Header, open_parts
from mkd_hrms.exchange.profiles import Profile
from mkd_hrms.exchange.rejections import Rejection, Tally, Wrong
from mkd_hrms.exchange.rows import Row
from mkd_hrms.simulate.output.language import Text, _

# All that stands in a file is compared with all else in it: of each row its line and its hash are kept, in one number.
MOST_ROWS, HASH = 1_000_000, (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Reading:
	"""A file that is open: what it is, its rows with their numbers in it, and the tally that fills while they are read."""

	fit: Fit
	numbered: Iterator[tuple[int, Row]]
	tally: Tally

	@property
	def rows(self) -> Iterator[Row]:
		"""The rows alone."""
		return (row for _number, row in self.numbered)

	@property
	def profile(self) -> Profile:
		return self.fit.profile


@contextmanager
def read_file(
	path: Path,
	among: Iterable[Profile],
	span: Span,
	month: date | None = None,
	rejected: Callable[[Rejection], None] = lambda rejection: None,
	check: Callable[[Row], Wrong | None] = lambda row: None,
) -> Iterator[Reading]:
	"""A file by the one of some profiles that it fits.

	`rejected` is told of each rejection; `check` says what else is wrong with a row, such as whose it is.

	Raises BadFiles, Unfit and OSError, also while the rows are read.
	"""
	tally = Tally()
	with open_parts(path) as parts:
		fit = choose(among, parts)
		header = fit.header
		_note(tally, fit.profile, header, parts)
		month = _month_of(fit.profile, header, month)
		found = read_rows(fit.profile, header, span, month)
		yield Reading(fit, _told_once(found, tally, rejected, check), tally)


def named(name: str | None) -> list[Profile]:
	"""The profiles that a name means: one, those of a system, all, or the one in a YAML file. Raises ProfileError and OSError."""
	if name and name.endswith((".yaml", ".yml")):
		return [profiles.read(Path(name))]
	known = [profiles.load(each) for each in profiles.names()]
	return (
		[each for each in known if each.name == name]
		or [each for each in known if name in (None, each.family)]
		or [profiles.load(name)]
	)


def _note(tally: Tally, profile: Profile, header: Header, parts: list) -> None:
	"""What of the file is not read, and how it was written."""
	if header.part.older:
		tally.notes.append(Text(_("The file is not UTF-8; it was read as Windows-1252.")))
	if unread := not_read(profile, header):
		tally.notes.append(
			Text(_("Columns that are not read: {columns}."), {"columns": ", ".join(unread[:20])[:200]})
		)
	others = [part.title for part in parts if not part.is_text and part.title != header.part.title]
	if others:
		said = {"sheet": header.part.title, "others": ", ".join(others)[:200]}
		tally.notes.append(Text(_("The sheet {sheet} is read, and not {others}."), said))


def _month_of(profile: Profile, header: Header, month: date | None) -> date | None:
	"""The month of a file whose columns are days: it says it itself, or somebody does. Raises Unfit."""
	if profile.layout != "wide month":
		return None
	if all(isinstance(each, date) for each in day_columns(profile, header).values()):
		return None
	said = named_month(header)
	if said and month and said != month:
		values = {"said": f"{said:%Y-%m}", "asked": f"{month:%Y-%m}"}
		raise Unfit(Text(_("The file says that it is of {said}, and --month says {asked}."), values))
	if not said and not month:
		raise Unfit(Text(_("Nothing above the header says of which month the file is. Say it with --month.")))
	return said or month


def _told_once(
	found: Found,
	tally: Tally,
	rejected: Callable[[Rejection], None],
	check: Callable[[Row], Wrong | None],
) -> Iterator[tuple[int, Row]]:
	"""The rows; one that is told again counts once, and one that is told differently is rejected. Raises Unfit."""
	seen: dict[int, int] = {}
	for number, each in enumerate(found, 1):
		if number > MOST_ROWS:
			raise Unfit(Text(_("The file holds more than {count} rows. Divide it."), {"count": MOST_ROWS}))
		told = each if isinstance(each, Rejection) else _compared(*each, seen, tally, check)
		if isinstance(told, Rejection):
			tally.reject(told)
			rejected(told)
		elif told:
			tally.accepted += 1
			yield each[0], told


def _compared(line: int, row: Row, seen: dict[int, int], tally: Tally, check) -> Row | Rejection | None:
	"""A row that nothing before contradicts; None for one that stands there already. Only their hashes are kept."""
	if wrong := check(row):
		return Rejection(line, None, wrong)
	if row.said is None:
		return row
	told, before = hash(row) & HASH, seen.get(hash(row.said))
	if before is None:
		seen[hash(row.said)] = line << 64 | told
		return row
	if before & HASH != told:
		return Rejection(line, None, Wrong("told_differently", row.who, f"{before >> 64}"))
	tally.repeated += 1
	return None
