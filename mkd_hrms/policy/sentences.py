"""A finding or a warning in a sentence, what to do about it in another one.

What is stored holds only what was measured, so it renders the same sentence years later. The sentences are
English and translated by whoever shows them; this file does not know a framework.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from mkd_hrms.policy.early_warnings import EarlyWarning
from mkd_hrms.policy.model import Finding


def _(sentence: str) -> str:
	"""Marks a sentence for translation without translating it yet."""
	return sentence


SENTENCES = {
	"status_active": _("Employment status is {actual}."),
	"status_not_active": _("Employment status is {actual}; only {limit} employees may work away."),
	"status_missing": _("The employment status is not recorded."),
	"type_listed": _("Employment type {actual} may work away."),
	"type_not_listed": _("Employment type {actual} is not among those that may work away ({limit})."),
	"type_unknown": _(
		"The policy does not know the employment type {actual}; those that may work away are {limit}."
	),
	"type_missing": _("No employment type is recorded; it must be one of {limit}."),
	"served_long_enough": _("{actual} full months of service on {until}; at least {limit} are needed."),
	"still_new": _("Only {actual} full months of service on {until}; at least {limit} are needed."),
	"long_in_post": _(
		"{actual} full months in the present post, since {since}, on {until}; at least {limit} are needed."
	),
	"new_in_post": _(
		"Only {actual} full months in the present post, since {since}, on {until}; at least {limit} are needed."
	),
	"joining_missing": _("No date of joining is recorded; {limit} full months of service are needed."),
	"role_suitable": _("The role is classified as {actual} ({record})."),
	"role_excluded": _("The role is classified as {actual} ({record}); it must be {limit}."),
	"role_unclassified": _("Nobody has classified this role yet; it must be {limit}."),
	"unit_does_not": _("The unit does not serve the public face to face."),
	"unit_serves": _("Unit {record} serves the public face to face and stays in the office."),
	"unit_missing": _("No unit is recorded, so it is not known whether it serves the public face to face."),
	"result_good": _(
		"The newest result ({record}, period to {until}) is {actual}; at least {limit} is needed."
	),
	"result_below": _(
		"The newest result ({record}, period to {until}) is {actual}; at least {limit} is needed."
	),
	"result_unmapped": _("The policy has no predicate for {actual} of {record}; at least {limit} is needed."),
	"result_empty": _("{record} carries neither a score nor a predicate; at least {limit} is needed."),
	"result_undated": _("The start of the period of {record} is not recorded, so its age cannot be judged."),
	"result_missing": _("No submitted performance result was found."),
	"result_fresh": _(
		"The result of the period to {until} is {actual} months old; up to {limit} are accepted."
	),
	"result_stale": _(
		"The result of the period to {until} is older than {limit} months and says nothing any more."
	),
	"box_listed": _(
		"Box {actual} in the talent map of the year to {until} ({record}) may work away; the boxes are {limit}."
	),
	"box_not_listed": _(
		"Box {actual} in the talent map of the year to {until} ({record}) is not among those that may work away ({limit})."
	),
	"box_stale": _(
		"Box {actual} in the talent map of the year to {until} is too old for this date and says nothing any more."
	),
	"box_missing": _("No box of the talent map is recorded; it must be one of {limit}."),
	"seldom_absent": _("{actual} unexcused absences from {since} to {until}; MKD closes at {limit}."),
	"absent_too_often": _("{actual} unexcused absences from {since} to {until}; MKD closes at {limit}."),
	"absences_doubtful": _(
		"{actual} unexcused absences from {since} to {until}, and others on days that no holiday list covers; MKD closes at {limit}."
	),
	"attendance_missing": _("No attendance is recorded in the period looked at."),
	"records_complete": _(
		"{actual} % of the working days from {since} to {until} have no attendance record; up to {limit} % are accepted."
	),
	"records_incomplete": _(
		"{actual} % of the working days from {since} to {until} have no attendance record; only {limit} % are accepted."
	),
	"no_sanction": _("No disciplinary case or sanction."),
	"sanction": _("A disciplinary sanction ({actual}) counts from {since} to {until}."),
	"sanction_in_process": _("A disciplinary case ({actual}) is open since {since}."),
	"sanction_end_missing": _("Disciplinary case {record} ended on a day that is not recorded."),
	"seldom_late": _("{actual} late or early-exit days from {since} to {until}; up to {limit} are accepted."),
	"late_too_often": _(
		"{actual} late or early-exit days from {since} to {until}; only {limit} are accepted."
	),
	"reports_in_order": _(
		"No MKD report is overdue and {actual} were rejected from {since} to {until}; up to {limit} are accepted."
	),
	"reports_overdue": _("{actual} MKD reports are overdue."),
	"reports_rejected": _(
		"{actual} MKD reports were rejected from {since} to {until}; only {limit} are accepted."
	),
	"reports_missing": _("It is not known whether the MKD reports are in order."),
	"minutes_reached": _("{actual} productive minutes from {since} to {until}; at least {limit} are needed."),
	"minutes_short": _(
		"Only {actual} productive minutes from {since} to {until}; at least {limit} are needed."
	),
	"minutes_missing": _(
		"No productive minutes are recorded for the last closed month ({limit} in a full month)."
	),
	"agreed": _("The agreement {record} is signed and valid from {since} to {until}."),
	"not_agreed": _("No signed agreement is valid on this date."),
	"decided_for": _("Accepted by decision {record}, valid from {since} to {until}."),
	"decided_against": _("Not accepted by decision {record}, valid from {since} to {until}."),
	"ready": _("Computer and internet are declared."),
	"not_ready": _("The request declares {actual}; both {limit} are needed."),
	"not_declared": _("The request does not answer the question about {actual}; both {limit} are needed."),
	"not_suspended": _("No suspension covers this date."),
	"suspended": _("MKD is suspended from {since} to {until} ({record})."),
	"tier_earned": _("The track record ({actual} absences) earns {limit} MKD days a week."),
	"tier_zero": _("The track record ({actual} absences) earns no MKD day."),
	"tier_exceeded": _(
		"The track record earns {limit} MKD days a week by now; with this day the week would hold {actual}."
	),
	"not_joined_yet": _("The date lies before the first day of service, {since}."),
	"left_by_then": _("The date lies after the last day of service, {until}."),
	"absence_next_closes": _(
		"{actual} unexcused absences are recorded; one more closes MKD, which ends at {limit}."
	),
	"absence_next_lowers": _(
		"{actual} unexcused absences are recorded; one more leaves {limit} MKD days a week."
	),
	"absence_next_takes_all": _("{actual} unexcused absences are recorded; one more leaves no MKD day."),
	"late_next_closes": _(
		"{actual} late or early-exit days are recorded; one more closes MKD, for only {limit} are accepted."
	),
	"rejection_next_closes": _(
		"{actual} MKD reports were rejected; one more closes MKD, for only {limit} are accepted."
	),
	"result_ends": _("The result {record} counts until {until}; then it is older than {limit} months."),
	"box_ends": _(
		"Box {actual} in the talent map ({record}) counts until {until}; then it is older than {limit} months."
	),
	"agreement_ends": _("The agreement {record} ends on {until}, and none follows it."),
}

# What the employee can do next; a reason that passes needs nothing.
NEXT_STEPS = {
	"status_not_active": _("Ask HR for a correction if the status is recorded wrongly."),
	"status_missing": _("HR records the status; there is nothing for you to do."),
	"type_not_listed": _("Ask HR for a correction if the employment type is recorded wrongly."),
	"type_unknown": _("HR decides what this employment type means; there is nothing for you to do."),
	"type_missing": _("HR records the employment type; there is nothing for you to do."),
	"still_new": _("You can apply for dates on which {limit} full months of service are complete."),
	"new_in_post": _(
		"You can apply for dates on which {limit} full months in the post are complete; ask HR for a correction if the post began earlier."
	),
	"joining_missing": _("HR records the date of joining; there is nothing for you to do."),
	"role_excluded": _("You may object if the classification does not fit your work."),
	"role_unclassified": _("HR classifies the role; there is nothing for you to do."),
	"unit_serves": _("You may object if your unit does not serve the public face to face."),
	"unit_missing": _("HR records your unit; there is nothing for you to do."),
	"result_below": _("A better result of a later period opens MKD; you may object if a newer one exists."),
	"result_unmapped": _("HR decides what this result means; there is nothing for you to do."),
	"result_empty": _("Ask your superior to complete the result."),
	"result_undated": _("HR adds the start of the period; there is nothing for you to do."),
	"result_missing": _("Ask your superior to complete your performance result."),
	"result_stale": _("Ask your superior to complete the result of a newer period."),
	"box_not_listed": _(
		"A better box of a later year opens MKD; you may object if a newer one exists, or if the box is recorded wrongly."
	),
	"box_stale": _("HR records the box of a newer year; there is nothing for you to do."),
	"box_missing": _("HR records your box or decides about it; there is nothing for you to do."),
	"absent_too_often": _(
		"You may object if a day is recorded wrongly; an absence no longer counts when its day leaves the period looked at."
	),
	"absences_doubtful": _(
		"HR adds the missing holiday list or decides about it; there is nothing for you to do."
	),
	"attendance_missing": _("HR adds your attendance or decides about it; there is nothing for you to do."),
	"records_incomplete": _("Ask for attendance to be added for the days that you worked."),
	"sanction": _("You can apply for dates after the sanction and the waiting time that follows it."),
	"sanction_in_process": _(
		"You can apply again when the case is closed; a sanction that follows from it counts as well."
	),
	"sanction_end_missing": _("HR records the end of the case; there is nothing for you to do."),
	"late_too_often": _(
		"You may object if a day is recorded wrongly; a late day no longer counts when it leaves the period looked at."
	),
	"reports_overdue": _("Hand in the overdue reports."),
	"reports_rejected": _(
		"Agree with your superior what a report must contain; a rejected report no longer counts when it leaves the period looked at."
	),
	"reports_missing": _("HR checks your reports; there is nothing for you to do."),
	"minutes_short": _("The next closed month is judged anew; ask for a correction if minutes are missing."),
	"minutes_missing": _("HR adds the productive minutes of the month; there is nothing for you to do."),
	"not_agreed": _("Sign an agreement that is valid on this date, then apply again."),
	"decided_against": _("Ask HR for the reason that the decision gives."),
	"not_ready": _("Apply again when you have both a computer and internet at your place of work."),
	"not_declared": _("Answer both questions on the request with Yes or No."),
	"suspended": _("You can apply for dates after {until}."),
	"tier_zero": _("A better result, or absences that leave the period looked at, earn MKD days again."),
	"tier_exceeded": _(
		"Withdraw another day of that week if you need this one more; a better track record earns more days."
	),
	"not_joined_yet": _("Ask HR for a correction if the date of joining is recorded wrongly."),
	"left_by_then": _("Ask HR for a correction if the end of your service is recorded wrongly."),
	"absence_next_closes": _("Apply for leave before you stay away, and have wrong attendance corrected."),
	"absence_next_lowers": _("Apply for leave before you stay away, and have wrong attendance corrected."),
	"absence_next_takes_all": _("Apply for leave before you stay away, and have wrong attendance corrected."),
	"late_next_closes": _("Keep to your working hours, and have wrong attendance corrected."),
	"rejection_next_closes": _("Agree with your superior what your next report must contain."),
	"result_ends": _("Ask your superior to complete the result of a newer period before that day."),
	"box_ends": _("HR records the box of a newer year; ask there when it is due."),
	"agreement_ends": _("Sign a new agreement before that day."),
}


# What is kept as text may end in a number with decimals: that of a warning, and "Baik, 1.5" of a track record.
ENDS_IN_DECIMALS = re.compile(r"(?:(?P<word>.+), )?(?P<number>\d+\.\d+)")
plain_number = "{:g}".format


def shown(
	value: Any,
	translate: Callable[[str], str] = _,
	show_date: Callable[[date], str] = date.isoformat,
	show_number: Callable[[float], str] = plain_number,
) -> str:
	"""A value of a finding as its sentence writes it: a number with the decimals that it has, in the reader's signs."""
	if value is None:
		return translate(_("no end date"))
	if isinstance(value, date):
		return show_date(value)
	if isinstance(value, float):
		return show_number(value)
	if parts := ENDS_IN_DECIMALS.fullmatch(str(value)):
		words = [translate(parts["word"])] if parts["word"] else []
		return ", ".join([*words, show_number(float(parts["number"]))])
	return translate(str(value))


def sentence(
	found: Finding,
	translate: Callable[[str], str] = _,
	show_date: Callable[[date], str] = date.isoformat,
	show_number: Callable[[float], str] = plain_number,
) -> str:
	"""The finding in one sentence with its clause in brackets, in the reader's language."""
	text = found.note or _filled(SENTENCES[found.reason], found, translate, show_date, show_number)
	return f"{text} [{translate(found.source)}]"


def warning_sentence(
	warning: EarlyWarning,
	translate: Callable[[str], str] = _,
	show_date: Callable[[date], str] = date.isoformat,
	show_number: Callable[[float], str] = plain_number,
) -> str:
	"""What is near, as a sentence with its clause in the reader's language; `advice` says what to do about it."""
	text = _filled(SENTENCES[warning.reason], warning, translate, show_date, show_number)
	return f"{text} [{translate(warning.source)}]"


def advice(
	found: Finding | EarlyWarning,
	translate: Callable[[str], str] = _,
	show_date: Callable[[date], str] = date.isoformat,
	show_number: Callable[[float], str] = plain_number,
) -> str | None:
	"""What the employee can do next; None for what passes, and for an agency's own gate."""
	step = NEXT_STEPS.get(found.reason)
	return _filled(step, found, translate, show_date, show_number) if step else None


def _filled(
	text: str,
	found: Finding | EarlyWarning,
	translate: Callable[[str], str],
	show_date: Callable[[date], str],
	show_number: Callable[[float], str],
) -> str:
	values = {
		name: shown(getattr(found, name, None), translate, show_date, show_number)
		for name in ("actual", "limit", "since", "until", "record")
	}
	return translate(text).format(**values)
