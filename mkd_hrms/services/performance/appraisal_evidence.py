"""The MKD record as evidence on an Appraisal: computed for whoever opens it and may read it, and stored nowhere.

It enters no formula, so there is nothing to freeze; every day and report that it counts is itself a record that
nobody edits. A copy on the Appraisal would grow stale, and would be read by whoever reads the Appraisal.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from frappe.model.document import Document
from frappe.utils import format_date, getdate

from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.goals import read_period
from mkd_hrms.facts.identity import with_other_records
from mkd_hrms.facts.ledger.appraisal_evidence import Evidence, read_evidence
from mkd_hrms.services.decisions.reasons import is_own_or_hr
from mkd_hrms.services.people.approvers import approver_of
from mkd_hrms.services.people.person import read_person

# So many outputs are named; of the others the minutes count.
NAMED = 50


def may_read(employee: str, user: str) -> bool:
	"""The employee himself, HR, and whoever decides about his MKD now."""
	return is_own_or_hr(employee) or user == approver_of(read_person(employee))


def of_appraisal(appraisal: Document) -> dict[str, Any]:
	"""What is known of the period of an Appraisal. Asks no permission."""
	since, until = period_of(appraisal)
	if not (since and until):
		return {}
	scope = with_other_records(SiteDatabase(), [appraisal.employee])
	known = read_evidence(SiteDatabase(), scope, since, until).get(appraisal.employee, Evidence())
	return {
		"since": since.isoformat(),
		"until": until.isoformat(),
		"worked": known.worked,
		"on_time": known.on_time,
		"late": known.late,
		"missing": known.missing,
		"no_shows": known.no_shows,
		"verified_minutes": known.verified_minutes,
		"verified_outputs": len(known.outputs),
		"outputs": [
			{
				"date": format_date(entry.mkd_date),
				"output": entry.output,
				"minutes": entry.minutes,
				"goal": entry.goal,
			}
			for entry in known.outputs[-NAMED:]
		],
	}


def period_of(appraisal: Document) -> tuple[date | None, date | None]:
	"""From its own dates; Frappe HR leaves them empty where appraisals are made by their cycle."""
	since, until = appraisal.start_date, appraisal.end_date
	if not (since and until) and appraisal.appraisal_cycle:
		since, until = read_period(SiteDatabase(), appraisal.appraisal_cycle)
	return (getdate(since), getdate(until)) if since and until else (None, None)
