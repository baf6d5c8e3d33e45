"""The switch for the two shipped Server Scripts, and what every save of a request asks about them.

They call public methods of the request. A bench runs Server Scripts only when its administrator allows it, so
they switch themselves off where the bench no longer allows them.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.core.doctype.server_script.server_script_utils import get_server_script_map

from mkd_hrms.constants import OFFICER, QUOTA_SCRIPT, REQUEST, ROLE_EXCLUSION_SCRIPT, SYSTEM_MANAGER

SCRIPTS = {
	QUOTA_SCRIPT: """\
# Refuses days above the weekly limit of the employee; the message names each week.
doc.validate_quota()
""",
	ROLE_EXCLUSION_SCRIPT: """\
# Judges whether the position and the unit may work away from the office.
doc.validate_role_exclusion()
""",
}
FLAG = "server_script_enabled"
SWITCHERS = (OFFICER, SYSTEM_MANAGER)


def status() -> dict:
	"""What the settings form shows: whether the bench runs scripts, and the state of each of ours.

	Raises PermissionError.
	"""
	frappe.only_for(SWITCHERS)
	found = dict(
		frappe.get_all(
			"Server Script",
			filters={"name": ("in", list(SCRIPTS))},
			fields=["name", "disabled"],
			as_list=True,
		)
	)
	scripts = [{"name": name, "exists": name in found, "enabled": found.get(name) == 0} for name in SCRIPTS]
	return {"supported": is_supported(), "scripts": scripts}


def enable() -> None:
	"""Switch both on, where the bench runs scripts. Raises PermissionError, or ValidationError where it does not."""
	frappe.only_for(SWITCHERS)
	if not is_supported():
		frappe.throw(
			_("This bench does not run Server Scripts. Its administrator allows them with: {0}").format(
				f"bench set-config -g {FLAG} 1"
			),
			title=_("Server Scripts Are Disabled"),
		)
	switch(disabled=0)


def disable() -> None:
	"""Switch both off. Raises PermissionError."""
	frappe.only_for(SWITCHERS)
	switch(disabled=1)


def disable_ours_where_unsupported() -> None:
	"""An enabled script on a bench that forbids scripts would make every save of a request fail."""
	if not enabled_scripts() or is_supported():
		return
	leave_ours_out()
	# After the save and by itself, as others may be doing the same: all of them would write the same rows.
	frappe.db.after_commit.add(switch_off_for_good)
	frappe.msgprint(
		_("The Server Scripts of MKD were switched off, because this bench no longer runs Server Scripts."),
		title=_("Server Scripts Are Disabled"),
		indicator="orange",
	)


def leave_ours_out() -> None:
	"""Take ours from the list that Frappe reads at every event of this save and of all others."""
	scripts = get_server_script_map()
	by_event = scripts.get(REQUEST, {})
	scripts[REQUEST] = {
		event: [name for name in names if name not in SCRIPTS] for event, names in by_event.items()
	}
	frappe.cache.set_value("server_script_map", scripts)


def switch_off_for_good() -> None:
	"""Switch both off and commit, whoever asked."""
	switch(disabled=1)
	frappe.db.commit()


def enabled_scripts() -> set[str]:
	"""Ours among the enabled ones, from the cache that Frappe itself keeps for every save."""
	by_event = get_server_script_map().get(REQUEST, {})
	return {name for names in by_event.values() for name in names} & set(SCRIPTS)


def is_supported() -> bool:
	"""Whether the bench runs Server Scripts."""
	# Only the common configuration counts; a site cannot allow scripts for itself.
	return bool(frappe.get_common_site_config().get(FLAG))


def switch(disabled: int) -> None:
	"""Write the switch of both, past the permission that saving them would ask for."""
	# Saving the document would ask for the role Script Manager, which an officer does not need for this.
	frappe.db.set_value("Server Script", {"name": ("in", list(SCRIPTS))}, "disabled", disabled)
	forget_script_map()


def forget_script_map() -> None:
	"""Let Frappe find anew which scripts are enabled."""
	frappe.cache.delete_value("server_script_map")
