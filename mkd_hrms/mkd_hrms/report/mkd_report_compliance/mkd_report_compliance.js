frappe.query_reports["MKD Report Compliance"] = {
	filters: [
		mkd_hrms.report.company(),
		mkd_hrms.report.unit(),
		...mkd_hrms.report.period(),
		mkd_hrms.report.a_row_for({ Unit: __("Each Unit"), Person: __("Each Person") }),
	],
	formatter: mkd_hrms.report.formatter({ month: (row) => mkd_hrms.report.list_of_month("mkd-daily-report", row) }),
};
