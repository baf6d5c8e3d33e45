"""The line of an import that remembers a record: which row it came from, and what was there before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import frappe

from mkd_hrms.constants import IMPORT_LINE, OPEN
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.imports.steps import CORRECTION, Step
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.platform.names import row_name

COLUMNS = (
	"name creation modified owner modified_by mkd_import row_no employee detail document_type document_name action"
	" before after decision moment mkd_day employee_name"
).split()

PLACES = ("latitude", "longitude")


def line_of(
	step: Step, import_name: str, written: str | None, before: str | None, after: str
) -> dict[str, Any]:
	"""The line of a step as a row of its table, in the order of its columns."""
	wanted, stamp, user = step.wanted, clock.now(), frappe.session.user
	values = (row_name(), stamp, stamp, user, user, import_name, wanted.row, wanted.employee, wanted.detail)
	values += (wanted.doctype, written, step.action, before, after)
	is_asked = step.action == CORRECTION
	values += (OPEN if is_asked else None, wanted.values["time"] if is_asked else None, step.mkd_day)
	values += (read_person(wanted.employee).employee_name if is_asked else None,)
	return dict(zip(COLUMNS, values, strict=True))


def remember(line: Mapping[str, Any]) -> None:
	"""One line."""
	frappe.db.bulk_insert(IMPORT_LINE, list(line), [tuple(line.values())])


def without_places(values: Mapping[str, Any]) -> dict[str, Any]:
	"""What a line keeps of a record: not where somebody was."""
	return {name: value for name, value in values.items() if name not in PLACES}
