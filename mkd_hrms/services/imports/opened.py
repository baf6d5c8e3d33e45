"""The file of an import while it is read: which profile it fits, whose its rows are, and what it wants to be recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.translate import get_user_lang
from frappe.utils import getdate

from mkd_hrms.exchange.files import Reading, read_file
from mkd_hrms.exchange.guessing import Fit, Unfit, choose
from mkd_hrms.exchange.layouts import Span
from mkd_hrms.exchange.opening import open_parts
from mkd_hrms.exchange.profiles import Profile
from mkd_hrms.exchange.rejections import Rejection
from mkd_hrms.policy.dates import add_months
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.imports import profiles
from mkd_hrms.services.imports.wanted import Wanted, wanted_of
from mkd_hrms.services.imports.whose import Whose
from mkd_hrms.services.platform import attached_files
from mkd_hrms.simulate.files.problems import BadFiles
from mkd_hrms.simulate.output.language import LANGUAGES, Language, language

# So many years back a file may speak.
YEARS = 10


class FileNotUsable(frappe.ValidationError):
	"""A file of which nothing can be read; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Opened:
	"""A file that is open, with whoever it speaks of, and the records that it wants."""

	reading: Reading
	whose: Whose
	wanted: Iterator[Wanted]


def reader_of(user: str) -> Language:
	"""The language in which a user is told what stands in a file."""
	code = (get_user_lang(user) or "").partition("-")[0]
	return language(code if code in LANGUAGES else LANGUAGES[0])


def guess(doc: Document) -> Fit:
	"""Which profile the file fits, by its headings alone. Raises FileNotUsable."""
	with _told(doc), open_parts(_path(doc)) as parts:
		return choose(_among(doc), parts)


@contextmanager
def opened(doc: Document, user: str, rejected: Callable[[Rejection], None]) -> Iterator[Opened]:
	"""The file of an import, for whom it is imported. `rejected` is told of each value that cannot be read.

	Raises FileNotUsable, also while the rows are read.
	"""
	today = clock.today()
	span = Span(add_months(today, -12 * YEARS), today)
	month = getdate(doc.month).replace(day=1) if doc.month else None
	whose = Whose(doc.company, user)
	with (
		_told(doc),
		read_file(_path(doc), _among(doc), span, month, rejected, whose.check) as reading,
	):
		whose.begin(reading.profile.key)
		wanted = wanted_of(reading.profile, reading.numbered, whose.found, today, reading.tally)
		yield Opened(reading, whose, wanted)


def _among(doc: Document) -> list[Profile]:
	"""Raises FileNotUsable."""
	if not doc.profile:
		return profiles.enabled()
	profile = profiles.named(doc.profile)
	if profile.row in profiles.NOT_TAKEN:
		raise FileNotUsable(_("Files of {0} are not stored on a site.").format(profile.name))
	return [profile]


def size_of(doc: Document) -> int:
	"""How many bytes the file has; none where it is gone."""
	path = attached_files.path_of(doc.file or "")
	return path.stat().st_size if path else 0


def _path(doc: Document) -> Path:
	"""Where the file lies, which is the one that was attached. Raises FileNotUsable."""
	path = attached_files.path_of(doc.file or "")
	if path is None or attached_files.is_changed(doc.file, doc.file_hash):
		raise FileNotUsable(_("The file was changed or removed after it was attached. Attach it again."))
	return path


@contextmanager
def _told(doc: Document) -> Iterator[None]:
	"""What the readers of files say, told in the user's language, of fields of the form instead of options of a command."""
	reader = reader_of(frappe.session.user)
	try:
		yield
	except BadFiles as wrong:
		raise FileNotUsable("\n".join(wrong.findings.lines(reader))) from wrong
	except Unfit as wrong:
		raise FileNotUsable(in_words_of_the_form(wrong.told(reader))) from wrong


def in_words_of_the_form(said: str) -> str:
	"""A sentence of the command, with the fields of the form in the place of its options."""
	for option, label in (
		("--profile", _("Profile", context="MKD Import")),
		("--month", _("Month", context="MKD Import")),
	):
		said = said.replace(option, f"“{label}”")
	return said
