frappe.query_reports["MKD Report Compliance"] = {
	// A dashboard that asks for filters has no page.
	onload(report) {
		report.page?.add_inner_button(__("Issue Verification Sheet"), () => this.issue_sheet(report));
	},

	// A sheet is of one person: of those whom the report shows.
	issue_sheet(report) {
		const { from_date, to_date } = report.get_filter_values();
		const people = new Map();
		for (const row of report.data || []) if (row.employee) people.set(row.employee, row.employee_name);
		if (!people.size) {
			frappe.msgprint(__("Let the report show a row for each person first."));
			return;
		}
		const fields = [
			{
				fieldname: "employee",
				fieldtype: "Select",
				label: __("Employee", null, "MKD Reports"),
				options: [...people].map(([value, name]) => ({ value, label: `${name} (${value})` })),
				reqd: 1,
			},
			{
				fieldname: "from_date",
				fieldtype: "Date",
				label: __("From", null, "MKD Reports"),
				default: from_date,
				reqd: 1,
			},
			{ fieldname: "to_date", fieldtype: "Date", label: __("To", null, "MKD Reports"), default: to_date, reqd: 1 },
			{
				fieldname: "number",
				fieldtype: "Data",
				label: __("Letter Number"),
				description: __("Only where the settings give none. It can be typed in later, too."),
			},
		];
		const issue = async (values) => {
			const letter = await frappe.xcall("mkd_hrms.api.issue_verification_sheet", values);
			frappe.set_route("Form", "MKD Letter", letter.name);
		};
		frappe.prompt(fields, issue, __("Issue Verification Sheet"), __("Issue Verification Sheet"));
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
			default: "Unit",
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
			return `<a href="/app/mkd-daily-report?${whose}&mkd_date=${encodeURIComponent(dates)}">${text}</a>`;
		}
		return column.fieldtype === "Data" ? text : default_formatter(value, row, column, data);
	},
};
