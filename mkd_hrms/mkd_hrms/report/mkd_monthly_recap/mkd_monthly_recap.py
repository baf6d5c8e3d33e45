"""What became of the MKD days of a month, by unit or person: by request or circular, worked, absent, released."""

from collections import Counter

import frappe
from frappe import _

from mkd_hrms.constants import DAY
from mkd_hrms.mkd_hrms.report import asked
from mkd_hrms.permissions import seen
from mkd_hrms.services.recap import month

COUNTS = (
	*("days", "by_request", "by_circular", "worked", "absent", "ahead", "pending", "suspended"),
	*("revoked", "released"),
)

# Where the heading is longer than most.
WIDTHS = {"by_request": 150, "suspended": 130}


def execute(filters=None):
	filters = frappe._dict(filters or {})
	since, until = asked.period(filters)
	narrowed = asked.narrowed(filters, seen.names(frappe.session.user, DAY))
	by_person = filters.by == asked.EACH_PERSON
	if by_person and (said := asked.too_many(narrowed, asked.months_of(since, until))):
		return columns(by_person), [], said
	found = month.of_months(narrowed, since, until, by_person)
	totals = {name: sum(count(recap, name) for recap in found) for name in COUNTS}
	return (
		columns(by_person),
		[row(recap) for recap in found],
		None,
		chart(found, totals),
		summary(found, totals),
	)


def columns(by_person):
	return [
		asked.month(),
		asked.unit(),
		*(asked.person() if by_person else ()),
		*(asked.number(name, label, WIDTHS.get(name, 110)) for name, label in labels().items()),
	]


def labels():
	return {
		"days": _("MKD Days"),
		"by_request": _("By Request"),
		"by_circular": _("By Circular"),
		"worked": _("Worked", context=DAY),
		"absent": _("No Show", context=DAY),
		"ahead": _("Approved", context=DAY),
		"pending": _("Pending", context=DAY),
		"suspended": _("Suspended", context=DAY),
		"revoked": _("Revoked", context=DAY),
		"released": _("Released", context=DAY),
	}


def count(recap, name):
	return recap.days if name == "days" else recap.counts[name]


def row(recap):
	found = {"month": recap.month, "department": recap.department}
	found |= {"employee": recap.employee, "employee_name": recap.employee_name}
	return found | {name: count(recap, name) for name in COUNTS}


def chart(found, totals):
	"""How the days of all rows stand; of several months, how they stand in each."""
	months = sorted({recap.month for recap in found})
	# The chart of the dashboard gives colours by place: these three keep theirs, with and without such days.
	always = COUNTS[3:6] if len(months) > 1 else ()
	shown = [name for name in COUNTS[3:] if totals[name] or name in always]
	states = {name: labels()[name] for name in shown}
	if len(months) > 1:
		return asked.bars(
			months,
			stacked=True,
			in_time=True,
			**{name: (label, by_month(found, name)) for name, label in states.items()},
		)
	values = [totals[name] for name in states]
	return asked.bars(states.values(), days=(_("MKD Days"), values)) if found else None


def by_month(found, name):
	sums = Counter()
	for recap in found:
		sums[recap.month] += count(recap, name)
	return [sums[month] for month in sorted(sums)]


def summary(found, totals):
	if not found:
		return None
	shown = labels()
	colours = {"days": "Blue", "worked": "Green", "absent": "Red", "released": "Grey"}
	return [asked.figure(shown[name], totals[name], colour) for name, colour in colours.items()]
