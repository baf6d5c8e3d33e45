"""What no writer of ours would leave behind, planted around all of them: statements by the name of the question."""


def day(values, name="approved"):
	return f"update `tabMKD Day` set {values} where name = %({name})s"


def request(values):
	return f"update `tabMKD Request` set {values} where name = %(request)s"


def attendance(values):
	return f"update `tabAttendance` set {values} where name = %(attendance)s"


def record(values):
	return f"update `tabMKD Decision Record` set {values} where reference_name = %(request)s"


def insert(doctype, **values):
	columns = ", ".join(f"`{name}`" for name in values)
	return f"insert into `tab{doctype}` (name, {columns}) values ('audit', {', '.join(values.values())})"


def replaced(path, value):
	"""Another value in the findings of all evaluations."""
	return record(f"findings = json_set(findings, '{path}', {value})")


def measure(doctype="MKD Warning", **values):
	"""A measure against the employee that was given by somebody else, for a reason, unless the values say otherwise."""
	values = {"owner": "'Administrator'", "modified_by": "'Administrator'", "ground": "'Teguran'", **values}
	return insert(doctype, employee="%(employee)s", docstatus="1", **values)


FIRST = "$[0].findings[0]"
PLANTS = {
	# 1 The quota
	"week over its limit": ["update `tabMKD Day` set limit_at_booking = 1 where employee = %(employee)s"],
	"slot outside the limit": [day("slot = limit_at_booking + 1")],
	"wrong week": [day("iso_week = '2026-W40'")],
	# 2 One day per date
	"day of nobody": [day("person = null")],
	"person is somebody else": [day("person = 'somebody else'")],
	# 3 Nobody whom a gate keeps out
	"day without request": [day("source_name = 'no such request'")],
	"day without circular": [day("source_doctype = 'MKD Collective Day'")],
	"day contradicts request": [day("status = 'Pending'")],
	"asked date without day": ["delete from `tabMKD Day` where name = %(approved)s"],
	"status contradicts document": [request("docstatus = 0")],
	"approved against a gate": [replaced(f"{FIRST}.verdict", "'Fail'")],
	"approved while suspended": [
		insert(
			"MKD Suspension",
			employee="%(employee)s",
			from_date="'2026-11-01'",
			to_date="'2026-12-31'",
			docstatus="1",
			owner="'Administrator'",
		)
	],
	"suspended and over": [day("status = 'Suspended'", "worked")],
	"approved for who has left": [
		"update `tabEmployee` set relieving_date = '2026-11-20' where name = %(employee)s"
	],
	"accepted by nobody": [replaced(f"{FIRST}.reason", "'decided_for'")],
	# 4 Nobody in his own case
	"own case (request.decided_by)": [request("decided_by = %(user)s")],
	"own case (request.superior_approved_by)": [request("superior_approved_by = %(user)s")],
	"own case (day.confirmed_by)": [day("confirmed_by = %(user)s", "worked")],
	"own case (report.verifier)": [
		"update `tabMKD Daily Report` set verifier = %(user)s where employee = %(employee)s"
	],
	"own case (gate_decision.decided_by)": [
		insert("MKD Gate Decision", employee="%(employee)s", gate="'Role'", decided_by="%(user)s")
	],
	"own case (suspension.lifted_by)": [
		insert("MKD Suspension", employee="%(employee)s", lifted_by="%(user)s", owner="'Administrator'")
	],
	"own case (suspension.annulled_by)": [measure("MKD Suspension", annulled_by="%(user)s")],
	"own case (suspension.modified_by)": [measure("MKD Suspension", modified_by="%(user)s")],
	"own case (warning.annulled_by)": [measure(annulled_by="%(user)s")],
	"own case (warning.modified_by)": [measure(modified_by="%(user)s")],
	"own case (objection.decided_by)": [
		insert("MKD Objection", employee="%(employee)s", decided_by="%(user)s")
	],
	"own record": [insert("MKD Performance Record", employee="%(employee)s", owner="%(user)s")],
	# 5 Attendance follows the day
	"attendance before its day": [attendance("attendance_date = '2026-12-31'")],
	"attendance of another day": [attendance("mkd_day = %(approved)s")],
	"attendance of an undone day": [day("status = 'Revoked'", "worked")],
	"day names what is not there": [day("attendance = 'no such row'", "worked")],
	"nothing to go back to": [attendance("mkd_before = 'Present'")],
	"no-show without absence": [day("status = 'No Show'", "worked")],
	# 6 Decisions stay as they were made
	"decision without record": ["delete from `tabMKD Decision Record` where reference_name = %(request)s"],
	"record was changed": [record("modified = modified + interval 1 day")],
	"record cannot be read": [record("findings = '[]'")],
	"finding without clause": [record(f"findings = json_remove(findings, '{FIRST}.source')")],
	"policy is gone": [replaced("$[0].policy", "'no such policy'")],
	"measure without ground": [measure(ground="' '")],
	"measure rests on nothing": [
		measure(
			step="1",
			policy="'any'",
			source_events="""'{"times": 1, "events": [["2026-11-02", "Missing Report", "no such day"]]}'""",
		)
	],
	"file changed": [
		"update `tabMKD Daily Report Activity` set evidence = '/private/files/tidak-ada.pdf', evidence_hash = 'x'"
		" where parent in (select name from `tabMKD Daily Report` where employee = %(employee)s)"
	],
	# 7 Missing data neither passes nor fails
	"missing data passed or failed": [replaced(f"{FIRST}.reason", "'status_missing'")],
	"request contradicts its record": [request("outcome = 'Not Eligible'")],
	# 8 Others do not learn why
	"everybody may read it": [
		insert("Custom DocPerm", parent="'MKD Discipline Record'", role="'Employee'", read="1")
	],
	"shared with somebody": [
		insert("DocShare", share_doctype="'MKD Gate Decision'", share_name="'any'", user="%(user)s")
	],
	"hidden fields opened": [
		insert("Custom DocPerm", parent="'MKD Request'", role="'Employee'", permlevel="1", read="1")
	],
	# 9 What is installed
	"field not once": ["delete from `tabCustom Field` where dt = 'Attendance' and fieldname = 'mkd_before'"],
	"workflow not once": ["update `tabWorkflow` set is_active = 0 where document_type = 'MKD Request'"],
	"role missing": ["delete from `tabRole` where name = 'MKD Officer'"],
	# 10 Records without MKD
	"attendance touched without a day": [
		"update `tabAttendance` set mkd_before = '{}' where employee = %(employee)s and attendance_date = '2026-11-24'"
	],
}
