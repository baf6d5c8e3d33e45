"""The line of an import that remembers a record: which row it came from, and what was there before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import frappe

from mkd_hrms.constants import IMPORT_LINE
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.imports.steps import Step
from mkd_hrms.services.platform.names import row_name

COLUMNS = (
	"name creation modified owner modified_by mkd_import row_no employee detail document_type document_name action"
	" before after"
).split()


def line_of(
	step: Step, import_name: str, written: str | None, before: str | None, after: str
) -> dict[str, Any]:
	"""The line of a step as a row of its table, in the order of its columns."""
	wanted, stamp, user = step.wanted, clock.now(), frappe.session.user
	values = (row_name(), stamp, stamp, user, user, import_name, wanted.row, wanted.employee, wanted.detail)
	values += (wanted.doctype, written, step.action, before, after)
	return dict(zip(COLUMNS, values, strict=True))


def remember(line: Mapping[str, Any]) -> None:
	"""One line."""
	frappe.db.bulk_insert(IMPORT_LINE, list(line), [tuple(line.values())])
