// For which date somebody waits, and whether he was told already.
frappe.listview_settings["MKD Waiting Place"] = {
	add_fields: ["mkd_date", "status", "department"],
	hide_name_column: true,
	get_indicator({ status }) {
		const colours = { Waiting: "orange", Told: "blue", Taken: "green", Ended: "gray" };
		return [__(status, null, "MKD Waiting Place"), colours[status], `status,=,${status}`];
	},
	formatters: {
		employee_name: (name, _df, { mkd_date, department }) => mkd_hrms.with_unit(`${frappe.datetime.str_to_user(mkd_date)} · ${name}`, department),
	},
};
