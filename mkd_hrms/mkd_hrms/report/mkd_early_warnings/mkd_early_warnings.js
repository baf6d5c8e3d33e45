frappe.query_reports["MKD Early Warnings"] = {
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
			fieldname: "gate",
			label: __("Gate"),
			fieldtype: "Select",
			options: ["", "Freshness", "Absence", "Lateness", "Reports", "Agreement", "Tier"].map((value) => ({
				value,
				label: value && __(value, null, "MKD Policy Gate"),
			})),
		},
		{
			fieldname: "status",
			label: __("Status", null, "MKD Early Warning"),
			fieldtype: "Select",
			options: ["Open", "Ended"].map((value) => ({ value, label: __(value, null, "MKD Early Warning") })),
			default: "Open",
		},
	],
	formatter(value, row, column, data, default_formatter) {
		const text = frappe.utils.escape_html(value ?? "");
		if (column.fieldname === "employee" && data) {
			return `<a href="/app/employee/${encodeURIComponent(data.employee)}">${text}</a>`;
		}
		return column.fieldtype === "Data" ? text : default_formatter(value, row, column, data);
	},
};
