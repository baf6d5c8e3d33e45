"""What would become of a file: counted, shown with its first rows, and told with what is not taken. No record is written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import frappe
from frappe.model.document import Document

from mkd_hrms.constants import CHECKED, DRAFT
from mkd_hrms.exchange.rejections import Rejection, Tally
from mkd_hrms.services.imports import opened as files
from mkd_hrms.services.imports.opened import FileNotUsable, Opened
from mkd_hrms.services.imports.planning import plan
from mkd_hrms.services.imports.rejected_rows import RejectedRows
from mkd_hrms.services.imports.steps import CORRECTION, CREATED, UNCHANGED, UPDATED, Step
from mkd_hrms.services.imports.wanted import Wanted
from mkd_hrms.simulate.output.language import Language

# So many records are looked at together, and so many are shown.
AT_ONCE, SHOWN = 200, 20
# A file of so many bytes is looked at while somebody waits.
INLINE = 1 << 20
COUNTS = {CREATED: "created_count", UPDATED: "updated_count", UNCHANGED: "unchanged_count"}
COUNTS |= {CORRECTION: "correction_count"}
NOTHING = {**dict.fromkeys(COUNTS.values(), 0), "rejected_count": 0, "preview": None, "problems": None}


@dataclass(slots=True)
class Found:
	"""What came of the rows: how many of which action, the first of them, and what is not taken."""

	rejected: RejectedRows
	counts: Counter = field(default_factory=Counter)
	shown: list[dict[str, Any]] = field(default_factory=list)
	refused: list[Rejection] = field(default_factory=list)

	def add(self, step: Step, called: str) -> None:
		"""One step, done or looked at."""
		if step.wrong:
			self.refused += step.rejections
			for each in step.rejections:
				self.rejected.add(each)
		else:
			self.counts[step.action] += 1
		if len(self.shown) < SHOWN:
			self.shown.append(_row(step, called))

	def values(self, tally: Tally, reader: Language) -> dict[str, Any]:
		"""The same as fields of the import."""
		for each in self.refused:
			tally.reject(each)
		tally.accepted -= len(self.refused)
		counts = {name: self.counts[action] for action, name in COUNTS.items()}
		preview = json.dumps(self.shown, default=str)
		problems = files.in_words_of_the_form("\n".join(tally.lines(reader)))
		return {**counts, "rejected_count": tally.rejected, "preview": preview, "problems": problems}


def check(doc: Document) -> None:
	"""Look at a file, and note on the import what would become of it; a file that cannot be read is told instead."""
	reader = files.reader_of(frappe.session.user)
	found = Found(RejectedRows(reader))
	try:
		with files.opened(doc, frappe.session.user, found.rejected.add) as opened:
			for wanted in sets(opened):
				for step in plan(wanted):
					found.add(step, opened.whose.names[step.wanted.employee])
			values = found.values(opened.reading.tally, reader)
	except FileNotUsable as wrong:
		note_unusable(doc, str(wrong))
		return
	fit = opened.reading.fit
	values |= {"status": CHECKED, "read_as": fit.profile.name, "fit": fit.told(reader), "progress": 0}
	doc.db_set({**values, "rejected_rows": found.rejected.attach(doc)}, notify=True)


def note_unusable(doc: Document, why: str) -> None:
	"""Nothing of the file can be used: the import says why, and remains a draft."""
	values = {**NOTHING, "status": DRAFT, "problems": why}
	doc.db_set(
		{**values, "rejected_rows": RejectedRows(files.reader_of(frappe.session.user)).attach(doc)},
		notify=True,
	)


def sets(opened: Opened) -> Iterator[Sequence[Wanted]]:
	"""The wanted records, so many at a time."""
	while some := list(islice(opened.wanted, AT_ONCE)):
		yield some


def _row(step: Step, called: str) -> dict[str, Any]:
	"""A row of the preview: the number in the file, who, which record, and what it will say."""
	wanted = step.wanted
	says = {**wanted.fixed, **wanted.values}
	if "activities" in says:
		says["activities"] = "; ".join(each["activity"] for each in says["activities"])
	return {
		"row": wanted.row,
		"who": called,
		"number": wanted.who,
		"doctype": wanted.doctype,
		"says": {name: value for name, value in says.items() if value not in (None, "", 0)},
		"action": step.action,
		"why": step.wrong.kind if step.wrong else None,
	}
