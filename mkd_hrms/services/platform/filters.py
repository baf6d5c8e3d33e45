"""The filters of a list as a browser sends them: a text, a dictionary, or a list of conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import frappe
from frappe.utils import make_filter_tuple


def as_list(doctype: str, filters: str | Mapping | Sequence | None) -> list:
	"""As a list of conditions on the DocType that is asked for."""
	filters = frappe.parse_json(filters) or []
	if isinstance(filters, Mapping):
		return [make_filter_tuple(doctype, *entry) for entry in filters.items()]
	return [*filters]
