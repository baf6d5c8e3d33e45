"""The evaluation of a month that a regency sends to its head: weeks, discipline of reporting, breaches, and what it led to.

What no record tells, the effect on the service and the recommendation, is left to whoever signs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from frappe import _
from frappe.utils import format_date

from mkd_hrms.constants import ANNULLED, DAY, EXPORT, NO_SHOW, REVOKED, SUSPENSION, WARNING
from mkd_hrms.exchange.stored import Told
from mkd_hrms.exchange.tables import write_tables
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.reports.headcount import count_by_type, count_measures
from mkd_hrms.services.exports.asked import Asked
from mkd_hrms.services.recap.weeks import Week, of_weeks

NUMERALS = ("I", "II", "III", "IV", "V", "VI")
Lines = Iterator[Sequence[Any]]


def write(asked: Asked, unit: str | None, path: Path, told: Told) -> None:
	"""The form as one sheet. Raises OSError."""
	weeks = of_weeks(asked.narrowed, *asked.period)
	lines = [*_head(asked, unit), *_weeks(asked, weeks), *_reporting(weeks), *_breaches(asked, weeks)]
	lines += _open_lines()
	told.rows += len(weeks)
	write_tables(path, asked.form.lower(), {_("Monthly Evaluation", context=EXPORT): lines})


def _head(asked: Asked, unit: str | None) -> Lines:
	yield [_("Monthly Evaluation of Work from Anywhere")]
	yield [_("Agency"), asked.company]
	if unit:
		yield [_("Unit", context=EXPORT), unit]
	yield [_("Period", context=EXPORT), f"{format_date(asked.since)} - {format_date(asked.until)}"]
	yield []


def _weeks(asked: Asked, weeks: Sequence[Week]) -> Lines:
	people = count_by_type(SiteDatabase(), asked.narrowed)
	total = sum(people.values())
	yield [_("A. People by week")]
	for kind, count in sorted(people.items()):
		yield [kind or _("Employment type not recorded"), count]
	yield [_("Total", context=EXPORT), total]
	yield [
		*(
			_("Week"),
			_("From", context=EXPORT),
			_("To", context=EXPORT),
			_("All Days at the Office"),
			_("People with Days Away"),
		),
		*(_("MKD Days"), _("Days with a Valid Report"), _("Per Cent")),
	]
	for numeral, week in zip(NUMERALS, weeks, strict=False):
		share = None if week.share is None else round(week.share, 1)
		yield [
			*(numeral, week.since, week.until, max(0, total - week.away), week.away, week.days),
			*(week.reported.valid, share),
		]
	yield []


def _reporting(weeks: Sequence[Week]) -> Lines:
	"""In per cent of the reports that came or should have."""
	reports = [week.reported for week in weeks]
	sums = {
		name: sum(getattr(each, name) for each in reports)
		for name in ("on_time", "late", "missing", "returned", "verified")
	}
	known = sums["on_time"] + sums["late"] + sums["missing"]
	yield [_("B. Daily reports")]
	yield [_("Reports"), _("Count", context=EXPORT), _("Per Cent")]
	for name, label in (
		("on_time", _("Handed In in Time")),
		("late", _("Handed In Late")),
		("missing", _("Reports Missing")),
		("returned", _("Returned Once")),
		("verified", _("Reports Verified")),
	):
		yield [label, sums[name], round(100 * sums[name] / known, 1) if known else None]
	yield []


def _breaches(asked: Asked, weeks: Sequence[Week]) -> Lines:
	database, period = SiteDatabase(), asked.period
	measures = {
		doctype: count_measures(database, doctype, asked.narrowed, *period, but=ANNULLED)
		for doctype in (WARNING, SUSPENSION)
	}
	yield [_("C. Breaches and what followed")]
	yield [_("Breach"), _("Count", context=EXPORT), _("What Followed", context=EXPORT)]
	yield [
		_(NO_SHOW, context=DAY),
		sum(week.absent for week in weeks),
		_("the day counts as an unexcused absence"),
	]
	yield [
		_("Reports Missing"),
		sum(week.reported.missing for week in weeks),
		_("the superior was told, and the ladder of discipline counts it"),
	]
	yield [_("Reports Rejected"), sum(week.reported.rejected for week in weeks), _("the day is not proven")]
	yield [_(REVOKED, context=DAY), sum(week.revoked for week in weeks), _("the approval was withdrawn")]
	yield [_("MKD Warning"), measures[WARNING], _("given in this month")]
	yield [_("MKD Suspension"), measures[SUSPENSION], _("begun in this month")]
	yield []


def _open_lines() -> Lines:
	"""For whoever signs it."""
	yield [_("D. Effect on the service")]
	yield []
	yield [_("E. Recommendation")]
	yield []
	yield [_("Head of the Agency")]
	yield [_("Name", context=EXPORT)]
	yield [_("NIP")]
