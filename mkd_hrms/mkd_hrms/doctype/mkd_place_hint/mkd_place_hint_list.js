// Whom it is about and of which day, which on a telephone is all that a list shows beside the state.
frappe.listview_settings["MKD Place Hint"] = {
	add_fields: ["mkd_date", "status", "department"],
	hide_name_column: true,
	says: mkd_hrms.when_and_who("mkd_date"),
	get_indicator(doc) {
		const colours = { Open: "orange", Explained: "green", Confirmed: "red" };
		return [__(doc.status, null, "MKD Place Hint"), colours[doc.status], `status,=,${doc.status}`];
	},
};
