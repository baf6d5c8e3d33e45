"""How many MKD days each unit books of those that its people could, by week or month; nobody is named."""

from collections import defaultdict

import frappe
from frappe import _

from mkd_hrms.constants import DAY
from mkd_hrms.mkd_hrms.report import asked
from mkd_hrms.permissions import reported, seen
from mkd_hrms.services.recap import quota_use

MONTH = "Month"


def execute(filters=None):
	filters = frappe._dict(filters or {})
	since, until = asked.period(filters)
	narrowed = asked.narrowed(filters, seen.names(frappe.session.user, DAY))
	period = quota_use.month_of if filters.by == MONTH else str
	earned = reported.reads_reasons(frappe.session.user)
	found = quota_use.of_units(narrowed, since, until, period, earned)
	rows = [row(use) for use in found]
	return columns(filters.by, earned), rows, None, chart(found, earned), summary(found, earned)


def limit_label(earned):
	"""Of what somebody earned HR alone is told (rule P3)."""
	return _("Days They May Book") if earned else _("Days the Policy Allows")


def columns(by, earned):
	period = asked.month() if by == MONTH else asked.text("period", _("ISO Week"), 110)
	return [
		{**period, "fieldname": "period"},
		asked.unit(),
		asked.number("people", _("Eligible People") if earned else _("Active People"), 130),
		asked.number("limit", limit_label(earned), 150),
		asked.number("days", _("Days Booked", context=asked.REPORTS), 120),
		asked.number("collective", _("Of These by Circular"), 150),
		asked.number("pending", _("Of These Pending"), 140),
		asked.number("share", _("Share Used"), 120, "Percent"),
	]


def row(use):
	names = ("period", "department", "people", "limit", "days", "collective", "pending", "share")
	return {name: getattr(use, name) for name in names}


def chart(found, earned):
	limits, days = defaultdict(int), defaultdict(int)
	for use in found:
		limits[use.period] += use.limit
		days[use.period] += use.days
	# Below a bar the week alone: its year stands in the table.
	return asked.bars(
		(period.rpartition("-")[2] if "W" in period else period for period in limits),
		in_time=True,
		days=(_("Days Booked", context=asked.REPORTS), [days[period] for period in limits]),
		limit=(limit_label(earned), list(limits.values())),
	)


def summary(found, earned):
	if not found:
		return None
	limit, days = sum(use.limit for use in found), sum(use.days for use in found)
	return [
		asked.figure(_("Days Booked", context=asked.REPORTS), days),
		asked.figure(limit_label(earned), limit),
		asked.figure(_("Share Used"), 100 * days / limit if limit else None, kind="Percent"),
	]
