"""New rows of many people, stored at once: what the platform would ask of each row is asked for all of them together.

Only where nobody hears the difference, and only rows about which its own documents would have nothing to say: everything else
goes through the document (`recording.py`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import frappe
from frappe.model.naming import NamingSeries, getseries
from frappe.utils import cint, now

from mkd_hrms.constants import IMPORT_LINE
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.people import Person, read_people
from mkd_hrms.services.imports.bulk_kinds import KINDS, Kind, scope_of
from mkd_hrms.services.imports.remembering import COLUMNS, line_of, without_places
from mkd_hrms.services.imports.steps import CREATED, Step
from mkd_hrms.services.platform.listeners import is_heard, value_notices
from mkd_hrms.services.platform.series import is_fixed_series

# Fewer are not worth the questions.
FEWEST = 5
SAVEPOINT = "mkd_import_bulk"
# What makes a field of an administrator more than a column that stays empty.
ASKS = ("reqd", "default", "fetch_from", "unique")
COMMON = "name creation modified owner modified_by docstatus".split()


def record_many(steps: Sequence[Step], import_name: str) -> set[int]:
	"""Store those of some steps that can be stored together. Returns their places; the others are left to their documents."""
	stored: set[int] = set()
	for kind in KINDS:
		new = {
			place: step
			for place, step in enumerate(steps)
			if step.action == CREATED and step.wanted.doctype == kind.doctype
		}
		if len(new) >= FEWEST and is_plain(kind):
			stored |= _record(kind, new, import_name)
	return stored


def _record(kind: Kind, new: Mapping[int, Step], import_name: str) -> set[int]:
	people = read_people(SiteDatabase(), scope_of(new.values()))
	is_free = kind.who_is_free(list(new.values()), people)
	free = {place: step for place, step in new.items() if is_free(step)}
	# Of two records of one key the document refuses the second.
	first = {step.wanted.key: place for place, step in reversed(free.items())}
	free = {place: step for place, step in free.items() if first[step.wanted.key] == place}
	if not free:
		return set()
	frappe.db.savepoint(SAVEPOINT)
	try:
		_insert(kind, [(step, people[step.wanted.employee]) for step in free.values()], import_name)
	except frappe.db.IntegrityError as wrong:
		if not frappe.db.is_duplicate_entry(wrong):
			raise
		# The series lags behind: the documents tell what to do.
		frappe.db.rollback(save_point=SAVEPOINT)
		return set()
	return set(free)


def is_plain(kind: Kind) -> bool:
	"""Whether nothing on this site happens at a new row but what the platform and we do, which is done here."""
	meta, doctype = frappe.get_meta(kind.doctype), kind.doctype
	asked = (each for each in meta.fields if each.get("is_custom_field") and each.fieldname not in kind.own)
	return (
		not any(each.get(what) for each in asked for what in ASKS)
		and is_fixed_series(kind.series(meta), meta)
		and not frappe.db.exists("Document Naming Rule", {"document_type": doctype, "disabled": 0})
		and not frappe.db.exists("Workflow", {"document_type": doctype, "is_active": 1})
		and not is_heard(doctype, kind.events)
		and not value_notices(doctype, kind.columns)
	)


def _insert(kind: Kind, rows: Sequence[tuple[Step, Person]], import_name: str) -> None:
	names, stamp, user = (
		_names(kind.series(frappe.get_meta(kind.doctype)), len(rows)),
		now(),
		frappe.session.user,
	)
	columns, lines, stored = [*COMMON, *kind.columns], [], []
	for name, (step, person) in zip(names, rows, strict=True):
		values = {"name": name, "creation": stamp, "modified": stamp, "owner": user, "modified_by": user}
		values |= {"docstatus": kind.docstatus, **kind.row(step, person, import_name)}
		stored.append(tuple(values.get(column) for column in columns))
		lines.append(tuple(line_of(step, import_name, name, None, _line_says(step)).values()))
	frappe.db.bulk_insert(kind.doctype, columns, stored)
	frappe.db.bulk_insert(IMPORT_LINE, COLUMNS, lines)
	kind.stored(rows)


def _line_says(step: Step) -> str:
	said: dict[str, Any] = without_places(step.wanted.values)
	return json.dumps(said, default=str)


def _names(series: str, count: int) -> list[str]:
	"""So many names of a naming series; it is kept until the commit, as when one name is taken."""
	prefix, digits = NamingSeries(series).get_prefix(), series.count("#")
	first = cint(getseries(prefix, digits))
	if count > 1:
		table = frappe.qb.DocType("Series")
		query = frappe.qb.update(table).set(table.current, table.current + count - 1)
		query.where(table.name == prefix).run()
	return [f"{prefix}{first + place:0{digits}d}" for place in range(count)]
