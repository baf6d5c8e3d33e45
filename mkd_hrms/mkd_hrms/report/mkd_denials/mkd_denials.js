// The gates in the order in which they are always shown.
const MKD_GATES_OF_DENIALS = [
	...["Status", "Type", "Not New", "Role", "Service Unit", "Performance", "Freshness", "Talent Box", "Absence", "Records"],
	...["Lateness", "Discipline", "Reports", "TRK", "Agreement", "Readiness", "Suspension", "Tier"],
];

mkd_hrms.report.keep_axes();
frappe.query_reports["MKD Denials"] = {
	filters: [
		mkd_hrms.report.company(),
		mkd_hrms.report.unit(),
		...mkd_hrms.report.period(),
		mkd_hrms.report.choice("gate", __("Gate"), MKD_GATES_OF_DENIALS, (gate) => __(gate, null, "MKD Policy Gate")),
		mkd_hrms.report.a_row_for({ Unit: __("Each Unit and Gate"), Request: __("Each Request") }),
	],
	formatter: mkd_hrms.report.formatter(),
};
