frappe.listview_settings["MKD Early Warning"] = {
	add_fields: ["status"],
	filters: [["status", "=", "Open"]],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = { Open: "orange", Ended: "gray" };
		const label = __(doc.status, null, "MKD Early Warning");
		return [label, colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
