"""Our fields on the platform's own DocTypes. One list, two verbs: setup creates them, uninstall removes them."""

from mkd_hrms.constants import DAY, MODULE

CUSTOM_FIELDS = {
	"Employee": [
		{
			"fieldname": "mkd_nip",
			"fieldtype": "Data",
			"label": "NIP",
			"length": 18,
			"insert_after": "employee_number",
			"search_index": 1,
			"no_copy": 1,
			"description": "The civil servant's number: 18 digits.",
		},
		{
			"fieldname": "mkd_echelon",
			"fieldtype": "Data",
			"label": "Echelon",
			"insert_after": "mkd_nip",
			"description": "For reports only; every echelon may apply for MKD.",
		},
	],
	"Attendance": [
		# No link: the platform would let every list of attendance ask for columns of the day, and ask nobody who sees it.
		{
			"fieldname": "mkd_day",
			"fieldtype": "Data",
			"label": DAY,
			"insert_after": "attendance_request",
			"read_only": 1,
			"no_copy": 1,
			"search_index": 1,
		},
		{
			"fieldname": "mkd_before",
			"fieldtype": "Small Text",
			"label": "Before MKD",
			"insert_after": "mkd_day",
			"read_only": 1,
			"hidden": 1,
			"no_copy": 1,
			"description": "What stood here before the MKD day changed it, so that it can be put back.",
		},
	],
	"Employee Checkin": [
		{
			"fieldname": "mkd_accuracy",
			"fieldtype": "Float",
			"label": "Accuracy (m)",
			"insert_after": "longitude",
			"non_negative": 1,
			"no_copy": 1,
			"description": "How exact the device says its position is.",
		},
		{
			"fieldname": "mkd_received_at",
			"fieldtype": "Datetime",
			"label": "Received at",
			"insert_after": "time",
			"read_only": 1,
			"no_copy": 1,
			"description": "When the server received this check-in; Time is what it claims.",
		},
	],
	"Goal": [
		{
			"fieldname": "mkd_target_minutes",
			"fieldtype": "Int",
			"label": "Planned MKD Minutes",
			"non_negative": 1,
			"insert_after": "progress",
			"depends_on": "eval:!doc.is_group",
			"no_copy": 1,
			"description": "If planned, the progress follows the minutes of verified MKD reports that name this goal.",
		},
	],
	"Department": [
		{
			"fieldname": "mkd_public_service",
			"fieldtype": "Select",
			"label": "Face-to-face public service",
			"options": "\nYes\nNo",
			"insert_after": "company",
			"description": "Empty: as the unit above.",
		},
	],
}

for fields in CUSTOM_FIELDS.values():
	for field in fields:
		field["module"] = MODULE
