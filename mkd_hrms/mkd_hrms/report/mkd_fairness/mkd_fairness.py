"""How alike the people of each unit were treated in a month (rule W6): their MKD days, and what they were refused for."""

import frappe
from frappe import _
from frappe.utils import get_first_day, get_last_day, getdate

from mkd_hrms.constants import DAY
from mkd_hrms.mkd_hrms.report import asked
from mkd_hrms.permissions import seen
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.units import fairness


def execute(filters=None):
	filters = frappe._dict(filters or {})
	month = getdate(filters.month or clock.today())
	narrowed = asked.narrowed(filters, seen.names(frappe.session.user, DAY))
	found = fairness.of_units(narrowed, get_first_day(month), get_last_day(month))
	return columns(), [row(unit) for unit in found]


def columns():
	unit = {"fieldname": "department", "label": _("Department", context="MKD Fairness"), "fieldtype": "Link"}
	return [
		{**unit, "options": "Department", "width": 240},
		number("eligible", _("Eligible People"), 210),
		number("days", _("MKD Days"), 100),
		number("fewest", _("Fewest Days of One"), 220),
		{**number("median", _("Median"), 90, "Float"), "precision": 1},
		number("most", _("Most Days of One"), 220),
		{**number("equality", _("Equality"), 110, "Percent"), "precision": "0"},
		number("refused", _("Refused for Lack of Room"), 220),
		number("told", _("Told from the Waiting List"), 230),
	]


def number(name, label, width, kind="Int"):
	return {"fieldname": name, "label": label, "fieldtype": kind, "width": width}


def row(unit):
	"""One unit; of whom nobody had a day, nothing can be said about equality."""
	names = (column["fieldname"] for column in columns())
	equality = None if unit.equality is None else 100 * unit.equality
	return {**{name: getattr(unit, name) for name in names}, "equality": equality}
