"""The indexes that our readers need, on tables of the platform and of our own, added by name and taken away again."""

import frappe

# By DocType: the columns that a reader asks for, the employee first.
#
# The platform's own synchronisation drops an index on a single column that its form does not ask for; one on several
# columns it leaves alone. Every name begins with "mkd_", so that an administrator sees whose it is.
INDEXES = {
	# A year of everybody's attendance is read from the index alone: facts/attendance/records.py
	"Attendance": {
		"mkd_attendance": (
			"employee",
			"attendance_date",
			"docstatus",
			"status",
			"half_day_status",
			"late_entry",
			"early_exit",
		),
		# Of a unit the rows of some days, among everybody's of all years: report/mkd_shift_attendance
		# How many of it were there on some days, from the index alone: facts/reports/savings.py
		"mkd_department_date": ("department", "attendance_date", "docstatus", "status"),
	},
	# Who a user is, and whom he leads: permissions/ asks at every list and every document.
	"Employee": {"mkd_user": ("user_id", "status"), "mkd_superior": ("reports_to", "status")},
	# Of a person's check-ins, those of some days: facts/ledger/ended_days.py, facts/ledger/personal_data.py
	# Of an attendance row, its check-ins: Frappe HR's Shift Attendance joins them, and has no index for it.
	"Employee Checkin": {
		"mkd_employee_time": ("employee", "time"),
		"mkd_attendance": ("attendance", "employee"),
	},
	# Without an index, one person's application would read everybody's: facts/attendance/away.py
	"Attendance Request": {"mkd_employee_dates": ("employee", "from_date", "to_date")},
	"Travel Request": {"mkd_employee": ("employee", "docstatus")},
	"Training Event Employee": {"mkd_employee": ("employee", "parent")},
	# What waits for somebody, among all that was ever done: the platform counts it for everybody who opens the desk.
	"Workflow Action": {
		"mkd_status": ("status", "modified"),
		"mkd_open": ("status", "reference_doctype", "reference_name"),
	},
	# The newest notices of somebody, among those of everybody: the bell. Whoever leads many gets a small share of many.
	"Notification Log": {"mkd_for_user": ("for_user", "modified")},
	# Tables of our own, which grow with every week. A list is asked for by a state, in its order; what somebody sees in it
	# is found by the employees, and whom a column names: permissions/seen.py. An index that ends with the employee answers
	# how many there are without reading a row.
	# Whom a column names is asked for everything he sees, and for what waits for him alone: hence the state before the employee.
	"MKD Request": {
		"mkd_creation": ("creation", "employee"),
		"mkd_employee_status": ("employee", "status"),
		"mkd_status_modified": ("status", "modified", "employee"),
		# What is not over, in its order: public/js/gantt.js
		"mkd_to_date": ("to_date", "employee"),
		"mkd_approver": ("approver", "status", "employee"),
		"mkd_escalated_to": ("escalated_to", "status", "employee"),
		"mkd_approved_by": ("superior_approved_by", "employee"),
		"mkd_decided_by": ("decided_by", "employee"),
	},
	# Of all that was ever asked for, the dates of a month: services/requests/drawn_requests.py
	"MKD Request Date": {"mkd_date_parent": ("mkd_date", "parent")},
	"MKD Daily Report": {
		"mkd_creation": ("creation", "employee"),
		"mkd_employee_status": ("employee", "status"),
		"mkd_status_date": ("status", "mkd_date", "employee"),
		"mkd_approver": ("approver", "status", "employee"),
		"mkd_escalated_to": ("escalated_to", "status", "employee"),
		"mkd_verifier": ("verifier", "employee"),
		# What a period holds is counted from the index alone: facts/reports/report_counts.py
		"mkd_period": (
			*("mkd_date", "company", "department", "employee", "status", "is_late", "returned_on"),
			*("total_minutes", "target_minutes"),
		),
	},
	# Every attendance row that is saved asks for the MKD day of its employee and date; a calendar counts those of a month.
	"MKD Day": {
		"mkd_day_employee_date": ("employee", "mkd_date", "status"),
		"mkd_day_status_date": ("status", "mkd_date", "employee"),
		# A list by date: in the other one all of a day stand in the order of the employees, and his may be the last.
		"mkd_status_day": ("status", "mkd_date"),
		"mkd_creation": ("creation", "employee"),
		"mkd_source": ("source_name", "source_doctype"),
		"mkd_absence": ("absence_proposed", "mkd_date", "employee"),
		"mkd_confirmed_by": ("confirmed_by", "employee"),
		"mkd_recalled_by": ("recalled_by", "employee"),
		"mkd_department_date": ("department", "mkd_date"),
		# Who has how many ahead, among those of everybody: facts/ledger/held_weeks.py
		"mkd_held": ("mkd_date", "status", "person", "employee", "source_doctype"),
		# What a period holds is counted from the index alone: facts/reports/day_counts.py
		"mkd_period": ("mkd_date", "company", "department", "status", "source_doctype", "employee"),
	},
	"MKD Day Swap": {
		"mkd_employee_status": ("employee", "status"),
		"mkd_status_modified": ("status", "modified"),
		"mkd_approver": ("approver", "status", "employee"),
		"mkd_colleague": ("colleague_user", "employee"),
		# The swaps of a request and of a day: services/platform/connections.py
		"mkd_own_request": ("own_request", "employee"),
		"mkd_colleague_request": ("colleague_request", "employee"),
		"mkd_own_day": ("own_day", "employee"),
		"mkd_colleague_day": ("colleague_day", "employee"),
		"mkd_decided_by": ("decided_by", "employee"),
	},
	# What imports wrote of the same, and which of them is the later one: facts/imports.py
	# The check-ins that wait for HR, among all that imports ever wrote: the card of MKD for HR counts them.
	"MKD Import Line": {
		"mkd_same": ("employee", "document_type", "detail"),
		"mkd_open": ("decision", "undone", "modified"),
	},
	"MKD Place Hint": {"mkd_reviewer": ("reviewer", "employee")},
	"MKD Decision Record": {"mkd_employee": ("employee", "modified")},
	# Who may work away, and what he earned, without the findings of everybody: facts/reports/standings.py
	"MKD Eligibility": {"mkd_standing": ("company", "outcome", "department", "employee", "tier_limit")},
	# By which decisions about gates a request was denied, among those of all the years: services/objections/subjects.py
	# What HR refused in a month: facts/reports/denials.py
	"MKD Gate Decision": {
		"mkd_reference": ("reference_name", "reference_doctype"),
		"mkd_creation": ("creation", "decision"),
	},
	# What was filed in a period: facts/reports/denials.py, facts/reports/objections.py
	"MKD Objection": {"mkd_filed": ("filed_on", "against_doctype")},
	# Which words there are is read from the index alone: facts/performance.py
	"MKD Performance Record": {"mkd_predicate": ("predicate", "docstatus", "employee")},
	# Which activities name a goal, among everybody's of all years: facts/ledger/appraisal_evidence.py
	"MKD Daily Report Activity": {"mkd_goal": ("goal", "parent")},
}


def sync():
	"""Add what is missing, and build anew what an older version of ours built from other columns."""
	for doctype, indexes in INDEXES.items():
		for name, columns in indexes.items():
			there = columns_of(doctype, name)
			if there and there != columns:
				drop(doctype, name)
			if there != columns:
				frappe.db.add_index(doctype, list(columns), name)


def remove():
	for doctype, indexes in INDEXES.items():
		for name in indexes:
			drop(doctype, name)


def columns_of(doctype, name):
	"""The columns of an index in their order; empty when there is no such index."""
	found = frappe.db.sql(f"show index from `tab{doctype}` where key_name = %s", name, as_dict=True)
	return tuple(row.Column_name for row in sorted(found, key=lambda row: row.Seq_in_index))


def drop(doctype, name):
	frappe.db.sql_ddl(f"alter table `tab{doctype}` drop index if exists `{name}`")
