"""What MKD saved by month or quarter: by bills and by factors apart, and whose money it is apart."""

from collections import defaultdict

import frappe
from frappe import _
from frappe.utils import escape_html, get_first_day, get_last_day, getdate

from mkd_hrms.constants import DAY, SAVINGS_FACTOR, UTILITY_BILL
from mkd_hrms.facts.reports.day_counts import month_of
from mkd_hrms.mkd_hrms.report import asked
from mkd_hrms.permissions import reported, seen
from mkd_hrms.policy.savings import UNIT_OF, Factor, Line, Purse, Range
from mkd_hrms.services.recap import savings
from mkd_hrms.services.recap.savings import MONEY

QUARTER = "Quarter"
EMISSIONS, HOURS = "kg CO2e", "h"
# From what can be relied on to what is a guess.
TRUST = ("Good", "Fair", "Uncertain", "Assumption")


def execute(filters=None):
	filters = frappe._dict(filters or {})
	user = frappe.session.user
	since, until = whole_months(filters)
	narrowed = asked.narrowed(filters, seen.names(user, DAY))
	period = savings.quarter_of if filters.by == QUARTER else month_of
	by_factors = savings.estimated(narrowed, since, until, period)
	sees_bills = reported.shows_everybody(user, narrowed)
	by_bills = savings.measured(narrowed, since, until, period) if sees_bills else []
	return (
		columns(filters.by),
		rows(by_bills, by_factors),
		message(by_factors, sees_bills),
		chart(by_bills, by_factors),
		summary(by_bills, by_factors),
	)


def whole_months(filters):
	"""Bills are of months: the period begins and ends with one."""
	since, until = asked.period(filters)
	return getdate(get_first_day(since)), getdate(get_last_day(until))


def columns(by):
	period = (
		asked.month() if by != QUARTER else asked.text("period", _("Quarter", context=asked.REPORTS), 100)
	)
	return [
		{**period, "fieldname": "period"},
		asked.text("basis", _("Basis"), 110),
		asked.text("purse", _("Whose Money"), 130),
		asked.text("kind", _("Saved", context=asked.REPORTS), 250),
		asked.text("unit", _("Unit of Measure", context=SAVINGS_FACTOR), 110),
		*(amount(name, label) for name, label in ranges().items()),
		asked.number("counted", _("Days or Bills Counted"), 140),
		asked.text("trust", _("Trust", context=SAVINGS_FACTOR), 110),
		asked.text("source", _("Sources"), 420),
	]


def ranges():
	return {"low": _("Low"), "middle": _("Middle", context=SAVINGS_FACTOR), "high": _("High")}


def amount(name, label):
	return {**asked.number(name, label, 140, "Float"), "precision": 1}


def rows(by_bills, by_factors):
	"""By period; in it the budget's, the person's, and what is no money; bills before estimates of the same."""
	order = [purse_label(purse) for purse in (Purse.BUDGET, Purse.PERSON, None)]
	found = [measured_row(entry) for entry in by_bills] + [estimated_row(entry) for entry in by_factors]
	return sorted(found, key=lambda row: (row["period"], order.index(row["purse"])))


def measured_row(entry):
	return {
		"period": entry.period,
		"basis": _("Measured"),
		"purse": purse_label(entry.purse),
		"kind": kinds_of_bills()[entry.kind],
		"unit": _(entry.unit, context=SAVINGS_FACTOR),
		"middle": entry.value,
		"counted": entry.bills,
		"source": _("Bills, beside those of the same month of the year before"),
	}


def estimated_row(entry):
	return {
		"period": entry.period,
		"basis": _("Estimated"),
		"purse": purse_label(entry.purse),
		"kind": lines()[entry.line],
		"unit": _(entry.unit, context=SAVINGS_FACTOR),
		**entry.value._asdict(),
		"counted": entry.days,
		"trust": _(weakest(entry.factors), context=SAVINGS_FACTOR),
		"source": "; ".join(dict.fromkeys(f"{_(row.source)} ({row.year})" for row in entry.factors)),
	}


def weakest(factors):
	"""An estimate is no better than the worst of what it rests on."""
	return max((row.trust for row in factors), key=TRUST.index)


def purse_label(purse):
	return {
		Purse.BUDGET: _("Budget", context=asked.REPORTS),
		Purse.PERSON: _("Employees", context=asked.REPORTS),
	}.get(purse, "")


def kinds_of_bills():
	return {
		"Electricity": _("Electricity", context=UTILITY_BILL),
		"Water": _("Water", context=UTILITY_BILL),
		"Office Supplies": _("Office Supplies", context=UTILITY_BILL),
	}


def lines():
	return {
		Line.FUEL: _("Fuel for Commuting"),
		Line.MEALS: _("Meals Away from Home"),
		Line.TRAVEL_TIME: _("Travel Time"),
		Line.TRAVEL_EMISSIONS: _("Emissions of Commuting"),
		Line.HOME_EMISSIONS: _("Emissions of Work at Home"),
		Line.MEAL_ALLOWANCE: _("Meal Allowances"),
		Line.OFFICE_ENERGY: _("Electricity of Empty Offices"),
		Line.OFFICE_ELECTRICITY: _("Cost of Electricity of Empty Offices"),
		Line.OFFICE_EMISSIONS: _("Emissions of Empty Offices"),
		Line.OFFICE_WATER: _("Cost of Water of Empty Offices"),
	}


def message(by_factors, sees_bills):
	"""What is to be known before a number is quoted, and each factor with its source."""
	said = [
		_("What bills show and what is estimated are two answers to one question: never add them."),
		_("A lower bill has other causes, too: other measures, tariffs, the weather, a moved unit."),
		_("Employees' money and the budget are two purses: there is no sum of both."),
		_("Only days that were worked count; offices only where a circular left nobody there."),
	]
	if not sees_bills:
		said.append(_("Bills are shown to HR, and to who stands above everybody that the report is about."))
	used = dict.fromkeys(row for entry in by_factors for row in entry.factors)
	paragraphs = "".join(f"<p>{escape_html(text)}</p>" for text in said)
	return paragraphs + (assumptions(used) if used else "")


def assumptions(used):
	heads = (
		*(
			_("Factor", context=SAVINGS_FACTOR),
			_("Valid From", context=SAVINGS_FACTOR),
			*ranges().values(),
			_("Unit of Measure", context=SAVINGS_FACTOR),
		),
		*(_("Source", context=SAVINGS_FACTOR), _("Year", context=SAVINGS_FACTOR)),
		_("Trust", context=SAVINGS_FACTOR),
	)
	order = {factor.value: place for place, factor in enumerate(Factor)}
	table = "".join(map(line_of, sorted(used, key=lambda row: (order[row.factor], row.valid_from))))
	head = "".join(f"<th>{escape_html(text)}</th>" for text in heads)
	# Opened by who asks for it, or a telephone would show it in the place of the numbers; there it is wider than the page.
	title = _("What the Estimates Rest On")
	return (
		f"<details><summary>{escape_html(title)}</summary>"
		f'<div class="table-responsive"><table class="table table-bordered small"><tr>{head}</tr>{table}</table></div>'
		"</details>"
	)


def line_of(row):
	values = (
		*(_(row.factor, context=SAVINGS_FACTOR), frappe.format(row.valid_from, "Date")),
		*(frappe.format(value, {"fieldtype": "Float", "precision": 4}) for value in row[3:6]),
		*(_(UNIT_OF[Factor(row.factor)]), _(row.source), row.year, _(row.trust, context=SAVINGS_FACTOR)),
	)
	return "<tr>" + "".join(f"<td>{escape_html(str(value))}</td>" for value in values) + "</tr>"


def series():
	"""The three that are shown side by side, and never on top of each other."""
	return {
		"measured": _("Budget, Measured"),
		"budget": _("Budget, Estimated"),
		"person": _("Employees, Estimated"),
	}


def by_period(by_bills, by_factors):
	"""The money of each series by period."""
	found = {name: defaultdict(float) for name in series()}
	for entry in by_bills:
		if entry.unit == MONEY:
			found["measured"][entry.period] += entry.value
	for entry in by_factors:
		if entry.purse:
			found["budget" if entry.purse is Purse.BUDGET else "person"][entry.period] += entry.value.middle
	return found


def chart(by_bills, by_factors):
	found = by_period(by_bills, by_factors)
	periods = sorted({period for values in found.values() for period in values})
	shown = {name: label for name, label in series().items() if found[name]}
	return asked.bars(
		periods,
		in_time=True,
		**{name: (label, [found[name][period] for period in periods]) for name, label in shown.items()},
	)


def summary(by_bills, by_factors):
	if not (by_bills or by_factors):
		return None
	found = by_period(by_bills, by_factors)
	figures = [
		asked.figure(f"{label} (Rp)", round(sum(found[name].values())), kind="Float")
		for name, label in series().items()
		if found[name]
	]
	for unit, label in ((EMISSIONS, _("Emissions Avoided (kg CO2e)")), (HOURS, _("Hours of Travel"))):
		values = [entry.value for entry in by_factors if entry.unit == unit]
		if values:
			figures.append(asked.figure(label, sum(values, Range.none()).middle, "Green", "Float"))
	return figures
