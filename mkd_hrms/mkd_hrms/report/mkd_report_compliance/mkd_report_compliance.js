mkd_hrms.report.keep_axes();
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
		mkd_hrms.report.company(),
		mkd_hrms.report.unit(),
		...mkd_hrms.report.period(),
		mkd_hrms.report.a_row_for({ Unit: __("Each Unit"), Person: __("Each Person") }),
	],
	formatter: mkd_hrms.report.formatter({ month: (row) => mkd_hrms.report.list_of_month("mkd-daily-report", row) }),
};
