"""What our reports have in common: whom and which days they are asked about, and how their columns are made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, get_first_day, get_last_day, getdate

from mkd_hrms.facts.agency import count_active_in, read_units_below
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.reports.narrowed import Narrowed
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.platform.wording import number as written

# The longest period of a report, in days: a year, whichever it is.
LONGEST = 366
# Rows for people: more take longer to send and to draw than anybody waits, and nobody reads them.
MOST_ROWS = 10_000
# The context of the words that these reports share.
REPORTS = "MKD Reports"
# What a row stands for.
EACH_UNIT, EACH_PERSON = "Unit", "Person"
COLOURS = ["#2490ef", "#98a1a9", "#e24c4c", "#f8814f"]
# A letter below a bar is narrower than the chart reckons, which would leave dots of it on a telephone.
WIDER = 1.2


def narrowed(filters: frappe._dict, people: frozenset[str] | None) -> Narrowed:
	"""The company and the unit with all below it that are asked for, and the people whom the reader may see."""
	company = filters.company or frappe.defaults.get_user_default("Company")
	if not company:
		frappe.throw(_("Choose a company."))
	units = read_units_below(SiteDatabase(), filters.department) if filters.department else None
	return Narrowed(company, None if units is None else tuple(units), people)


def too_many(narrowed: Narrowed, months: int = 1) -> str | None:
	"""What is said instead of a table with a row for each of more people than a page can show; None where it can."""
	if narrowed.people is None:
		people = count_active_in(SiteDatabase(), narrowed.company, narrowed.units)
	else:
		people = len(narrowed.people)
	if people * months <= MOST_ROWS:
		return None
	shown = frappe.format(people, {"fieldtype": "Int"})
	return _("{0} people are more than a page can show one by one. Choose a unit.").format(shown)


def months_of(since: date, until: date) -> int:
	"""How many months a period touches."""
	return 12 * (until.year - since.year) + until.month - since.month + 1


def period(filters: frappe._dict) -> tuple[date, date]:
	"""From when to when, both included: the month of today unless said otherwise. Raises ValidationError.

	A chart of a dashboard says how many `months` until today's: the platform puts the first date of the report into it.
	"""
	until = getdate(filters.to_date) if filters.to_date else None
	if filters.from_date:
		since = getdate(filters.from_date)
	elif months := cint(filters.months):
		since = getdate(get_first_day(clock.today(), d_months=1 - months))
		until = until or getdate(get_last_day(clock.today()))
	else:
		since = getdate(get_first_day(clock.today()))
	until = until or getdate(get_last_day(since))
	if not 0 <= (until - since).days < LONGEST:
		frappe.throw(_("Choose a period of at most {0} days that ends after it begins.").format(LONGEST))
	return since, until


# Units and people are no Link columns: the platform would look at each row again by the reader's User Permissions, which
# limit nobody who decides. The scripts of the reports make links of them.
def text(name: str, label: str, width: int, **more: Any) -> dict[str, Any]:
	return {"fieldname": name, "label": label, "fieldtype": "Data", "width": width, **more}


def number(name: str, label: str, width: int = 110, kind: str = "Int") -> dict[str, Any]:
	column = {"fieldname": name, "label": label, "fieldtype": kind, "width": width}
	# With the decimals of the site, 12 % would read 12,000 %.
	return column | {"precision": "0"} if kind == "Percent" else column


def link(name: str, label: str, doctype: str, width: int = 170) -> dict[str, Any]:
	"""A document of ours, which the reader may open."""
	return {"fieldname": name, "label": label, "fieldtype": "Link", "options": doctype, "width": width}


def unit() -> dict[str, Any]:
	return text("department", _("Unit", context=REPORTS), 220)


def person() -> list[dict[str, Any]]:
	return [
		text("employee", _("Employee", context=REPORTS), 130),
		text("employee_name", _("Employee Name", context=REPORTS), 180),
	]


def month() -> dict[str, Any]:
	return text("month", _("Month", context=REPORTS), 100)


def bars(
	labels: Iterable[str], stacked: bool = False, in_time: bool = False, **series: tuple[str, list]
) -> dict[str, Any] | None:
	"""A chart with a bar for each label; `series` are a name and its values each. None where there is nothing to show.

	Of labels `in_time` some are left out where there is no room for all: whoever reads one knows the next.
	"""
	labels = list(labels)
	if not labels:
		return None
	datasets = [{"name": name, "values": values} for name, values in series.values()]
	chart = {"data": {"labels": labels, "datasets": datasets}, "type": "bar", "colors": COLOURS}
	axis = {"seriesLabelSpaceRatio": WIDER, "xIsSeries": int(in_time)}
	options = {"axisOptions": axis, "barOptions": {"stacked": int(stacked)}}
	return chart | {"fieldtype": "Float", "height": 260, **options}


def figure(
	label: str, value: float | str | None, indicator: str = "Blue", kind: str = "Int"
) -> dict[str, Any]:
	"""A number above the report."""
	if kind == "Percent":
		# The platform takes no number of decimals for it.
		value, kind = None if value is None else f"{round(value)} %", "Data"
	elif kind == "Float" and value is not None and round(value, 1) % 1:
		# With the decimals of the site, 142,5 hours would read 142,500.
		value, kind = written(round(value, 1)), "Data"
	return {"label": label, "value": value, "indicator": indicator, "datatype": kind}
