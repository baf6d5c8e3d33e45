mkd_hrms.report.keep_axes();
frappe.query_reports["MKD Over Limit"] = {
	filters: [
		mkd_hrms.report.company(),
		mkd_hrms.report.unit(),
		{
			fieldname: "cause",
			label: __("Why"),
			fieldtype: "Select",
			options: [
				{ value: "", label: "" },
				{ value: "Working Days", label: __("Few working days") },
				{ value: "Track Record", label: __("The track record") },
				{ value: "Weekly Limit", label: __("The policy") },
				{ value: "Legal Ceiling", label: __("The legal ceiling") },
				{ value: "Circular", label: __("A day by circular") },
			],
		},
	],
};
