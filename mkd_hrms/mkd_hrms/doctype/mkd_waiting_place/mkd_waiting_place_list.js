// For which date somebody waits, and whether he was told already.
frappe.listview_settings["MKD Waiting Place"] = {
	add_fields: ["mkd_date", "status", "department"],
	hide_name_column: true,
	get_indicator({ status }) {
		const colours = { Waiting: "orange", Told: "blue", Taken: "green", Ended: "gray" };
		return [__(status, null, "MKD Waiting Place"), colours[status], `status,=,${status}`];
	},
	says: mkd_hrms.when_and_who("mkd_date"),
};
