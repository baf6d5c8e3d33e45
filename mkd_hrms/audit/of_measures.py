"""Invariant 6 for warnings and suspensions: what was done to somebody rests on something that is on record."""

from __future__ import annotations

from frappe import _

from mkd_hrms.audit.question import Question

MEASURES = """(
	select 'MKD Warning' as document_type, name, employee, docstatus, ground, policy, step, source_events from warning
	union all
	select 'MKD Suspension', name, employee, docstatus, ground, policy, step, source_events from suspension
) measure"""
# What an MKD day is on the ladder; nothing, unless something happened on it.
KIND = """case when day.status = 'No Show' then 'No Show'
	when day.status = 'Worked' and day.false_place = 1 then 'False Place'
	when day.status = 'Worked' and day.report_missing = 1 and coalesce(day.confirmed_by, '') = ''
		then 'Missing Report' end"""


def questions() -> list[Question]:
	return [
		Question(
			6,
			"measure without ground",
			_("A warning or suspension that does not say what it rests on"),
			f"""select measure.document_type, measure.name, measure.employee from {MEASURES}
			where measure.docstatus = 1 and (coalesce(trim(measure.ground), '') = ''
			or (measure.step > 0 and (coalesce(measure.policy, '') = ''
				or coalesce(json_length(measure.source_events, '$.events'), 0) = 0)))""",
		),
		# What was taken back today may still wait for the job that annuls the measure.
		Question(
			6,
			"measure rests on nothing",
			_("A warning or suspension that stands although what it answered is no longer on record"),
			f"""select measure.document_type, measure.name, measure.employee from {MEASURES}
			join json_table(measure.source_events, '$.events[*]' columns (
				kind varchar(40) path '$[1]', record varchar(140) path '$[2]'
			)) event
			left join `tabMKD Day` day on day.name = event.record
			where measure.docstatus = 1 and measure.step > 0
			group by measure.document_type, measure.name, measure.employee, measure.source_events
			having sum(coalesce({KIND} = event.kind, 0)) < json_value(measure.source_events, '$.times')
			and coalesce(max(day.modified), '1970-01-01') < %(today)s""",
		),
	]
