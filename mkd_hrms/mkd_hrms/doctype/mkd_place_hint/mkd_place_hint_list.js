frappe.listview_settings["MKD Place Hint"] = {
	hide_name_column: true,
	get_indicator(doc) {
		const colours = { Open: "orange", Explained: "green", Confirmed: "red" };
		return [__(doc.status, null, "MKD Place Hint"), colours[doc.status], `status,=,${doc.status}`];
	},
};
