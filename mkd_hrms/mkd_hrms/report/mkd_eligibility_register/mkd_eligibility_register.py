"""Who may work away tomorrow as the last evaluation found, and whose result will not count for long any more."""

from collections import Counter
from datetime import timedelta
from functools import cache

import frappe
from frappe import _
from frappe.utils import cint

from mkd_hrms.constants import ELIGIBILITY
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.reports.standings import read_outcomes, read_standings
from mkd_hrms.mkd_hrms.report import asked
from mkd_hrms.permissions import reported
from mkd_hrms.policy.model import Outcome
from mkd_hrms.policy.performance import counts_until
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.decisions.records import split

INDICATORS = {Outcome.ELIGIBLE: "Green", Outcome.NOT_ELIGIBLE: "Red", Outcome.NEEDS_REVIEW: "Orange"}


def execute(filters=None):
	filters, user = frappe._dict(filters or {}), frappe.session.user
	narrowed = asked.narrowed(filters, reported.whom_he_decides_about(user, ELIGIBILITY))
	reasons = reported.reads_reasons(user)
	if not filters.stale_within and (said := asked.too_many(narrowed)):
		counts = read_outcomes(SiteDatabase(), narrowed, filters.outcome or None)
		if counts.total() > asked.MOST_ROWS:
			return columns(reasons), [], said, chart(counts), summary(counts)
	found = list(read_standings(SiteDatabase(), narrowed, filters.outcome or None))
	# When a result ends is HR's to know: who may not read it finds nobody by it.
	if reasons and (days := cint(filters.stale_within)):
		today = clock.today()
		found = [standing for standing in found if is_stale_within(standing, today, days)]
	counts = Counter(standing.outcome for standing in found)
	shown = cache(_)
	rows = [row(standing, shown, reasons) for standing in found]
	return columns(reasons), rows, None, chart(counts), summary(counts)


def result_until(standing):
	"""The last day on which his result counts; None where there is none, or where no gate asks for its age."""
	fresh = standing.freshness
	return counts_until(fresh.until, int(fresh.limit)) if fresh and fresh.until else None


def is_stale_within(standing, today, days):
	"""Whether his result still counts today, and ends before so many days are over."""
	until = result_until(standing)
	return until is not None and today <= until < today + timedelta(days=days)


def columns(reasons):
	found = [
		*asked.person(),
		asked.unit(),
		asked.text("outcome_shown", _("May Work Away"), 150),
	]
	if not reasons:
		return found
	return [
		*found,
		asked.number("tier_limit", _("Days a Week"), 110),
		asked.text("failed", _("Failed Gates"), 220),
		asked.text("unknown", _("Unknown Gates"), 220),
		asked.number("result_until", _("Result Counts Until"), 150, "Date"),
		asked.number("changes_on", _("Changes by Itself On"), 160, "Date"),
		asked.link("standing", _("MKD Eligibility"), ELIGIBILITY, 130),
	]


def row(standing, shown, reasons):
	found = {
		"employee": standing.employee,
		"employee_name": standing.employee_name,
		"department": standing.department,
		"outcome": standing.outcome,
		"outcome_shown": shown(standing.outcome),
	}
	if not reasons:
		return found
	return found | {
		"tier_limit": standing.tier_limit,
		"failed": gates(standing.failed_gates, shown),
		"unknown": gates(standing.unknown_gates, shown),
		"result_until": result_until(standing),
		"changes_on": standing.changes_on,
		"standing": standing.employee,
	}


def gates(names, shown):
	return ", ".join(shown(gate, context="MKD Policy Gate") for gate in split(names))


def chart(counts):
	outcomes = [outcome for outcome in Outcome if counts[outcome.value]]
	values = [counts[outcome.value] for outcome in outcomes]
	return asked.bars((_(outcome.value) for outcome in outcomes), people=(_("People"), values))


def summary(counts):
	if not counts:
		return None
	return [asked.figure(_(outcome.value), counts[outcome.value], INDICATORS[outcome]) for outcome in Outcome]
