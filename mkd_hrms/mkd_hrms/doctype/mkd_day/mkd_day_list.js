frappe.listview_settings["MKD Day"] = {
	add_fields: ["status"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = {
			"Pending": "orange",
			"Approved": "green",
			"Suspended": "yellow",
			"Worked": "blue",
			"No Show": "red",
			"Revoked": "red",
			"Released": "gray",
		};
		return [__(doc.status, null, "MKD Day"), colours[doc.status], `status,=,${doc.status}`];
	},
};
