"""Whom a circular would concern, unit by unit, before it is submitted: nothing is written, and nobody is judged anew."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date

from mkd_hrms.constants import COLLECTIVE_DAY, ELIGIBILITY
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.collective import Stay, kept_in
from mkd_hrms.services.collective_days import circular as circulars
from mkd_hrms.services.collective_days import concerned
from mkd_hrms.services.collective_days.concerned import Concerned
from mkd_hrms.services.decisions.records import split

GOES = "Goes"


def of(doc: Document) -> dict:
	"""The dates ahead within the horizon, and for the first of them how many go of each unit and why others stay.

	What keeps somebody in is what the last evaluation found, so leave and days of their own are not looked at yet.
	"""
	found = concerned.look(circulars.read(doc))
	standings = dict(
		frappe.get_all(
			ELIGIBILITY, {"company": doc.company}, ["employee", "failed_gates"], as_list=True, limit=0
		)
	)
	dates = sorted({day for person in found.people.values() for day in _ahead(found, person)})
	counts: dict[str, Counter] = defaultdict(Counter)
	for person in found.people.values():
		for day in _ahead(found, person)[:1]:
			counts[person.department or ""][_why(found, person, day, standings) or GOES] += 1
	return {
		"dates": [format_date(day) for day in dates],
		"units": [
			{"unit": unit, "people": sum(count.values()), "counts": _named(count)}
			for unit, count in sorted(counts.items())
		],
	}


def _ahead(found: Concerned, person: Person) -> list[date]:
	today = found.now.date()
	return [
		day
		for day, stay in found.dates_of(person).items()
		if stay is None and today <= day <= found.until and found.circular.lists(person, day)
	]


def _why(found: Concerned, person: Person, day: date, standings: dict[str, str | None]) -> Stay | None:
	failed = split(standings.get(person.employee))
	rules = found.circular
	return found.stays(person, day) or kept_in(failed, rules.exempt_public_service, rules.excluded_stay)


def _named(count: Counter) -> list[dict]:
	order = [GOES, *Stay]
	return [{"kind": _(kind, context=COLLECTIVE_DAY), "count": count[kind]} for kind in order if count[kind]]
