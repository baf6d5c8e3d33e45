"""The search in our DocTypes of which there are more with every week: rows that an index finds, the newest first.

The platform compares every row with what was typed, in several columns, and sorts all of them, also where nothing was
typed. Here the rows are found first: by the beginning of their name or of what else has an index, by the end of a
running number, and by their people; the platform then compares and sorts these few.
"""

from __future__ import annotations

from collections.abc import Iterator

import frappe
from frappe.model.meta import Meta
from frappe.utils import cint

from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.people import read_named_like
from mkd_hrms.overrides.functions.asking import is_ours
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.platform.filters import as_list
from mkd_hrms.services.platform.numbers import NUMBERED

# Of more people than these every page of the table has some: it is read from its newest row on.
PEOPLE = 200
# Fields whose index knows how a text begins.
TEXTS = ("Data", "Link", "Dynamic Link")
# Of how many years, this one and those before, a number alone finds documents.
YEARS = 3


def grows(doctype: str) -> bool:
	"""Whether there is a record of ours for what an employee did or was told, and so more of them all the time."""
	return is_ours(doctype) and frappe.get_meta(doctype).has_field("employee")


def found_first(doctype: str, txt: str | None, filters, start: int, page_length: int) -> list:
	"""The filters of a search, and that a row is among those that an index finds for what was typed."""
	meta, most, txt = frappe.get_meta(doctype), cint(start) + cint(page_length or 10), (txt or "").strip(" %")
	asked, names = as_list(doctype, filters), {}
	for found in _ways(meta, txt) if txt else ([],):
		rows = frappe.get_list(
			doctype,
			filters=[*asked, *found],
			pluck="name",
			order_by=f"{meta.sort_field or 'modified'} desc",
			limit_page_length=most,
		)
		names.update(dict.fromkeys(rows))
	return [*asked, [doctype, "name", "in", [*names] or [""]]]


def _ways(meta: Meta, txt: str) -> Iterator[list]:
	"""Filters of which an index finds the rows, one after the other."""
	doctype, begins = meta.name, f"{txt}%"
	yield [[doctype, "name", "like", begins]]
	if numbers := _numbered(doctype, txt):
		yield [[doctype, "name", "in", numbers]]
	fields = filter(None, (meta.get_field(name.strip()) for name in meta.get_search_fields()))
	for field in fields:
		if field.fieldtype in TEXTS and field.search_index:
			yield [[doctype, field.fieldname, "like", begins]]
	if not meta.has_field("employee_name"):
		return
	people = read_named_like(SiteDatabase(), txt, PEOPLE + 1)
	if len(people) > PEOPLE:
		yield [[doctype, "employee_name", "like", f"%{txt}%"]]
	elif people:
		yield [[doctype, "employee", "in", people]]


def _numbered(doctype: str, txt: str) -> list[str]:
	"""The names of the last years with a running number."""
	if doctype not in NUMBERED or not txt.isdecimal():
		return []
	beginning, digits = NUMBERED[doctype]
	this_year = clock.today().year
	return [f"{beginning}-{year}-{int(txt):0{digits}d}" for year in range(this_year, this_year - YEARS, -1)]
