"""Activities of another system in daily reports: one that is not handed in yet is completed, every other one stays.

Only for days of MKD. A report stays a draft, or missing, for people to hand in and to verify. What its author wrote stays; of
what an import wrote, the next file of the day takes the place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from datetime import date, time, timedelta
from typing import Any, NamedTuple

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt, get_time

from mkd_hrms.constants import DAILY_REPORT, DRAFT, MISSING
from mkd_hrms.exchange.rejections import Wrong
from mkd_hrms.facts import imports as facts
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.policy.model import folded
from mkd_hrms.services.imports.steps import CREATED, UNCHANGED, UPDATED, Record, Step
from mkd_hrms.services.imports.wanted import Wanted

OPEN = (DRAFT, MISSING)
# What a file may add to a row that the author has written already.
ADDED = ("volume", "volume_unit", "from_time", "to_time")


class _There(NamedTuple):
	"""The MKD days of some people, their reports, and what imports wrote into them."""

	days: Mapping[tuple[str, date], str]
	reports: Mapping[str, Record]
	written: Mapping[tuple[str, str], facts.Line]


def plan(wanted: Sequence[Wanted]) -> list[Step]:
	"""A step for each day of MKD; of other days the activities count in their month alone."""
	database, employees = SiteDatabase(), sorted({each.employee for each in wanted})
	since, until = min(each.day for each in wanted), max(each.day for each in wanted)
	days = facts.read_report_days(database, employees, since, until)
	wanted = [each for each in wanted if each.key in days]
	details = sorted({each.detail for each in wanted})
	reports = facts.read_reports(database, "mkd_day", [days[each.key] for each in wanted])
	written = facts.read_lines_of(database, DAILY_REPORT, employees, details)
	there = _There(days, reports, written)
	return [_look(each, there) for each in wanted]


def _look(wanted: Wanted, there: _There) -> Step:
	report = there.reports.get(there.days[wanted.key])
	if not report:
		return Step(wanted, CREATED)
	have, said = report["activities"], wanted.values["activities"]
	before = there.written.get((wanted.employee, wanted.detail))
	earlier = json.loads(before.after)["activities"] if before else []
	if earlier and _told(earlier) == _told(said):
		# What people made of it since is theirs.
		return Step(wanted, UNCHANGED, report)
	rows, _new = merged([dict(row) for row in have], earlier, said)
	if _told(rows) == _told(have):
		return Step(wanted, UNCHANGED, report)
	if report["status"] not in OPEN:
		return Step(wanted, None, report, Wrong("report_stands", wanted.who, report["name"]))
	if not _holds(have, earlier):
		named = f"{_(DAILY_REPORT)} {report['name']}"
		return Step(wanted, None, report, Wrong("changed_since", wanted.who, named))
	return Step(wanted, UPDATED, report)


def merged(
	have: Sequence[MutableMapping], earlier: Sequence[Record], said: Sequence[Record]
) -> tuple[list[Any], list[Record]]:
	"""The rows of a report after a file has spoken, and those of them that are new in it.

	What an earlier file said goes; of the same work that the author has named himself only what he left open is added.
	"""
	gone, kept, new = _told(earlier), [], []
	for row in have:
		if (told := _of(row)) in gone:
			gone.remove(told)
		else:
			kept.append(row)
	unmatched = list(kept)
	for wanted in said:
		match = next((row for row in unmatched if _is_same(row, wanted)), None)
		if match is None:
			new.append(wanted)
			continue
		unmatched.remove(match)
		match.update({name: wanted[name] for name in ADDED if wanted[name] and not match.get(name)})
	return [*kept, *new], new


def _is_same(row: Record, wanted: Record) -> bool:
	"""Whether two rows tell of the same work: in the same words, and for as long."""
	same = folded(row.get("activity") or "") == folded(wanted["activity"])
	return same and cint(row.get("minutes")) == cint(wanted["minutes"])


def _told(rows: Sequence[Record]) -> list[tuple]:
	return [_of(row) for row in rows]


def _holds(have: Sequence[Record], earlier: Sequence[Record]) -> bool:
	"""Whether all that an import wrote stands as it was written."""
	there = _told(have)
	for told in _told(earlier):
		if told not in there:
			return False
		there.remove(told)
	return True


def _of(row: Record) -> tuple:
	"""What a row says, wherever it was read."""
	texts = (folded(row.get("activity") or ""), row.get("output") or "", row.get("volume_unit") or "")
	times = (_minute(row.get("from_time")), _minute(row.get("to_time")))
	return (*texts, *times, cint(row.get("minutes")), flt(row.get("volume")))


def _minute(value: time | timedelta | str | None) -> str:
	return f"{get_time(value):%H:%M}" if value not in (None, "") else ""


def write(step: Step) -> tuple[str, dict[str, Any]]:
	"""Write a report, through its own document. Returns its name, and what of it came from the file."""
	wanted, said = step.wanted, step.wanted.values["activities"]
	if step.action == CREATED:
		report = frappe.new_doc(DAILY_REPORT)
		report.update({"employee": wanted.employee, **wanted.fixed})
		earlier = []
	else:
		report = frappe.get_doc(DAILY_REPORT, step.stored["name"])
		detail = (wanted.employee, wanted.detail)
		written = facts.read_lines_of(SiteDatabase(), DAILY_REPORT, detail[:1], detail[1:])
		earlier = json.loads(written[detail].after)["activities"] if detail in written else []
	rows, new = merged(list(report.activities), earlier, said)
	_set(report, rows)
	report.flags.ignore_permissions = True
	# What it said before stays in its history.
	report.save(ignore_version=False)
	return report.name, {"activities": list(new), "whole": _plain_rows(report)}


def _set(report: Document, rows: Sequence[Document | Record]) -> None:
	"""The rows of a report, old ones with their evidence and goals, in this order."""
	report.activities = []
	report.extend("activities", list(rows))
	for place, row in enumerate(report.activities, 1):
		row.idx = place


def _plain_rows(report: Document) -> list[dict[str, Any]]:
	return [{name: row.get(name) for name in facts.OF_ACTIVITY} for row in report.activities]


def in_the_way(report: Record | None, after: str) -> str | None:
	"""Why what an import wrote into a report cannot be taken back; None where it can."""
	if report and report["status"] not in OPEN:
		return _("{0} was handed in with it.")
	if report and not _stands(report["activities"], json.loads(after)["whole"]):
		return _("{0} was changed since. Correct it by hand.")
	return None


def _stands(have: Sequence[Record], whole: Sequence[Record]) -> bool:
	"""Whether a report is as an import left it, with what belongs to its rows."""
	beside = ("evidence", "goal", "planned_activity")

	def all_of(rows):
		return [(_of(row), *(row.get(name) or "" for name in beside)) for row in rows]

	return all_of(have) == all_of(whole)


def put_back(line: Record) -> None:
	"""Leave a report as it was before a line of an import; one that is missing by now stands for what nobody wrote."""
	name = line["document_name"]
	if not frappe.db.exists(DAILY_REPORT, name):
		return
	report = frappe.get_doc(DAILY_REPORT, name)
	if report.status not in OPEN:
		return
	before = json.loads(line["before"])["activities"] if line["before"] else []
	if not before and line["action"] == CREATED and report.status == DRAFT:
		frappe.delete_doc(DAILY_REPORT, name, ignore_permissions=True)
		return
	_set(report, list(_restored(report, before)))
	report.total_minutes = sum(cint(row["minutes"]) for row in before)
	# Empty again, it is no report that anybody could hand in, but one that is still to be written.
	report.flags.by_the_clock = report.flags.ignore_permissions = report.flags.ignore_mandatory = True
	report.save()


def _restored(report: Document, before: Sequence[Record]) -> Iterator[Document | Record]:
	there = list(report.activities)
	for row in before:
		match = next((each for each in there if _is_same(each, row)), None)
		if match is None:
			yield row
			continue
		there.remove(match)
		match.update({name: row[name] for name in ADDED})
		yield match
