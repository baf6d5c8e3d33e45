mkd_hrms.report.keep_axes();
frappe.query_reports["MKD Early Warnings"] = {
	filters: [
		mkd_hrms.report.company(),
		mkd_hrms.report.unit(),
		mkd_hrms.report.choice(
			"gate",
			__("Gate"),
			["Freshness", "Absence", "Lateness", "Reports", "Agreement", "Tier"],
			(gate) => __(gate, null, "MKD Policy Gate")
		),
		{
			fieldname: "status",
			label: __("Status", null, "MKD Early Warning"),
			fieldtype: "Select",
			options: ["Open", "Ended"].map((value) => ({ value, label: __(value, null, "MKD Early Warning") })),
			default: "Open",
		},
	],
	formatter: mkd_hrms.report.formatter(),
};
