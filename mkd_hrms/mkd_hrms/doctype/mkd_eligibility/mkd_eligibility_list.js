frappe.listview_settings["MKD Eligibility"] = {
	add_fields: ["outcome"],
	get_indicator(doc) {
		const colours = { "Eligible": "green", "Not Eligible": "red", "Needs Review": "orange" };
		return [__(doc.outcome), colours[doc.outcome] || "gray", `outcome,=,${doc.outcome}`];
	},
};
