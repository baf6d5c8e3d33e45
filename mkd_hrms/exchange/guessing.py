"""Which profile a file fits, by its headings alone: with a score, and the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mkd_hrms.exchange.layouts import day_columns
from mkd_hrms.exchange.opening import MACHINE_LINE, Header, Part, find_header, joined
from mkd_hrms.exchange.profiles import Profile
from mkd_hrms.exchange.rejections import shorten
from mkd_hrms.simulate.output.language import Language, Text, _

# How much better a profile must fit than the next one, and how well at least.
CLEARLY, LEAST = 5, 30
# Whose days stand in the header.
OF_DAYS = ("wide month", "punch pairs")


class Unfit(Exception):
	"""A file that no profile, several profiles, or not the named one fits; or one that lacks what a profile needs of it."""

	def __init__(self, said: Text) -> None:
		super().__init__(str(said))
		self.said = said

	def told(self, reader: Language) -> str:
		"""The sentence in the reader's language."""
		return reader.tell(self.said)


@dataclass(frozen=True, slots=True)
class Fit:
	"""How well a profile fits: 0 to 100, why, and where its header stands."""

	profile: Profile
	score: int
	reason: Text
	header: Header | None = None

	def told(self, reader: Language) -> str:
		"""One line: profile, score, reason."""
		return f"{self.profile.name} {self.score} %: {reader.tell(self.reason)}"


def fits(profiles: Iterable[Profile], parts: list[Part]) -> list[Fit]:
	"""How well each profile fits the parts of a file, the best first. Raises BrokenRow, TooLarge and Unreadable."""
	return sorted(
		(_fit(profile, parts) for profile in profiles), key=lambda fit: (-fit.score, fit.profile.name)
	)


def choose(profiles: Iterable[Profile], parts: list[Part]) -> Fit:
	"""The one profile that fits a file. Raises Unfit, where none does or two do alike; a profile that was named needs its columns alone."""
	found = fits(profiles, parts)
	fit, others = found[0], found[1:]
	if not fit.score or (others and fit.score < LEAST):
		raise Unfit(_nearest(found))
	if others and fit.score - others[0].score < CLEARLY:
		names = {"first": fit.profile.name, "second": others[0].profile.name}
		raise Unfit(
			Text(_("The file fits two profiles, {first} and {second}. Name one with --profile."), names)
		)
	return fit


def _nearest(found: list[Fit]) -> Text:
	"""Of the profiles that a file does not fit, the one most of whose columns it has."""
	fit = max(found, key=lambda fit: len(fit.header.places) if fit.header else -1)
	if not fit.header:
		return Text(_("The file fits no profile: no row names columns that one of them knows."))
	said = {"name": fit.profile.name, "reason": fit.reason}
	return Text(_("The file fits no profile; the nearest is {name}. {reason}"), said)


def _fit(profile: Profile, parts: list[Part]) -> Fit:
	if profile.layout == "machine log":
		return _fit_of_lines(profile, parts)
	headers = [header for part in parts if (header := find_header(profile, part))]
	if not headers:
		if parts and all(part.broken for part in parts):
			raise parts[0].broken
		return Fit(profile, 0, Text(_("No row names one of its columns.")))
	header = max(
		headers, key=lambda each: (not each.lacking, _is_meant(profile, each), _share(profile, each))
	)
	if header.lacking:
		lacking = ", ".join(profile.columns[name][0] for name in header.lacking)
		return Fit(profile, 0, Text(_("Columns are missing: {columns}."), {"columns": lacking}), header)
	if profile.layout in OF_DAYS and not day_columns(profile, header):
		return Fit(profile, 0, Text(_("No column is that of a day.")), header)
	said = ", ".join(shorten(header.cells[place]) for place in header.places.values())
	reason = Text(_("Row {row} names its columns {columns}."), {"row": f"{header.row}", "columns": said})
	return Fit(profile, round(100 * _share(profile, header)), reason, header)


def _is_meant(profile: Profile, header: Header) -> bool:
	"""Whether a sheet has a name that the profile knows."""
	return header.part.title.casefold() in {title.casefold() for title in profile.sheets}


def _share(profile: Profile, header: Header) -> float:
	"""How much of the profile and of the header is the other's: two thirds of a half each are two thirds."""
	both = len(header.places)
	return 2 * both / (len(profile.columns) + both + len(not_read(profile, header)))


def not_read(profile: Profile, header: Header) -> list[str]:
	"""The headings of a file of which a profile makes nothing."""
	days = day_columns(profile, header) if profile.layout in OF_DAYS else ()
	return [shorten(header.cells[place]) for place in header.unread if place not in days]


def _fit_of_lines(profile: Profile, parts: list[Part]) -> Fit:
	"""A machine writes no header: its lines begin with a number and a time."""
	lines = next((part for part in parts if part.delimiter == "\t"), None)
	first = [joined(start.cells) for start in lines.first()] if lines else []
	fitting = sum(bool(MACHINE_LINE.fullmatch(line)) for line in first)
	score = round(100 * fitting / len(first)) if first else 0
	if not fitting:
		return Fit(profile, 0, Text(_("No line begins with a number and a time.")))
	counts = {"fitting": fitting, "count": len(first)}
	reason = Text(_("{fitting} of the first {count} lines begin with a number and a time."), counts)
	return Fit(profile, score, reason, Header(lines, 0, (), (), {}, (), ()))
