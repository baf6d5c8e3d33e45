frappe.query_reports["MKD Over Limit"] = {
	filters: [
		{
			fieldname: "company",
			label: __("Company"),
			fieldtype: "Link",
			options: "Company",
			default: frappe.defaults.get_user_default("Company"),
			reqd: 1,
		},
		{
			fieldname: "department",
			label: __("Unit with Those Below"),
			fieldtype: "Link",
			options: "Department",
			get_query: () => ({ filters: { company: frappe.query_report.get_filter_value("company") } }),
		},
		{
			fieldname: "cause",
			label: __("Why"),
			fieldtype: "Select",
			options: [
				{ value: "", label: "" },
				{ value: "Working Days", label: __("Few working days") },
				{ value: "Track Record", label: __("The track record") },
				{ value: "Weekly Limit", label: __("The policy") },
				{ value: "Legal Ceiling", label: __("The legal ceiling") },
				{ value: "Circular", label: __("A day by circular") },
			],
		},
	],
};
