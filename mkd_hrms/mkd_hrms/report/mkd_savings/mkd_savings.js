// The quarter before this one: its days have ended, and its bills have come.
frappe.query_reports["MKD Savings"] = {
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
			default: moment(frappe.datetime.get_today()).subtract(1, "quarter").startOf("quarter").format("YYYY-MM-DD"),
		},
		{
			fieldname: "to_date",
			label: __("To", null, "MKD Reports"),
			fieldtype: "Date",
			default: moment(frappe.datetime.get_today()).subtract(1, "quarter").endOf("quarter").format("YYYY-MM-DD"),
		},
		{
			fieldname: "by",
			label: __("A Row For"),
			fieldtype: "Select",
			options: [
				{ value: "Month", label: __("Each Month") },
				{ value: "Quarter", label: __("Each Quarter") },
			],
			default: "Month",
		},
	],
	formatter(value, row, column, data, default_formatter) {
		return column.fieldtype === "Data" ? frappe.utils.escape_html(value ?? "") : default_formatter(value, row, column, data);
	},
};
