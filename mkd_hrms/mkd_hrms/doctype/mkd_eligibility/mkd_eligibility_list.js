frappe.listview_settings["MKD Eligibility"] = {
	add_fields: ["outcome"],
	get_indicator(doc) {
		const colours = { "Eligible": "green", "Not Eligible": "red", "Needs Review": "orange" };
		return [__(doc.outcome, null, "MKD Eligibility"), colours[doc.outcome] || "gray", `outcome,=,${doc.outcome}`];
	},
};
