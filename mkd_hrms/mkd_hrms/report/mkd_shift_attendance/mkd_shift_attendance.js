frappe.query_reports["MKD Shift Attendance"] = {
	filters: [
		{
			fieldname: "from_date",
			label: __("From Date", null, "MKD Reports"),
			fieldtype: "Date",
			reqd: 1,
			default: frappe.datetime.month_start(),
		},
		{
			fieldname: "to_date",
			label: __("To Date", null, "MKD Reports"),
			fieldtype: "Date",
			reqd: 1,
			default: frappe.datetime.month_end(),
		},
		{ fieldname: "employee", label: __("Employee", null, "MKD Reports"), fieldtype: "Link", options: "Employee" },
		{ fieldname: "shift", label: __("Shift Type", null, "MKD Reports"), fieldtype: "Link", options: "Shift Type" },
		{ fieldname: "department", label: __("Department", null, "MKD Reports"), fieldtype: "Link", options: "Department" },
		{
			fieldname: "company",
			label: __("Company", null, "MKD Reports"),
			fieldtype: "Link",
			options: "Company",
			reqd: 1,
			default: frappe.defaults.get_user_default("Company"),
		},
		{ fieldname: "late_entry", label: __("Late Entry", null, "MKD Reports"), fieldtype: "Check" },
		{ fieldname: "early_exit", label: __("Early Exit", null, "MKD Reports"), fieldtype: "Check" },
		{
			fieldname: "consider_grace_period",
			label: __("Consider Grace Period", null, "MKD Reports"),
			fieldtype: "Check",
			default: 1,
		},
		{
			fieldname: "include_attendance_without_checkins",
			label: __("Include Attendance Without Check-ins"),
			fieldtype: "Check",
			default: 1,
		},
		{ fieldname: "mkd_only", label: __("MKD Days Only"), fieldtype: "Check" },
	],

	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		const is_late = column.fieldname === "in_time" && data?.late_entry;
		const is_early = column.fieldname === "out_time" && data?.early_exit;
		const is_missing = column.fieldname === "report_shown" && data?.report_state === "Missing";
		return is_late || is_early || is_missing ? `<span class="text-danger">${shown}</span>` : shown;
	},
};
