mkd_hrms.report.keep_axes();
frappe.query_reports["MKD Quota Use"] = {
	filters: [
		mkd_hrms.report.company(),
		mkd_hrms.report.unit(),
		...mkd_hrms.report.period(),
		mkd_hrms.report.a_row_for({ Week: __("Each Week"), Month: __("Each Month") }),
	],
	formatter: mkd_hrms.report.formatter({
		department: ({ department }) => department && `/app/mkd-day?department=${encodeURIComponent(department)}`,
	}),
};
