frappe.query_reports["MKD Monthly Recap"] = {
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
			fieldname: "by",
			label: __("A Row For"),
			fieldtype: "Select",
			options: [
				{ value: "Unit", label: __("Each Unit") },
				{ value: "Person", label: __("Each Person") },
			],
			default: "Person",
		},
	],
	formatter(value, row, column, data, default_formatter) {
		const text = frappe.utils.escape_html(value ?? "");
		if (column.fieldname === "employee" && data) {
			return `<a href="/app/employee/${encodeURIComponent(data.employee)}">${text}</a>`;
		}
		if (column.fieldname === "month" && data && data.month) {
			const whose = data.employee ? `employee=${encodeURIComponent(data.employee)}` : `department=${encodeURIComponent(data.department || "")}`;
			const dates = JSON.stringify(["Between", [`${data.month}-01`, moment(`${data.month}-01`).endOf("month").format("YYYY-MM-DD")]]);
			return `<a href="/app/mkd-day?${whose}&mkd_date=${encodeURIComponent(dates)}">${text}</a>`;
		}
		return column.fieldtype === "Data" ? text : default_formatter(value, row, column, data);
	},
};
