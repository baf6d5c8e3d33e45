frappe.query_reports["MKD Coverage"] = {
	filters: [
		mkd_hrms.report.company(),
		mkd_hrms.report.unit(),
		...mkd_hrms.report.period(frappe.datetime.get_today(), frappe.datetime.add_days(frappe.datetime.get_today(), 13)),
		{
			fieldname: "only_without_room",
			label: __("Only without Room"),
			fieldtype: "Check",
		},
	],
	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		return column.fieldname === "room" && data && data.room < 0 ? `<span class="text-danger">${shown}</span>` : shown;
	},
};
