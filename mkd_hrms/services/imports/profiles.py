"""The profiles of a site: rows that the app keeps in step with what it ships, and others that the site wrote."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.constants import IMPORT_PROFILE, PERFORMANCE_RECORD, TALENT_RECORD
from mkd_hrms.exchange import profiles
from mkd_hrms.exchange.profiles import Profile, ProfileError
from mkd_hrms.exchange.rows import Activity, Planned, Result, TalentBox

# What names the system it is of, and the records that list those.
OF_A_SYSTEM = {Result: PERFORMANCE_RECORD, Activity: PERFORMANCE_RECORD, TalentBox: TALENT_RECORD}
# What is planned is decided by requests and circulars.
NOT_TAKEN = (Planned,)


def read(document: Document) -> Profile:
	"""A row as a profile. Raises ValidationError, which lists all that is wrong with it."""
	try:
		profile = profiles.read_text(document.name or document.profile_name, document.content or "")
	except ProfileError as wrong:
		lines = "<br>".join(map(frappe.utils.escape_html, str(wrong).splitlines()))
		frappe.throw(
			_("The profile cannot be used: {0}").format(f"<br>{lines}"), title=_("Profile Not Usable")
		)
	doctype = OF_A_SYSTEM.get(profile.row)
	sources = frappe.get_meta(doctype).get_field("source").options.split("\n") if doctype else ()
	if doctype and profile.source not in sources:
		frappe.throw(
			_("source: results are kept as those of {0}, and {1} is none of them.").format(
				", ".join(sources), frappe.bold(profile.source)
			),
			title=_("Profile Not Usable"),
		)
	return profile


def named(name: str) -> Profile:
	"""The profile of a name. Raises ValidationError."""
	return read(frappe.get_doc(IMPORT_PROFILE, name))


def enabled() -> list[Profile]:
	"""Every profile among which one is guessed."""
	found = []
	for name in frappe.get_all(IMPORT_PROFILE, {"disabled": 0}, pluck="name", order_by="name"):
		try:
			found.append(named(name))
		except frappe.ValidationError:
			# One of the site's own that a newer version of the app does not take any more stops no other file.
			frappe.clear_last_message()
	return [profile for profile in found if profile.row not in NOT_TAKEN]


def sync() -> None:
	"""The shipped profiles as rows, each as this version of the app has it. Whether one is disabled is the site's own."""
	for name in profiles.names():
		content = (profiles.FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
		if not frappe.db.exists(IMPORT_PROFILE, name):
			document = frappe.new_doc(IMPORT_PROFILE, profile_name=name)
		else:
			document = frappe.get_doc(IMPORT_PROFILE, name)
			if document.is_standard and document.content == content:
				continue
		document.update({"content": content, "is_standard": 1})
		document.flags.from_app = True
		document.save(ignore_permissions=True)
