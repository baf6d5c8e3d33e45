"""Who would gain, lose or change MKD days under a draft policy, and why. Nothing is written."""

import frappe
from frappe import _
from frappe.utils import escape_html, format_date, format_time

from mkd_hrms.constants import IMPACT, POLICY
from mkd_hrms.facts.agency import read_units_below
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.mkd_hrms.report.mkd_policy_impact.charts import chart_of
from mkd_hrms.policy.impact.comparison import Change, Kind
from mkd_hrms.policy.impact.totals import Changed
from mkd_hrms.policy.model import Gate
from mkd_hrms.services.impact import cached, compare
from mkd_hrms.services.impact.compare import Compared
from mkd_hrms.services.impact.reasons import reasons_of

# Who has most to lose comes first.
ORDER = (Kind.LOSES, Kind.FEWER_DAYS, Kind.NEEDS_REVIEW, Kind.GAINS, Kind.MORE_DAYS, Kind.OTHER_REASONS)
INDICATORS = dict(zip(ORDER, ("Red", "Orange", "Orange", "Green", "Green", "Grey"), strict=True))
# The number of the policy behind a change of days that belongs to a gate.
TIERS = "tiers"


def execute(filters=None):
	filters = frappe._dict(filters)
	if not filters.policy:
		frappe.throw(_("Choose a draft MKD Policy."))
	doc = frappe.get_doc(POLICY, filters.policy)
	compare.check_permission(doc)
	question = compare.question_about(doc)
	affected, unaffected = compare.concerned(question, filters.company)
	notes = [not_concerned(entry) for entry in unaffected]
	kept = cached.comparison(question, affected, filters.company)
	if kept is None:
		return columns(), [], paragraphs([working(affected), *notes])
	made_at, found = kept
	compared = [narrowed(entry, filters.department) for entry in found]
	impacts = [entry.impact for entry in compared]
	notes = [*(told(question, entry) for entry in compared), *notes, made(made_at)]
	return (
		columns(),
		rows(compared, filters),
		paragraphs(notes),
		chart_of(impacts, filters.chart_by),
		cards(impacts),
	)


def narrowed(compared: Compared, department: str | None) -> Compared:
	"""The comparison of a unit and the units below it."""
	if not department:
		return compared
	units = {department, *read_units_below(SiteDatabase(), department)}
	return compared._replace(impact=compared.impact.narrowed(lambda groups: groups[0] in units))


def columns():
	plain = (
		("employee", _("Employee", context=IMPACT), 130),
		("employee_name", _("Employee Name", context=IMPACT), 170),
		("change", _("Change", context=IMPACT), 160),
		("outcome_before", _("Outcome Before"), 150),
		("outcome_after", _("Outcome After"), 150),
	)
	days = (
		("days_before", _("Days Before", context=IMPACT), 120),
		("days_after", _("Days After", context=IMPACT), 120),
	)
	placed = (
		("reasons", _("Reasons"), 480),
		("department", _("Unit", context=IMPACT), 180),
		("designation", _("Designation", context=IMPACT), 160),
		("grade", _("Grade", context=IMPACT), 90),
		("employment_type", _("Employment Type", context=IMPACT), 150),
		("company", _("Company", context=IMPACT), 160),
	)
	# No Link columns: they would ask for a right to read each linked DocType, which an MKD Officer need not have.
	return [
		*(column(*each, "Data") for each in plain),
		*(column(*each, "Int") for each in days),
		*(column(*each, "Data") for each in placed),
	]


def column(fieldname, label, width, fieldtype):
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width}


def rows(compared, filters):
	wanted = [
		(each, entry)
		for entry in compared
		for each in entry.impact.changed
		if filters.change in (None, "", each.change.kind.value) and is_about(each.change, filters.gate)
	]
	wanted.sort(
		key=lambda found: (
			ORDER.index(found[0].change.kind),
			found[0].groups[0] or "",
			found[0].change.employee,
		)
	)
	return [row(each, entry) for each, entry in wanted]


def is_about(change: Change, gate: str | None) -> bool:
	"""Whether a gate is a reason of the change. The personal limit is one of the days as well."""
	if not gate or any(reason.gate == gate for reason in change.why):
		return True
	by_tier = change.weeks and TIERS in (week.number for week in change.weeks)
	return gate == Gate.TIER.value and bool(by_tier)


def row(changed: Changed, compared: Compared):
	change, (unit, designation, grade, employment_type) = changed.change, changed.groups
	return {
		"employee": change.employee,
		"employee_name": compared.names[change.employee],
		"kind": change.kind.value,
		"change": _(change.kind.value, context=IMPACT),
		"outcome_before": _(change.before.outcome.value),
		"outcome_after": _(change.after.outcome.value),
		"days_before": change.before.days,
		"days_after": change.after.days,
		"reasons": " ".join(reasons_of(change)),
		"department": unit,
		"designation": designation,
		"grade": grade,
		"employment_type": employment_type,
		"company": compared.company,
	}


def cards(impacts):
	counts = {kind: sum(each.kinds[kind.value] for each in impacts) for kind in ORDER}
	people = sum(each.people for each in impacts)
	return [
		card(_("People Compared"), people),
		card(_("Unchanged", context=IMPACT), people - sum(counts.values())),
		*(card(_(kind.value, context=IMPACT), counts[kind], INDICATORS[kind]) for kind in ORDER),
	]


def card(label, count, indicator=None):
	"""Nobody is no reason for a colour."""
	return {"label": label, "value": count, "datatype": "Int", "indicator": indicator if count else None}


def told(question, compared):
	"""Which policies were compared for a company, and for which day."""
	values = (bold(compared.company), bold(question.draft.name), format_date(question.day))
	if compared.before is None:
		return _(
			"{0}: {1} on {2}; no policy is in force there before, so everybody counts as without MKD."
		).format(*values)
	return _("{0}: {1} instead of {3} on {2}.").format(*values, bold(compared.before.name))


def not_concerned(entry):
	return _("{0}: the draft does not concern it, because {1} is in force there.").format(
		bold(entry.company), bold(entry.stands.name)
	)


def working(affected):
	return _(
		"{0} employees are compared in the background; the result appears here when it is ready."
	).format(compare.headcount(affected))


def made(made_at):
	return _("As known on {0} at {1}. Nothing is stored.").format(
		format_date(made_at), format_time(made_at, "HH:mm")
	)


def bold(name):
	return frappe.bold(escape_html(name))


def paragraphs(notes):
	return "<br>".join(notes)
