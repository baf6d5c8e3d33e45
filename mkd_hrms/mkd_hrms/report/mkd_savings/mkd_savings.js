// The quarter before this one: its days have ended, and its bills have come.
const MKD_QUARTER_OF_SAVINGS = moment(frappe.datetime.get_today()).subtract(1, "quarter");

mkd_hrms.report.keep_axes();
frappe.query_reports["MKD Savings"] = {
	filters: [
		mkd_hrms.report.company(),
		mkd_hrms.report.unit(),
		...mkd_hrms.report.period(
			...["startOf", "endOf"].map((end) => MKD_QUARTER_OF_SAVINGS.clone()[end]("quarter").format("YYYY-MM-DD"))
		),
		mkd_hrms.report.a_row_for({ Month: __("Each Month"), Quarter: __("Each Quarter") }),
	],
	formatter: mkd_hrms.report.formatter(),
};
