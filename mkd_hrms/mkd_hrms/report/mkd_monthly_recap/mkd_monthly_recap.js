frappe.query_reports["MKD Monthly Recap"] = {
	// A dashboard that asks for filters has no page.
	onload(report) {
		report.page?.add_inner_button(__("Issue Recap"), () => this.issue_recap(report));
	},

	// The recap as a letter is of a whole month, of the unit with all below it.
	issue_recap(report) {
		const { company, department, from_date } = report.get_filter_values();
		const fields = [
			{
				fieldname: "month",
				fieldtype: "Date",
				label: __("Month", null, "MKD Reports"),
				default: from_date,
				reqd: 1,
				description: __("Any day of the month. It has to be over."),
			},
			{
				fieldname: "number",
				fieldtype: "Data",
				label: __("Letter Number"),
				description: __("Only where the settings give none. It can be typed in later, too."),
			},
		];
		const issue = async ({ month, number }) => {
			const asked = { month, company, department, number };
			const letter = await frappe.xcall("mkd_hrms.api.issue_recap", asked);
			frappe.set_route("Form", "MKD Letter", letter.name);
		};
		frappe.prompt(fields, issue, __("Issue Recap"), __("Issue Recap"));
	},

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
