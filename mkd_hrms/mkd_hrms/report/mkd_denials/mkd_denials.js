// The gates in the order in which they are always shown.
const MKD_GATES_OF_DENIALS = [
	...["Status", "Type", "Not New", "Role", "Service Unit", "Performance", "Freshness", "Talent Box", "Absence", "Records"],
	...["Lateness", "Discipline", "Reports", "TRK", "Agreement", "Readiness", "Suspension", "Tier"],
];

frappe.query_reports["MKD Denials"] = {
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
		},
		{
			fieldname: "to_date",
			label: __("To", null, "MKD Reports"),
			fieldtype: "Date",
			default: frappe.datetime.month_end(),
		},
		{
			fieldname: "gate",
			label: __("Gate"),
			fieldtype: "Select",
			options: ["", ...MKD_GATES_OF_DENIALS].map((value) => ({
				value,
				label: value && __(value, null, "MKD Policy Gate"),
			})),
		},
		{
			fieldname: "by",
			label: __("A Row For"),
			fieldtype: "Select",
			options: [
				{ value: "Unit", label: __("Each Unit and Gate") },
				{ value: "Request", label: __("Each Request") },
			],
			default: "Unit",
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
