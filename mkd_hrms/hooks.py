"""What the platform asks of the app, and where the answers stand: dotted paths written out, because people search for them."""

from mkd_hrms.overrides.functions import REPLACED as override_whitelisted_methods  # noqa: F401
from mkd_hrms.overrides.functions import SCRIPTS as app_include_js  # noqa: F401

app_name = "mkd_hrms"
app_title = "MKD HRMS"
app_publisher = "MKD HRMS contributors"
app_description = "Mekanisme Kerja Dinamis (permanent work from anywhere for civil servants) for Frappe HR"
app_email = "mkd-hrms@example.org"
app_license = "gpl-3.0"
required_apps = ["frappe/erpnext", "frappe/hrms"]
export_python_type_annotations = True
before_install = before_migrate = "mkd_hrms.setup.version_gate.check"
after_sync = after_migrate = "mkd_hrms.setup.sync"
before_uninstall = "mkd_hrms.setup.remove"
before_tests = "mkd_hrms.tests.support.world.before_tests"
_app = {"name": app_name, "title": "MKD", "logo": "/assets/mkd_hrms/images/mkd.svg"}
add_to_apps_screen = [  # the platform opens a workspace only where its name is the word of the route
	{**_app, "route": "/app/my-mkd", "has_permission": "mkd_hrms.permissions.desk.may_open_own"},
	{**_app, "route": "/app/mkd-for-hr", "has_permission": "mkd_hrms.permissions.desk.may_open_for_others"},
]
# Only rows whose names nobody else would use: they are imported anew at every migrate.
_rows_of = {"Role": ["MKD Approver", "MKD Officer"], "Workflow State": ["Pending HR Review"]}
_rows_of |= {"Workflow Action Master": ["Evaluate Again"], "Custom HTML Block": ["MKD Standing"]}
fixtures = [{"dt": doctype, "filters": [["name", "in", rows]]} for doctype, rows in _rows_of.items()]
doc_events = {  # of the platform's DocTypes; what happens to ours is said in their controllers
	"Appraisal": {"on_change": "mkd_hrms.overrides.appraisal.on_change"},
	"Appraisal Cycle": {"on_update": "mkd_hrms.overrides.appraisal_cycle.on_update"},
	"Assignment Rule": {"on_change": "mkd_hrms.overrides.assignment_rule.on_change"},
	"Attendance": {
		"before_insert": "mkd_hrms.overrides.attendance.before_insert",
		"before_validate": "mkd_hrms.overrides.attendance.before_validate",
		"on_submit": "mkd_hrms.overrides.attendance.on_submit",
		"on_cancel": "mkd_hrms.overrides.attendance.on_cancel",
		"on_change": "mkd_hrms.overrides.attendance.on_change",
	},
	"Employee Checkin": {
		"before_insert": "mkd_hrms.overrides.employee_checkin.before_insert",
		"before_validate": "mkd_hrms.overrides.employee_checkin.before_validate",
		"after_insert": "mkd_hrms.overrides.employee_checkin.after_insert",
		"onload": "mkd_hrms.overrides.employee_checkin.onload",
	},
	"Company": {
		"on_update": "mkd_hrms.overrides.company.on_update",
		"before_rename": "mkd_hrms.overrides.company.before_rename",
		"on_trash": "mkd_hrms.overrides.company.on_trash",
	},
	"Data Import": {"validate": "mkd_hrms.overrides.data_import.validate"},
	"Department": {
		"on_update": "mkd_hrms.overrides.department.on_update",
		"before_rename": "mkd_hrms.overrides.department.before_rename",
		"after_rename": "mkd_hrms.overrides.department.after_rename",
	},
	"Designation": {"before_rename": "mkd_hrms.overrides.designation.before_rename"},
	"Document Follow": {"after_insert": "mkd_hrms.overrides.document_follow.after_insert"},
	"File": {"validate": "mkd_hrms.overrides.file.validate"},
	"Employee": {
		"validate": "mkd_hrms.overrides.employee.validate",
		"on_update": "mkd_hrms.overrides.employee.on_update",
		"on_change": "mkd_hrms.overrides.employee.on_change",
		"before_rename": "mkd_hrms.overrides.employee.before_rename",
		"after_rename": "mkd_hrms.overrides.employee.after_rename",
		"on_trash": "mkd_hrms.overrides.employee.on_trash",
	},
	"Employee Performance Feedback": {
		"on_change": "mkd_hrms.overrides.employee_performance_feedback.on_change"
	},
	"Energy Point Rule": {"on_change": "mkd_hrms.overrides.energy_point_rule.on_change"},
	"Milestone Tracker": {"on_change": "mkd_hrms.overrides.milestone_tracker.on_change"},
	"Employee Transfer": {
		"before_submit": "mkd_hrms.overrides.employee_transfer.before_submit",
		"on_submit": "mkd_hrms.overrides.employee_transfer.on_submit",
	},
	"Error Log": {"before_insert": "mkd_hrms.overrides.error_log.before_insert"},
	"Goal": {
		"before_validate": "mkd_hrms.overrides.goal.before_validate",
		"validate": "mkd_hrms.overrides.goal.validate",
		"on_change": "mkd_hrms.overrides.goal.on_change",
		"after_delete": "mkd_hrms.overrides.goal.after_delete",
	},
	"Holiday": {
		"on_update": "mkd_hrms.overrides.holiday.on_update",
		"on_trash": "mkd_hrms.overrides.holiday.on_trash",
		"after_rename": "mkd_hrms.overrides.holiday.after_rename",
	},
	"Holiday List": {
		"on_update": "mkd_hrms.overrides.holiday_list.on_update",
		"on_trash": "mkd_hrms.overrides.holiday_list.on_trash",
		"before_rename": "mkd_hrms.overrides.holiday_list.before_rename",
		"after_rename": "mkd_hrms.overrides.holiday_list.after_rename",
	},
	"User": {
		"validate": "mkd_hrms.overrides.user.validate",
		"on_update": "mkd_hrms.overrides.user.on_update",
		"before_rename": "mkd_hrms.overrides.user.before_rename",
	},
	"Transaction Deletion Record": {
		"before_submit": "mkd_hrms.overrides.transaction_deletion_record.before_submit"
	},
	"Personal Data Deletion Request": {
		"on_change": "mkd_hrms.overrides.personal_data_deletion_request.on_change"
	},
	"Shift Assignment": {"on_change": "mkd_hrms.overrides.shift_assignment.on_change"},
	"Shift Type": {"on_update": "mkd_hrms.overrides.shift_type.on_update"},
	"Leave Application": {
		"on_change": "mkd_hrms.overrides.leave_application.on_change",
		"on_submit": "mkd_hrms.overrides.leave_application.on_submit",
		"on_cancel": "mkd_hrms.overrides.leave_application.on_cancel",
	},
	"Travel Request": {
		"on_change": "mkd_hrms.overrides.travel_request.on_change",
		"on_submit": "mkd_hrms.overrides.travel_request.on_submit",
		"on_cancel": "mkd_hrms.overrides.travel_request.on_cancel",
	},
	"Training Event": {
		"on_change": "mkd_hrms.overrides.training_event.on_change",
		"on_submit": "mkd_hrms.overrides.training_event.on_submit",
		"on_update_after_submit": "mkd_hrms.overrides.training_event.on_update_after_submit",
		"on_cancel": "mkd_hrms.overrides.training_event.on_cancel",
	},
	"Attendance Request": {
		"validate": "mkd_hrms.overrides.attendance_request.validate",
		"on_change": "mkd_hrms.overrides.attendance_request.on_change",
		"on_submit": "mkd_hrms.overrides.attendance_request.on_submit",
		"on_cancel": "mkd_hrms.overrides.attendance_request.on_cancel",
	},
}
override_doctype_class = {  # HRMS asks for the radius within its validate, Frappe reads a file at once: no event comes before
	"Employee Checkin": "mkd_hrms.overrides.employee_checkin.MKDEmployeeCheckin",
	"File": "mkd_hrms.overrides.file.MKDFile",
	"Notification": "mkd_hrms.overrides.notification.MKDNotification",
	"Prepared Report": "mkd_hrms.overrides.prepared_report.MKDPreparedReport",
	"Workflow Action": "mkd_hrms.overrides.workflow_action.MKDWorkflowAction",
}
override_doctype_dashboards = {"Employee": "mkd_hrms.overrides.functions.open_counts.get_dashboard"}
calendars = ["MKD Day", "MKD Request"]
extend_bootinfo = "mkd_hrms.overrides.functions.boot.extend"
before_request = "mkd_hrms.overrides.functions.other_names.refuse"
after_request = "mkd_hrms.overrides.functions.answers_to_programs.settle"
_decided = "Request, Suspension, Warning, Day, Daily Report, Objection, Collective Day".split(", ")
doctype_js = {f"MKD {name}": ["public/js/object.js", "public/js/letters.js"] for name in _decided}
doctype_js |= {name: f"public/js/{name.lower()}.js" for name in ("Employee", "Appraisal")}
doctype_js |= {"Employee Checkin": ["public/js/employee_checkin.js", "public/js/checkin_notice.js"]}
_ended = "MKD Early Warning, MKD Waiting Place, Workflow Action".split(", ")
default_log_clearing_doctypes = {"MKD Evaluation Run": 90, **dict.fromkeys(_ended, 400)}  # days
scheduler_events = {
	"cron": {
		"*/15 * * * *": [  # soon enough for the hour of the policy at which a working day begins
			"mkd_hrms.tasks.expire_undecided",
			"mkd_hrms.tasks.end_days",
			"mkd_hrms.tasks.climb_ladder",
			"mkd_hrms.tasks.escalate_unverified",
		],
		"0 6 * * *": ["mkd_hrms.tasks.tell_early_warnings", "mkd_hrms.tasks.remind_of_reports"],  # once
		"0 5 * * 1": ["mkd_hrms.tasks.follow_patterns"],
	},
	"daily_long": [
		"mkd_hrms.tasks.refresh_standings",
		"mkd_hrms.tasks.mend_attendance",
		"mkd_hrms.tasks.forget_places",
	],
	"daily": ["mkd_hrms.tasks.follow_up_measures", "mkd_hrms.tasks.book_collective_days"],
}
auto_cancel_exempted_doctypes = (  # nothing of ours is cancelled in passing, with an employee or anything else
	"MKD Request, MKD Daily Report, MKD Gate Decision, MKD Objection, MKD Warning, MKD Suspension, MKD Talent Record,"
	" MKD Discipline Record, MKD Performance Record, MKD Policy, MKD Outage, MKD Office Day, MKD Day Swap, MKD Collective Day"
).split(", ")
ignore_links_on_delete = ["MKD Calendar Feed"]  # it ends with whom it tells of
_ours = (  # who sees what: the functions stand in a table of permissions/, by DocType
	"Request, Daily Report, Day, Place Hint, Eligibility, Early Warning, Agreement, Suspension, Warning, Objection,"
	" Gate Decision, Performance Record, Talent Record, Discipline Record, Decision Record, Day Reason, Day Swap,"
	" Retention Run, Waiting Place, Calendar Feed, Service Point, Import, Import Line, Export, Letter"
).split(", ")
_theirs = "Prepared Report, File, Tag Link, Document Follow, Energy Point Log".split(", ")
_documents = [*(f"MKD {name}" for name in _ours), *_theirs]
_rows = "Service Point Member, Request Date, Work Plan Item, Daily Report Activity".split(", ")
_lists = ["Workflow Action", "Employee Checkin", *(f"MKD {name}" for name in _rows)]
has_permission = dict.fromkeys([*_documents, "Notification Log"], "mkd_hrms.permissions.may")
permission_query_conditions = dict.fromkeys([*_documents, *_lists], "mkd_hrms.permissions.condition")
