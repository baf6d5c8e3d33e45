frappe.listview_settings["MKD Eligibility"] = {
	add_fields: ["outcome"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = { "Eligible": "green", "Not Eligible": "red", "Needs Review": "orange" };
		const label = __(doc.outcome, null, "MKD Eligibility");
		return [label, colours[doc.outcome] || "gray", `outcome,=,${doc.outcome}`];
	},
};
