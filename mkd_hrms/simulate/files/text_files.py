"""Text files as programs write them: how they are encoded, what parts their fields, and where their rows begin."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from mkd_hrms.simulate.files.problems import Findings, Problem
from mkd_hrms.simulate.output.language import _

CHUNK = 1 << 20
DELIMITERS = (",", ";", "\t")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Where one line ends behind another one, nothing stands between.
EMPTY_LINES = (b"\n\n", b"\n\r", b"\r\r")
# Some spreadsheets begin a file with a line that names the delimiter.
NAMED_DELIMITER = re.compile(r"sep=([^\s\"]|\t)\s*")
QUOTED = re.compile(r'"(?:[^"]|"")*"')
# Headings are short; a quote or a line that never ends must not make the whole file one of them.
LONGEST_HEADER, LONGEST_LINE = 1 << 16, 10_000_000


class BrokenRow(Exception):
	"""A record that cannot be read: its row, and why."""

	def __init__(self, row: int, reason: str) -> None:
		super().__init__(f"{row}: {reason}")
		self.row, self.reason = row, reason


@dataclass(frozen=True, slots=True)
class TextFile:
	"""A file in UTF-8; `plain`: one line is one header, and no line below is empty. `older`: it was written in another way."""

	path: Path
	delimiter: str
	headings: tuple[str, ...]
	plain: bool
	before: int = 0
	older: bool = False

	def records(self) -> Iterator[tuple[int, list[str]]]:
		"""Each record with its row, the header being row 1. Raises BrokenRow."""
		row = 0
		with self.path.open(encoding="utf-8-sig", newline="") as file:
			for _line in range(self.before):
				file.readline(LONGEST_LINE)
			# A line without an end is no line; its parts have too many fields, or one that is too long.
			lines = iter(partial(file.readline, LONGEST_LINE), "")
			reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
			while True:
				row += 1
				try:
					yield row, next(reader)
				except StopIteration:
					return
				except csv.Error as wrong:
					too_long = "limit" in str(wrong)
					reason = _("it is too long") if too_long else _("a quote stands alone")
					raise BrokenRow(row, reason) from wrong


def read_text(path: Path, scratch: Path, findings: Findings, older: str | None = None) -> TextFile | None:
	"""A text file in UTF-8, or in UTF-16 that says so; None when it is no text, which is then among the findings.

	`older`: how a file that is neither was written by an older program; without it, such a file is refused.
	"""
	with path.open("rb") as file:
		start = file.read(2)
	text = path
	if start in UTF_16:
		text = scratch / f"{path.stem}.utf-8"
		if not _is_rewritten(path, text, findings):
			return None
	found = Findings()
	empty_lines = _has_empty_lines(text, path.name, found)
	if empty_lines is None and older and text == path and ("encoding", path.name, None) in found.counts:
		text = scratch / f"{path.stem}.utf-8"
		if not _is_rewritten(path, text, findings, older):
			return None
		return replace(_with_header(text, True), older=True)
	findings.add(problem for kept in found.problems.values() for problem in kept)
	return None if empty_lines is None else _with_header(text, empty_lines)


def _is_rewritten(path: Path, target: Path, findings: Findings, encoding: str = "utf-16") -> bool:
	"""Whether a file in another encoding could be written anew in UTF-8."""
	try:
		with (
			path.open(encoding=encoding, newline="") as file,
			target.open("w", encoding="utf-8", newline="") as plain,
		):
			while chunk := file.read(CHUNK):
				plain.write(chunk)
	except UnicodeError:
		findings.add([Problem("encoding", path.name)])
		return False
	return True


def _has_empty_lines(path: Path, name: str, findings: Findings) -> bool | None:
	"""Whether a line is empty in a file that is UTF-8 throughout; the finding names the line where it is not."""
	decoder, line, found, end = codecs.getincrementaldecoder("utf-8-sig")(), 1, False, b""
	with path.open("rb") as file:
		while chunk := file.read(CHUNK):
			if b"\0" in chunk:
				findings.add([Problem("not_text", name)])
				return None
			try:
				decoder.decode(chunk)
			except UnicodeDecodeError as wrong:
				row = line + chunk[: max(0, wrong.start)].count(b"\n")
				findings.add([Problem("encoding", name, row)])
				return None
			line += chunk.count(b"\n")
			found = found or any(ends in end + chunk for ends in EMPTY_LINES)
			end = chunk[-2:]
	if decoder.getstate()[0]:
		# Cut off within a sign.
		findings.add([Problem("encoding", name, line)])
		return None
	return found


def _with_header(path: Path, empty_lines: bool) -> TextFile:
	"""The names in the first record, and the sign that parts them: the one that is named, or the most frequent."""
	with path.open(encoding="utf-8-sig", newline="") as file:
		first = file.readline(LONGEST_LINE)
		named = NAMED_DELIMITER.fullmatch(first)
		header = file.readline(LONGEST_LINE) if named else first
		lines = 1
		while (
			header.count('"') % 2 and len(header) < LONGEST_HEADER and (line := file.readline(LONGEST_LINE))
		):
			header, lines = header + line, lines + 1
	delimiter = named[1] if named else max(DELIMITERS, key=QUOTED.sub("", header).count)
	try:
		headings = next(csv.reader(header.splitlines(keepends=True), delimiter=delimiter), [])
	except csv.Error:
		# Too long for a field; whoever reads the records says where.
		headings = []
	plain = not named and lines == 1 and bool(headings) and all(map(str.strip, headings)) and not empty_lines
	return TextFile(path, delimiter, tuple(headings), plain, before=1 if named else 0)
