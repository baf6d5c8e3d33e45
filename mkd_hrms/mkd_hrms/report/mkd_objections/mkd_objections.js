mkd_hrms.report.keep_axes();
frappe.query_reports["MKD Objections"] = {
	filters: [
		mkd_hrms.report.company(),
		mkd_hrms.report.unit(),
		...mkd_hrms.report.period(),
		mkd_hrms.report.choice(
			"against",
			__("Against"),
			["MKD Request", "MKD Suspension", "MKD Warning", "MKD Day", "MKD Daily Report"],
			(doctype) => __(doctype)
		),
		mkd_hrms.report.choice(
			"status",
			__("Outcome", null, "MKD Objection"),
			["Pending Decision", "Upheld", "Dismissed", "Withdrawn"],
			(status) => __(status, null, "MKD Objection")
		),
	],
	formatter: mkd_hrms.report.formatter(),
};
