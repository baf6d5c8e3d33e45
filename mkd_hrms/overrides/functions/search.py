"""The search behind a link field, where it would show whatever rows there are.

A link field may leave User Permissions aside; the platform takes the word of the browser for that, and then asks
nobody who may see which rows and columns.
"""

from __future__ import annotations

import frappe
from frappe.desk import search


@frappe.whitelist()
def search_link(
	doctype: str,
	txt: str,
	query: str | None = None,
	filters: str | dict | list | None = None,
	page_length: int = 10,
	searchfield: str | None = None,
	reference_doctype: str | None = None,
	ignore_user_permissions: bool = False,
):
	return search.search_link(
		doctype,
		txt,
		query,
		filters,
		page_length,
		searchfield,
		reference_doctype,
		ignore_user_permissions and not is_guarded(doctype),
	)


@frappe.whitelist()
def search_widget(
	doctype: str,
	txt: str,
	query: str | None = None,
	searchfield: str | None = None,
	start: int = 0,
	page_length: int = 10,
	filters: str | None | dict | list = None,
	filter_fields=None,
	as_dict: bool = False,
	reference_doctype: str | None = None,
	ignore_user_permissions: bool = False,
):
	return search.search_widget(
		doctype,
		txt,
		query,
		searchfield,
		start,
		page_length,
		filters,
		filter_fields,
		as_dict,
		reference_doctype,
		ignore_user_permissions and not is_guarded(doctype),
	)


def is_guarded(doctype: str) -> bool:
	"""Whether it is for this app to say who sees which of its rows."""
	return doctype in frappe.get_hooks("permission_query_conditions", app_name="mkd_hrms")
