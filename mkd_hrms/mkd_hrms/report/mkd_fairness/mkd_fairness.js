frappe.query_reports["MKD Fairness"] = {
	filters: [
		mkd_hrms.report.company(),
		{
			fieldname: "department",
			label: __("Department", null, "MKD Fairness"),
			fieldtype: "Link",
			options: "Department",
			get_query: () => ({ filters: { company: frappe.query_report.get_filter_value("company") } }),
		},
		{
			fieldname: "month",
			label: __("A Day of the Month"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
			reqd: 1,
		},
	],
};
