"""Invariants 1 to 3: the quota, one day per date, and nobody at work whom a gate keeps out."""

from __future__ import annotations

from frappe import _

from mkd_hrms.audit.question import NEWEST, Question

# A transfer brings the days of somebody without a NIP to his new record, and another one further on.
OF_SOMEBODY_ELSE = """select day.name, day.employee, day.person from day
left join `tabEmployee` employee on employee.name = day.employee
where day.person <> coalesce(nullif(trim(employee.mkd_nip), ''), employee.name, '') and not exists (
	select 1 from `tabEmployee Transfer` first
	join `tabEmployee` second on second.name = first.new_employee_id
	left join `tabEmployee Transfer` again on again.employee = second.name and again.docstatus = 1
	left join `tabEmployee` third on third.name = again.new_employee_id
	where first.employee = day.employee and first.docstatus = 1 and day.person in (
		coalesce(nullif(trim(second.mkd_nip), ''), second.name),
		coalesce(nullif(trim(third.mkd_nip), ''), third.name)
	)
)"""
# Most records are read no further: every verdict in them passes. Blanks stand in those of an older version.
IN_THE_WAY = """cast(kept.findings as binary) regexp '"verdict": ?"(?!Pass")'"""


def questions() -> list[Question]:
	return [
		*_of_quota(),
		*_of_dates(),
		*_of_owners(),
		*_of_requests(),
		*_of_whole_requests(),
		*_of_gates(),
		*_of_people(),
	]


def _of_quota() -> list[Question]:
	return [
		# A limit that sank later is excess, listed for HR, and no violation: each day names the limit it was booked under.
		Question(
			1,
			"week over its limit",
			_(
				"More days of one person in an ISO week than the highest limit under which any of them was booked"
			),
			# A day by circular may exceed the limit; what somebody applied for after it may not.
			"""select day.person, day.iso_week, count(*) as used, own.weekly_limit from day
			join (
				select person, iso_week, max(limit_at_booking) as weekly_limit, max(creation) as newest from day
				where status in %(used)s and source_doctype = 'MKD Request' group by person, iso_week
			) own on own.person = day.person and own.iso_week = day.iso_week
			where day.status in %(used)s and (day.source_doctype = 'MKD Request' or day.creation <= own.newest)
			group by day.person, day.iso_week, own.weekly_limit having used > own.weekly_limit""",
		),
		Question(
			1,
			"slot outside the limit",
			_("A day in a place of the week that its limit does not have"),
			"""select name, person, iso_week, slot, limit_at_booking from day
			where status in %(used)s and source_doctype = 'MKD Request'
			and (slot is null or slot < 1 or slot > limit_at_booking)""",
		),
		Question(
			1,
			"slot twice",
			_("Two days in the same place of a week"),
			"""select person, iso_week, slot, count(*) as days from day
			where person is not null group by person, iso_week, slot having days > 1""",
		),
		Question(
			1,
			"wrong week",
			_("A day that is counted in another ISO week than its own"),
			"""select name, mkd_date, iso_week from day
			where iso_week is null or iso_week <> date_format(mkd_date, '%%x-W%%v')""",
		),
	]


def _of_dates() -> list[Question]:
	return [
		Question(
			2,
			"date twice",
			_("One date used twice by one person"),
			"""select person, mkd_date, count(*) as days from day
			where status in %(used)s group by person, mkd_date having days > 1""",
		),
		Question(
			2,
			"unique key missing",
			_("A unique key of the ledger that the database does not have"),
			"""select wanted.name from (
				select 'mkd_day_person_date' as name union select 'mkd_day_person_week_slot'
			) wanted
			left join information_schema.statistics found
				on found.index_name = wanted.name and found.table_schema = database()
				and found.table_name = 'tabMKD Day' and found.non_unique = 0
			where found.index_name is null""",
		),
	]


def _of_owners() -> list[Question]:
	return [
		Question(
			2,
			"day of nobody",
			_(
				"A day that uses quota and belongs to nobody, or a released one that still belongs to somebody"
			),
			"""select name, employee, status, person from day
			where (status in %(used)s) = (coalesce(person, '') = '')""",
		),
		Question(
			2,
			"person is somebody else",
			_("A day that is counted for somebody else than its employee"),
			OF_SOMEBODY_ELSE,
		),
	]


def _of_requests() -> list[Question]:
	return [
		Question(
			3,
			"day without request",
			_("A day that no request asked for"),
			"""select day.name, day.employee, day.source_name from day
			left join `tabMKD Request` request on request.name = day.source_name
			where day.source_doctype = 'MKD Request' and request.name is null""",
		),
		Question(
			3,
			"day without circular",
			_("A day that no circular gave that was submitted"),
			"""select day.name, day.employee, day.source_name from day
			left join `tabMKD Collective Day` circular on circular.name = day.source_name
			where day.source_doctype = 'MKD Collective Day' and coalesce(circular.docstatus, 0) = 0""",
		),
		# Single days of an approved request may have been given back, suspended or have ended.
		Question(
			3,
			"day contradicts request",
			_("A day whose state its request does not allow"),
			"""select day.name, day.status, request.name as request, request.status as request_status,
				request.docstatus
			from day join `tabMKD Request` request on request.name = day.source_name
			where day.source_doctype = 'MKD Request' and not (
				day.status = 'Released'
				or (day.status = 'Pending' and request.docstatus = 0
					and request.status in ('Pending Approval', 'Pending HR Review'))
				or (day.status in ('Approved', 'Suspended', 'Worked', 'No Show') and request.docstatus = 1
					and request.status in ('Approved', 'Completed'))
				or (day.status = 'Revoked' and request.docstatus > 0
					and request.status in ('Approved', 'Completed', 'Revoked', 'Cancelled')))""",
		),
	]


def _of_whole_requests() -> list[Question]:
	return [
		Question(
			3,
			"asked date without day",
			_("A date of a standing request that the ledger lacks"),
			"""select request.name, request.status, asked.mkd_date
			from request join `tabMKD Request Date` asked on asked.parent = request.name
			left join `tabMKD Day` day on day.source_name = request.name and day.mkd_date = asked.mkd_date
			where request.status in ('Pending Approval', 'Pending HR Review', 'Approved', 'Completed')
			and day.name is null""",
		),
		Question(
			3,
			"status contradicts document",
			_("A request whose state does not fit its document status"),
			"""select name, status, docstatus from request where docstatus <> case
				when status in ('Rejected', 'Approved', 'Completed', 'Revoked') then 1
				when status = 'Cancelled' then 2 else 0 end""",
		),
	]


def _of_gates() -> list[Question]:
	return [
		Question(
			3,
			"approved against a gate",
			_("A day that was approved although a gate did not pass"),
			f"""select straight_join day.name, day.mkd_date, request.name as request, found.gate, found.verdict
			from request join {NEWEST.format(but="")} and {IN_THE_WAY}
			join day on day.source_name = request.name
			join json_table(kept.findings, '$[*]' columns (
				dates json path '$.dates',
				nested path '$.findings[*]' columns (
					gate varchar(40) path '$.gate', verdict varchar(20) path '$.verdict',
					own_dates json path '$.dates'
				)
			)) found on found.verdict <> 'Pass'
				and json_contains(coalesce(found.own_dates, found.dates), json_quote(day.mkd_date))
			where request.docstatus = 1 and day.status in ('Approved', 'Worked', 'No Show')""",
			walk="request",
		),
		Question(
			3,
			"approved while suspended",
			_("An approved day within a suspension, without a decision for exactly that gate"),
			"""select day.name, day.employee, day.mkd_date, suspension.name as suspension
			from day join same on same.employee = day.employee
			join suspension on suspension.employee = same.record and suspension.docstatus = 1
				and day.mkd_date between suspension.from_date
				and coalesce(suspension.to_date, day.mkd_date)
				and (suspension.lifted_on is null or day.mkd_date < suspension.lifted_on)
			where day.status = 'Approved' and day.mkd_date > %(today)s and not exists (
				select 1 from gate_decision decision join same his on his.record = decision.employee
				where his.employee = day.employee and decision.docstatus = 1
				and decision.gate = 'Suspension' and decision.decision = 'Accepted'
				and day.mkd_date between coalesce(decision.valid_from, day.mkd_date)
				and coalesce(decision.valid_until, day.mkd_date)
			) and not exists (
				select 1 from `tabMKD Collective Day` circular
				where circular.name = day.source_name and day.source_doctype = 'MKD Collective Day'
				and circular.excluded_stay = 0
			)""",
		),
	]


def _of_people() -> list[Question]:
	return [
		Question(
			3,
			"suspended and over",
			_("A day that is over and still Suspended: it is given back at the hour at which a day begins"),
			"""select name, employee, mkd_date from day where status = 'Suspended' and mkd_date < %(today)s""",
		),
		Question(
			3,
			"approved for who has left",
			_("An approved day to come of somebody who is not active, or after his last day"),
			"""select day.name, day.employee, day.mkd_date, employee.status, employee.relieving_date
			from day join `tabEmployee` employee on employee.name = day.employee
			where day.status = 'Approved' and day.mkd_date > %(today)s
			and (employee.status <> 'Active' or employee.relieving_date < day.mkd_date)""",
		),
		Question(
			3,
			"accepted by nobody",
			_(
				"A gate that is said to have been decided by a person, and no such decision stands or ever stood"
			),
			"""select record.name, record.reference_name, found.gate, found.decision from record
			join json_table(record.findings, '$[*].findings[*]' columns (
				gate varchar(40) path '$.gate', reason varchar(60) path '$.reason',
				decision varchar(140) path '$.record'
			)) found on found.reason = 'decided_for'
			left join `tabMKD Gate Decision` decision on decision.name = found.decision
				and decision.gate = found.gate and decision.docstatus > 0
				and exists (
					select 1 from `tabEmployee` own join `tabEmployee` his on his.name = decision.employee
					where own.name = record.employee
					and (his.name = own.name or (his.mkd_nip = own.mkd_nip and own.mkd_nip > ''))
				)
			where decision.name is null and instr(cast(record.findings as binary), '"decided_for"') > 0""",
			walk="record",
		),
	]
