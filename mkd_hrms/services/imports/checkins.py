"""Check-ins of machines, and of files that say where somebody was: new, moved, or for HR to confirm where the day is over."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from frappe import _

from mkd_hrms.constants import CHECKIN, WORKED
from mkd_hrms.exchange.rejections import Wrong
from mkd_hrms.facts import imports as facts
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.services.imports.comparing import differs, is_changed
from mkd_hrms.services.imports.steps import CORRECTION, CREATED, UNCHANGED, UPDATED, Record, Step
from mkd_hrms.services.imports.wanted import Wanted


class _There(NamedTuple):
	"""The check-ins of some people, by moment and by name, what imports wrote of them, and the days that are over."""

	records: Mapping[tuple[str, datetime], Record]
	named: Mapping[str, Record]
	lines: Mapping[tuple[str, str], facts.Line]
	ended: Mapping[tuple, facts.Ended]


def plan(wanted: Sequence[Wanted]) -> list[Step]:
	"""A step for each of some check-ins, by a fixed number of queries."""
	database, employees = SiteDatabase(), sorted({each.employee for each in wanted})
	since, until = min(each.day for each in wanted), max(each.day for each in wanted)
	records = facts.read_checkins(database, employees, since, until)
	named = {record["name"]: record for record in records.values()}
	lines = facts.read_lines_of(database, CHECKIN, employees, sorted({each.detail for each in wanted}))
	there = _There(records, named, lines, facts.read_ended_days(database, employees, since, until))
	return [_look(each, there) for each in wanted]


def _look(wanted: Wanted, there: _There) -> Step:
	if stored := there.records.get((wanted.employee, wanted.values["time"])):
		return Step(wanted, UNCHANGED, stored)
	line = there.lines.get((wanted.employee, wanted.detail))
	if line and line.action == CORRECTION and not differs(_said(line), {"time": wanted.values["time"]}):
		# It waits for HR, or HR has decided.
		return Step(wanted, UNCHANGED)
	if day := there.ended.get((wanted.employee, wanted.day)):
		return _of_ended(wanted, day)
	stored = there.named.get(line.document) if line else None
	if not stored:
		return Step(wanted, CREATED)
	if is_changed(stored, line.after) or stored["attendance"]:
		return Step(
			wanted, None, stored, Wrong("changed_since", wanted.who, f"{_(CHECKIN)} {stored['name']}")
		)
	return Step(wanted, UPDATED, stored)


def _said(line: facts.Line) -> Record:
	return json.loads(line.after)


def _of_ended(wanted: Wanted, day: facts.Ended) -> Step:
	"""A day that is over is not changed by a file: HR says whether the check-in counts.

	A file that says of the day what its end says, and tells where somebody was besides, changes nothing about it.
	"""
	if "log_type" in wanted.fixed and day.status == WORKED and not day.no_presence:
		return Step(wanted, UNCHANGED)
	return Step(wanted, CORRECTION, mkd_day=day.name)
