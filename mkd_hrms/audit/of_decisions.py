"""Invariants 4, 6 and 7: nobody in his own case, decisions kept as they were made, missing data Unknown."""

from __future__ import annotations

from frappe import _

from mkd_hrms.audit.question import NEWEST, Question

# Who decided what about whom: the table, the employee's column, and the columns that name the user who decided.
DECIDED_BY = {
	"request": ("decided_by", "superior_approved_by"),
	"day": ("confirmed_by",),
	"report": ("verifier",),
	"gate_decision": ("decided_by",),
	"suspension": ("lifted_by", "annulled_by", "modified_by"),
	"warning": ("annulled_by", "modified_by"),
	"objection": ("decided_by",),
}
# Reasons that say that something was not known.
NOT_KNOWN = "(_missing|_unclassified|_undated|_empty|_unmapped)"

# What is looked for is first looked for in the text: to take apart every one of millions of records takes very long.
# In those of an older version a blank follows each colon. Bytes are compared in a third of the time of letters.
RECORD, KEPT = "cast(record.findings as binary)", "cast(kept.findings as binary)"
OUTCOME = f"""case
	when {KEPT} regexp '"outcome": ?"Not Eligible"' then 'Not Eligible'
	when {KEPT} regexp '"outcome": ?"Needs Review"' then 'Needs Review'
	else 'Eligible' end"""
IS_WHOLE = """coalesce(json_value(record.findings, '$[0].policy') is not null
	and json_exists(record.findings, '$[0].dates[0]')
	and cast(json_value(record.findings, '$[0].evaluated_on') as date) is not null
	and json_value(record.findings, '$[0].tier_limit') regexp '^[0-9]+$'
	and json_exists(record.findings, '$[0].findings[0]') and json_valid(record.findings), 0)"""


def questions() -> list[Question]:
	return [
		*_of_own_cases(),
		*_of_kept_decisions(),
		*_of_whole_records(),
		*_of_policies(),
		*_of_missing_data(),
	]


def _of_own_cases() -> list[Question]:
	found = [
		Question(
			4,
			f"own case ({table}.{column})",
			_("Somebody decided about himself"),
			f"""select {table}.name, {table}.employee, {table}.{column} as user from {table}
			join same on same.employee = {table}.employee
			join `tabEmployee` employee on employee.name = same.record
			where employee.user_id = {table}.{column} and {table}.{column} > ''""",
		)
		for table, columns in DECIDED_BY.items()
		for column in columns
	]
	own_records = Question(
		4,
		"own record",
		_("Somebody keeps a record by which he himself is judged"),
		"""select kept.name, kept.employee, kept.owner from (
			select name, employee, owner from suspension
			union all select name, employee, owner from warning
			union all select name, employee, owner from discipline
			union all select name, employee, owner from performance
			union all select name, employee, owner from talent
		) kept join same on same.employee = kept.employee
		join `tabEmployee` employee on employee.name = same.record
		where employee.user_id = kept.owner""",
	)
	return [*found, own_records, _of_superiors()]


def _of_superiors() -> Question:
	"""ERPNext refuses such a circle in its form; a table that was written otherwise may hold one."""
	return Question(
		4,
		"superiors in a circle",
		_("Superiors in a circle: by way of others somebody stands above himself"),
		"""select circle.employee, circle.employee_name from (
			with recursive above as (
				select name as employee, employee_name, reports_to as superior from `tabEmployee`
				where reports_to > '' and ('' in %(employees)s or name in %(employees)s)
				union
				select above.employee, above.employee_name, next.reports_to from above
				join `tabEmployee` next on next.name = above.superior and next.reports_to > ''
			) select employee, employee_name from above where superior = employee
		) circle""",
	)


def _of_kept_decisions() -> list[Question]:
	return [
		Question(
			6,
			"decision without record",
			_("A request that was decided, and nothing is kept of why"),
			"""select request.name, request.status from request
			left join `tabMKD Decision Record` kept
				on kept.reference_name = request.name and kept.reference_doctype = 'MKD Request'
			where request.status not in ('Draft', 'Withdrawn') and kept.name is null""",
		),
		Question(
			6,
			"record was changed",
			_("The record of a decision was changed after it was made"),
			"""select name, reference_name, creation, modified from record
			where modified <> creation or evaluated_at <> creation""",
		),
	]


def _of_whole_records() -> list[Question]:
	return [
		Question(
			6,
			"record cannot be read",
			_("The record of a decision does not name its dates, policy, limits and findings"),
			f"""select record.name, record.reference_name from record
			where not {IS_WHOLE} and (not json_valid(record.findings) or not exists (
				select 1 from json_table(record.findings, '$[*]' columns (
					policy varchar(140) path '$.policy', dates json path '$.dates',
					evaluated_on date path '$.evaluated_on', tier int path '$.tier_limit',
					findings json path '$.findings'
				)) part where part.policy is not null and json_length(part.dates) > 0
				and part.evaluated_on is not null and part.tier is not null
				and json_length(part.findings) > 0))""",
			walk="record",
		),
		Question(
			6,
			"finding without clause",
			_("A finding that does not say which clause it rests on"),
			"""select record.name, found.gate from record
			join json_table(record.findings, '$[*].findings[*]' columns (
				gate varchar(40) path '$.gate', source varchar(500) path '$.source'
			)) found on coalesce(found.source, '') = ''""",
			walk="record",
		),
	]


def _of_policies() -> list[Question]:
	return [
		Question(
			6,
			"policy is gone",
			_("A decision was made with a policy that is no longer there, or was cancelled afterwards"),
			"""select record.name, part.policy from record
			join json_table(record.findings, '$[*]' columns (policy varchar(140) path '$.policy')) part
			left join `tabMKD Policy` policy on policy.name = part.policy
			where policy.name is null or policy.docstatus <> 1""",
			walk="record",
		),
	]


def _of_missing_data() -> list[Question]:
	return [
		Question(
			7,
			"missing data passed or failed",
			_("Something that was not known counted as a pass or as a failure"),
			f"""select record.name, found.gate, found.verdict, found.reason from record
			join json_table(record.findings, '$[*].findings[*]' columns (
				gate varchar(40) path '$.gate', verdict varchar(20) path '$.verdict',
				reason varchar(60) path '$.reason'
			)) found on found.verdict <> 'Unknown' and found.reason regexp '{NOT_KNOWN}$'
			where {RECORD} regexp '{NOT_KNOWN}"'""",
			walk="record",
		),
		# What becomes of its days later is no part of the request.
		Question(
			7,
			"request contradicts its record",
			_("A request whose outcome is not that of its last evaluation"),
			f"""select request.name, request.outcome, {OUTCOME} as found from request
			join {NEWEST.format(but="and stage <> 'Re-check'")}
			where coalesce(request.outcome, '') <> {OUTCOME}""",
			walk="request",
		),
	]
