"""The month of a unit and of those below it, as a recap: its numbers are those that were counted when it was issued."""

from __future__ import annotations

import json
from datetime import date, timedelta

from frappe import _
from frappe.model.document import Document
from frappe.translate import print_language
from frappe.utils import format_date

from mkd_hrms.constants import DAY
from mkd_hrms.facts.reports.narrowed import Narrowed
from mkd_hrms.policy.dates import add_months
from mkd_hrms.services.letters import register, signature
from mkd_hrms.services.letters.letter import (
	LANGUAGE,
	Letter,
	Table,
	basis_of,
	numbered,
	place_and_date,
	registered,
)
from mkd_hrms.services.policies.in_force import in_force, submitted_policies
from mkd_hrms.services.recap import compliance, month

DAYS = ("days", "by_request", "by_circular", "worked", "absent", "suspended", "revoked", "released")
REPORTS = ("due", "on_time", "late", "missing", "verified")


def last_day_of(first: date) -> date:
	"""The last day of the month that begins on a date."""
	return add_months(first, 1) - timedelta(days=1)


def counted(narrowed: Narrowed, first: date) -> str:
	"""The numbers of a month by unit, as the register keeps them: nobody is named."""
	last, units = last_day_of(first), {}
	for recap in month.of_months(narrowed, first, last, by_person=False):
		of_unit = units.setdefault(recap.department or "", {})
		of_unit |= {name: recap.days if name == "days" else recap.counts[name] for name in DAYS}
	for entry in compliance.of_months(narrowed, first, last, by_person=False):
		units.setdefault(entry.department or "", {}).update({name: getattr(entry, name) for name in REPORTS})
	return json.dumps(dict(sorted(units.items())), ensure_ascii=False)


def letter_of(entry: Document) -> Letter:
	"""The recap of an entry in the register, for who may print that."""
	with print_language(LANGUAGE):
		return registered(_made(entry), entry)


def _made(entry: Document) -> Letter:
	first = register.days_in(entry)[0]
	policy = in_force(submitted_policies(), entry.company, last_day_of(first))
	units = json.loads(entry.figures or "{}")
	return Letter(
		title=_("Monthly Recap of MKD"),
		number=numbered(entry),
		about=[_("Month of {0}").format(format_date(first, "MMMM yyyy"))],
		place_and_date=place_and_date(first, entry),
		opening=[
			*([basis_of(policy.name)] if policy else []),
			_(
				"What became of the MKD days of {0} in this month, and of the daily reports about them:"
			).format(entry.department or entry.company),
		],
		tables=[
			_table(_("A. MKD days"), units, _labels_of_days()),
			_table(_("B. Daily reports"), units, _labels_of_reports()),
		],
		closing=[
			_("Days count in the unit in which they were booked. Released days are not among the MKD days."),
			_("The numbers are those of the day on which this recap was issued."),
		],
		signature=signature.signature_of(entry.issued_by),
	)


def _table(caption: str, units: dict[str, dict[str, int]], labels: dict[str, str]) -> Table:
	rows = [[unit or "-", *(str(numbers.get(name, 0)) for name in labels)] for unit, numbers in units.items()]
	totals = [sum(numbers.get(name, 0) for numbers in units.values()) for name in labels]
	return Table(
		caption,
		[_("Unit of the Employee"), *labels.values()],
		[*rows, [_("Sum of All Units"), *map(str, totals)]],
	)


def _labels_of_days() -> dict[str, str]:
	"""In the words of the report MKD Monthly Recap."""
	states = {kind: _(state, context=DAY) for state, kind in month.KINDS.items()}
	labels = {"days": _("MKD Days"), "by_request": _("By Request"), "by_circular": _("By Circular"), **states}
	return {name: labels[name] for name in DAYS}


def _labels_of_reports() -> dict[str, str]:
	"""In the words of the report MKD Report Compliance."""
	return {
		"due": _("Reports Due"),
		"on_time": _("Handed In in Time"),
		"late": _("Handed In Late"),
		"missing": _("Reports Missing"),
		"verified": _("Reports Verified"),
	}
