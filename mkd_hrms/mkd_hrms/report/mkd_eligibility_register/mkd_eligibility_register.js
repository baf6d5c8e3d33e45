mkd_hrms.report.keep_axes();
frappe.query_reports["MKD Eligibility Register"] = {
	filters: [
		mkd_hrms.report.company(),
		mkd_hrms.report.unit(),
		mkd_hrms.report.choice("outcome", __("May Work Away"), ["Eligible", "Not Eligible", "Needs Review"], (outcome) => __(outcome)),
		{
			fieldname: "stale_within",
			label: __("Result Ends Within (Days)"),
			fieldtype: "Int",
		},
	],
	formatter(value, row, column, data, default_formatter) {
		if (column.fieldname === "outcome_shown" && data) {
			const colours = { Eligible: "green", "Not Eligible": "red", "Needs Review": "orange" };
			return `<span class="indicator-pill ${colours[data.outcome]}">${frappe.utils.escape_html(value ?? "")}</span>`;
		}
		return mkd_hrms.report.formatter()(value, row, column, data, default_formatter);
	},
};
