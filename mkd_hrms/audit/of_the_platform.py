"""Invariants 5 and 8 to 10: attendance, what others may read, what is installed, and records that are not ours."""

from __future__ import annotations

from frappe import _

from mkd_hrms.audit.question import Question
from mkd_hrms.custom_fields import CUSTOM_FIELDS
from mkd_hrms.setup.indexes import INDEXES

# Nobody but HR and the employee himself learns from these why somebody was refused.
CONFIDENTIAL = (
	"MKD Day Reason",
	"MKD Decision Record",
	"MKD Discipline Record",
	"MKD Gate Decision",
	"MKD Performance Record",
	"MKD Talent Record",
)
# Roles that everybody of the agency may have.
COMMON_ROLES = ("All", "Guest", "Desk User", "Employee", "Employee Self Service", "Leave Approver")


def questions() -> list[Question]:
	return [
		*_of_attendance(),
		*_of_what_can_be_undone(),
		*_of_reading(),
		*_of_fields_and_indexes(),
		*_of_workflows_and_roles(),
		*_of_the_host(),
	]


def _of_attendance() -> list[Question]:
	return [
		Question(
			5,
			"attendance before its day",
			_("Attendance of an MKD day that is still to come"),
			"""select attendance.name, attendance.employee, attendance.attendance_date from attendance
			where attendance.mkd_day is not null and attendance.docstatus < 2
			and attendance.attendance_date > %(today)s""",
		),
		Question(
			5,
			"attendance of another day",
			_("An attendance record that names an MKD day of another date or employee, or none that exists"),
			"""select attendance.name, attendance.mkd_day from attendance
			left join `tabMKD Day` day on day.name = attendance.mkd_day
			where attendance.mkd_day is not null and attendance.docstatus < 2 and (day.name is null
			or day.employee <> attendance.employee or day.mkd_date <> attendance.attendance_date)""",
		),
		Question(
			5,
			"attendance of an undone day",
			_("An attendance record that still says what an MKD day made of it, and the day is undone"),
			"""select attendance.name, attendance.mkd_day, day.status from attendance
			join `tabMKD Day` day on day.name = attendance.mkd_day
			where attendance.docstatus = 1 and day.status in ('Released', 'Revoked', 'Pending', 'Suspended')""",
		),
	]


def _of_what_can_be_undone() -> list[Question]:
	return [
		Question(
			5,
			"day names what is not there",
			_("An MKD day that names an attendance record which does not name it, or does not stand"),
			"""select day.name, day.attendance from day
			left join `tabAttendance` attendance on attendance.name = day.attendance
				and attendance.docstatus = 1 and attendance.mkd_day = day.name
			where day.attendance is not null and attendance.name is null""",
		),
		Question(
			5,
			"nothing to go back to",
			_("An attendance record that an MKD day changed, and what stood there before is not kept"),
			"""select attendance.name, attendance.mkd_day, attendance.mkd_before from attendance
			join `tabMKD Day` day on day.name = attendance.mkd_day
			where attendance.docstatus = 1 and attendance.mkd_before is not null
			and not json_valid(attendance.mkd_before)""",
		),
		Question(
			5,
			"no-show without absence",
			_("A confirmed no-show, and the attendance record does not say Absent"),
			"""select day.name, day.employee, day.mkd_date, attendance.status from day
			left join `tabAttendance` attendance on attendance.name = day.attendance and attendance.docstatus = 1
			where day.status = 'No Show' and coalesce(attendance.status, '') <> 'Absent'""",
		),
	]


def _of_reading() -> list[Question]:
	return [
		Question(
			8,
			"everybody may read it",
			_("A role that everybody may have reads records that say why somebody was refused"),
			"""select parent as document_type, role from `tabCustom DocPerm`
			where parent in %(confidential)s and role in %(common_roles)s and (`read` = 1 or `select` = 1)
			union all select parent, role from `tabDocPerm`
			where parent in %(confidential)s and role in %(common_roles)s and (`read` = 1 or `select` = 1)""",
		),
		Question(
			8,
			"shared with somebody",
			_("A record that says why somebody was refused was shared with a user"),
			"""select share_doctype as document_type, share_name as name, user, everyone from `tabDocShare`
			where share_doctype in %(confidential)s""",
		),
		Question(
			8,
			"hidden fields opened",
			_("A role that everybody may have reads the fields that only HR and the employee may read"),
			"""select parent as document_type, role from `tabCustom DocPerm`
			where parent like 'MKD %%' and permlevel > 0 and role in %(common_roles)s and `read` = 1""",
		),
	]


def _of_fields_and_indexes() -> list[Question]:
	fields = " union all ".join(
		f"select '{doctype}' as document_type, '{field['fieldname']}' as name"
		for doctype, fields in CUSTOM_FIELDS.items()
		for field in fields
	)
	indexes = " union all ".join(
		f"select 'tab{doctype}' as document_type, '{name}' as name, {len(columns)} as columns"
		for doctype, names in INDEXES.items()
		for name, columns in names.items()
	)
	return [
		Question(
			9,
			"field not once",
			_("A field of ours that a DocType of the platform does not have exactly once"),
			f"""select wanted.document_type, wanted.name, count(field.name) as fields, count(col.column_name) as columns
			from ({fields}) wanted
			left join `tabCustom Field` field on field.dt = wanted.document_type and field.fieldname = wanted.name
			left join information_schema.columns col on col.table_schema = database()
				and col.table_name = concat('tab', wanted.document_type) and col.column_name = wanted.name
			group by wanted.document_type, wanted.name having fields <> 1 or columns <> 1""",
		),
		Question(
			9,
			"index not whole",
			_("An index of ours that a table of the platform does not have as it should"),
			f"""select wanted.document_type, wanted.name, count(found.column_name) as columns
			from ({indexes}) wanted
			left join information_schema.statistics found on found.table_schema = database()
				and found.table_name = wanted.document_type and found.index_name = wanted.name
			group by wanted.document_type, wanted.name, wanted.columns having count(found.column_name) <> wanted.columns""",
		),
	]


def _of_workflows_and_roles() -> list[Question]:
	return [
		Question(
			9,
			"workflow not once",
			_("A DocType of ours that has not exactly one active workflow"),
			"""select wanted.name, count(workflow.name) as workflows
			from (select distinct document_type as name from `tabWorkflow` where document_type like 'MKD %%'
				union select 'MKD Request') wanted
			left join `tabWorkflow` workflow on workflow.document_type = wanted.name and workflow.is_active = 1
			group by wanted.name having workflows <> 1""",
		),
		Question(
			9,
			"role missing",
			_("A role of ours that is not there"),
			"""select wanted.name from (select 'MKD Officer' as name union select 'MKD Approver'
				union select 'MKD Data Sender' union select 'MKD Schedule Reader') wanted
			left join `tabRole` role on role.name = wanted.name where role.name is null""",
		),
	]


def _of_the_host() -> list[Question]:
	return [
		Question(
			10,
			"attendance touched without a day",
			_("An attendance record changed by us although its employee has no MKD day on that date"),
			"""select attendance.name, attendance.employee, attendance.attendance_date from attendance
			left join `tabMKD Day` day on day.employee = attendance.employee
				and day.mkd_date = attendance.attendance_date
			where (attendance.mkd_day is not null or attendance.mkd_before is not null)
			and attendance.docstatus < 2 and day.name is null""",
		),
	]
