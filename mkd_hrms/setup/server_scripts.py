"""The two shipped Server Scripts: made once, disabled, and taken away; and what the settings form may call.

A bench runs Server Scripts only when its administrator allows it; the switch for ours is a service.
"""

import frappe

from mkd_hrms.constants import MODULE, REQUEST
from mkd_hrms.services.platform import server_scripts
from mkd_hrms.services.platform.server_scripts import SCRIPTS, SWITCHERS
from mkd_hrms.setup.created_records import created_by_us, remember


def sync():
	"""Create the scripts once. An administrator who deleted one does not get it back at the next migrate."""
	for name in SCRIPTS:
		if name not in created_by_us("Server Script"):
			create(name)
			remember("Server Script", name)


def create(name):
	if frappe.db.exists("Server Script", name):
		return
	script = frappe.new_doc("Server Script")
	script.update(
		{
			"name": name,
			"script_type": "DocType Event",
			"reference_doctype": REQUEST,
			"doctype_event": "Before Save",
			"module": MODULE,
			"disabled": 1,
			"script": SCRIPTS[name],
		}
	)
	# Its validation asks for the role Script Manager, which the officer who restores a script does not need.
	script.flags.ignore_validate = True
	script.insert(ignore_permissions=True)


def remove():
	for name in SCRIPTS:
		frappe.delete_doc("Server Script", name, ignore_permissions=True, force=True)
	server_scripts.forget_script_map()


# The settings form calls these four by their paths, which are public.


@frappe.whitelist()
def status():
	return server_scripts.status()


@frappe.whitelist(methods=["POST"])
def enable():
	server_scripts.enable()


@frappe.whitelist(methods=["POST"])
def disable():
	server_scripts.disable()


@frappe.whitelist(methods=["POST"])
def restore():
	"""Bring back the scripts that were deleted; those that exist stay as they are."""
	frappe.only_for(SWITCHERS)
	for name in SCRIPTS:
		create(name)
