"""Stops an installation or migration on a platform that the app was not written for."""

from importlib import import_module

import frappe
from frappe import _

MAJOR = 15
HOSTS = {"frappe": "Frappe", "erpnext": "ERPNext", "hrms": "Frappe HR"}


def check():
	wrong = [
		_("{0}: {1}").format(title, version_of(app) or _("not found"))
		for app, title in HOSTS.items()
		if major_of(version_of(app)) != MAJOR
	]
	if wrong:
		frappe.throw(
			_("MKD HRMS needs version {0} of Frappe, ERPNext and Frappe HR. Found {1}.").format(
				MAJOR, ", ".join(wrong)
			),
			title=_("Unsupported Version"),
		)


def version_of(app):
	try:
		return import_module(app).__version__
	except ImportError:
		return None


def major_of(version):
	"""15 for "15.103.0" and for "15.x.x-develop"; None where there is no number."""
	first = (version or "").split(".")[0]
	return int(first) if first.isdigit() else None
