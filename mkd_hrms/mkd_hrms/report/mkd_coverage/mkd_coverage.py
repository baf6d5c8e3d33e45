"""How much room each unit has on each date: what nobody refuses is seen here, and nobody is named (W5)."""

import frappe
from frappe import _
from frappe.utils import getdate

from mkd_hrms.constants import COVERAGE
from mkd_hrms.judging.coverage import SERVICE_POINT
from mkd_hrms.mkd_hrms.report import asked
from mkd_hrms.permissions.units import units_seen
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.units.overview import Question, counts_of

# A quarter of a year: further ahead nobody may apply.
LONGEST = 92


def execute(filters=None):
	filters = frappe._dict(filters or {})
	of = question(filters)
	narrowed = asked.narrowed(filters, None)
	if narrowed.units is None and of.seen is not None:
		narrowed = narrowed._replace(units=tuple(of.seen))
	# Everybody of a unit is looked at, however few units are shown.
	if said := asked.too_many(narrowed):
		return columns(), [], said
	found = counts_of(of)
	if filters.only_without_room:
		found = (counted for counted in found if counted.room.room < 1)
	return columns(), [row(counted) for counted in found]


def question(filters):
	since = getdate(filters.from_date) if filters.from_date else clock.today()
	until = getdate(filters.to_date) if filters.to_date else since
	if not 0 <= (until - since).days < LONGEST:
		frappe.throw(_("Choose a period of at most {0} days that ends after it begins.").format(LONGEST))
	company = filters.company or frappe.defaults.get_user_default("Company")
	return Question(company, filters.department or None, since, until, units_seen(frappe.session.user))


def row(counted):
	there, room, group = counted.there, counted.room, counted.group
	title = group.title
	if group.kind == SERVICE_POINT:
		title = _("Service point {0}").format(title)
	elif group.together:
		title = _("{0} with all units below").format(title)
	return {
		"day": counted.day,
		"unit": title,
		"headcount": there.headcount,
		"leave": there.leave,
		"trip": there.trip,
		"mkd": there.mkd,
		"pending": there.pending,
		"cap": room.cap,
		"minimum": room.minimum,
		"room": room.room,
		"record": group.limits.record,
		"source": group.limits.cap_source,
	}


def columns():
	"""The answer stands beside the unit, because the rest may be out of sight."""
	return [
		{"fieldname": "day", "label": _("Date", context=COVERAGE), "fieldtype": "Date", "width": 110},
		{"fieldname": "unit", "label": _("Unit", context=COVERAGE), "fieldtype": "Data", "width": 340},
		number("room", _("Room", context=COVERAGE), 90),
		number("cap", _("Away, at Most", context=COVERAGE), 220),
		number("mkd", _("MKD", context=COVERAGE), 80),
		number("pending", _("Applied For", context=COVERAGE), 120),
		number("headcount", _("Headcount", context=COVERAGE), 140),
		number("leave", _("On Leave", context=COVERAGE), 90),
		number("trip", _("Trip, Duty, Training", context=COVERAGE), 210),
		number("minimum", _("On Site, at Least", context=COVERAGE), 190),
		{
			"fieldname": "record",
			"label": _("Laid Down by", context=COVERAGE),
			"fieldtype": "Data",
			"width": 170,
		},
		{"fieldname": "source", "label": _("Legal Basis"), "fieldtype": "Data", "width": 280},
	]


def number(name, label, width):
	return {"fieldname": name, "label": label, "fieldtype": "Int", "width": width}
