"""The search behind a link field, where it would show whatever rows there are.

A link field may leave User Permissions aside; the platform takes the word of the browser for that, and then asks
nobody who may see which rows and columns. Ours leave them aside for who may see a document, and not for what may be
chosen in it: an employee finds himself, and HR the employees that it is left.
"""

from __future__ import annotations

import frappe
from frappe.desk import search
from frappe.utils import cint

from mkd_hrms.constants import MODULE, PERSON
from mkd_hrms.facts.limits import as_filters
from mkd_hrms.overrides.functions.search_by_index import found_first, grows
from mkd_hrms.permissions import who
from mkd_hrms.services.people import hr
from mkd_hrms.services.platform.filters import as_list


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
	filters, leaves_aside = narrowed(doctype, filters, reference_doctype, ignore_user_permissions)
	if grows(doctype) and not query:
		filters = found_first(doctype, txt, filters, 0, page_length)
	return search.search_link(
		doctype,
		txt,
		query,
		filters,
		page_length,
		searchfield,
		reference_doctype,
		leaves_aside,
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
	filters, leaves_aside = narrowed(doctype, filters, reference_doctype, ignore_user_permissions)
	if grows(doctype) and not query:
		filters = found_first(doctype, txt, filters, start, page_length)
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
		leaves_aside,
	)


def narrowed(doctype: str, filters, reference_doctype: str | None, ignore_user_permissions):
	"""The filters of a search, and whether it leaves User Permissions aside."""
	user = frappe.session.user
	if not cint(ignore_user_permissions) or is_guarded(doctype):
		return filters, False
	if not reference_doctype or frappe.get_cached_value("DocType", reference_doctype, "module") != MODULE:
		return filters, True
	if doctype != PERSON or not who.sees_all(user):
		return filters, False
	limits = hr.limits_of(user, reference_doctype)
	return [*as_list(PERSON, filters), *as_filters(limits)], True


def is_guarded(doctype: str) -> bool:
	"""Whether it is for this app to say who sees which of its rows."""
	return doctype in frappe.get_hooks("permission_query_conditions", app_name="mkd_hrms")
