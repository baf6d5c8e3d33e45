"""Outages (rule D11) as the site knows them: what they extend, and the marks that are taken back because of one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from mkd_hrms.facts.attendance.outages import read_outages
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.policy.day.outages import Outage, extended


def outages_of(employees: Iterable[str], since: date) -> dict[str, tuple[Outage, ...]]:
	"""By employee, the outages that concern him and end on `since` or later: one query, however many people."""
	names = tuple(sorted(set(employees)))
	if not names:
		return {}
	return read_outages(SiteDatabase(), Scope(employees=names), datetime.combine(since, time.min))


def extended_for(employee: str, due: datetime) -> datetime:
	"""A due time of one employee, after the outages into which it falls: an objection's, for instance."""
	return extended(due, outages_of([employee], due.date()).get(employee, ()))


def extended_day(employee: str, last: date) -> date:
	"""The last day on which something may be done; its last minute counts."""
	return extended_for(employee, datetime.combine(last, time.max.replace(microsecond=0))).date()
