frappe.query_reports["MKD Objections"] = {
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
			fieldname: "from_date",
			label: __("From", null, "MKD Reports"),
			fieldtype: "Date",
			default: frappe.datetime.month_start(),
			reqd: 1,
		},
		{
			fieldname: "to_date",
			label: __("To", null, "MKD Reports"),
			fieldtype: "Date",
			default: frappe.datetime.month_end(),
			reqd: 1,
		},
		{
			fieldname: "against",
			label: __("Against"),
			fieldtype: "Select",
			options: ["", "MKD Request", "MKD Suspension", "MKD Warning", "MKD Day", "MKD Daily Report"].map((value) => ({
				value,
				label: value && __(value),
			})),
		},
		{
			fieldname: "status",
			label: __("Outcome", null, "MKD Objection"),
			fieldtype: "Select",
			options: ["", "Pending Decision", "Upheld", "Dismissed", "Withdrawn"].map((value) => ({
				value,
				label: value && __(value, null, "MKD Objection"),
			})),
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
