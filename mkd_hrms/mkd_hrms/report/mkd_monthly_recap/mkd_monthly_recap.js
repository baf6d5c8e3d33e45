mkd_hrms.report.keep_axes();
frappe.query_reports["MKD Monthly Recap"] = {
	// A dashboard that asks for filters has no page.
	onload(report) {
		report.page?.add_inner_button(__("Issue Recap"), () => this.issue_recap(report));
	},

	// The recap as a letter is of a whole month, of the unit with all below it.
	issue_recap(report) {
		const { company, department, from_date } = report.get_filter_values();
		const today = moment(frappe.datetime.get_today());
		const is_over = from_date && moment(from_date).endOf("month").isBefore(today);
		const last = today.clone().subtract(1, "month").startOf("month").format("YYYY-MM-DD");
		const fields = [
			{
				fieldname: "month",
				fieldtype: "Date",
				label: __("Month", null, "MKD Reports"),
				default: is_over ? from_date : last,
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
		mkd_hrms.report.company(),
		mkd_hrms.report.unit(),
		...mkd_hrms.report.period(),
		mkd_hrms.report.a_row_for({ Unit: __("Each Unit"), Person: __("Each Person") }),
	],
	formatter: mkd_hrms.report.formatter({ month: (row) => mkd_hrms.report.list_of_month("mkd-day", row) }),
};
