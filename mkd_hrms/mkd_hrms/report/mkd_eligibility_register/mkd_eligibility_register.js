frappe.query_reports["MKD Eligibility Register"] = {
	filters: [
		{
			fieldname: "company",
			label: __("Company", null, "MKD Reports"),
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
			fieldname: "outcome",
			label: __("May Work Away"),
			fieldtype: "Select",
			options: ["", "Eligible", "Not Eligible", "Needs Review"].map((value) => ({ value, label: value && __(value) })),
		},
		{
			fieldname: "stale_within",
			label: __("Result Ends Within (Days)"),
			fieldtype: "Int",
		},
	],
	formatter(value, row, column, data, default_formatter) {
		const text = frappe.utils.escape_html(value ?? "");
		if (column.fieldname === "employee" && data) {
			return `<a href="/app/employee/${encodeURIComponent(data.employee)}">${text}</a>`;
		}
		if (column.fieldname === "outcome_shown" && data) {
			const colours = { Eligible: "green", "Not Eligible": "red", "Needs Review": "orange" };
			return `<span class="indicator-pill ${colours[data.outcome]}">${text}</span>`;
		}
		return column.fieldtype === "Data" ? text : default_formatter(value, row, column, data);
	},
};
