// What it is, since when and in what it is counted.
frappe.listview_settings["MKD Savings Factor"] = {
	add_fields: ["valid_from", "company", "in_use", "trust"],
	hide_name_column: true,
	get_indicator({ in_use, trust }) {
		if (!in_use) return [__("Not in Use", null, "MKD Savings Factor"), "gray", "in_use,=,0"];
		const colour = { Good: "green", Fair: "blue" }[trust] || "orange";
		return [__(trust, null, "MKD Savings Factor"), colour, `in_use,=,1|trust,=,${trust}`];
	},
	formatters: {
		unit: (unit) => frappe.utils.escape_html(__(unit || "", null, "MKD Savings Factor")),
		factor: (factor, _df, { company }) =>
			frappe.utils.escape_html([__(factor, null, "MKD Savings Factor"), company].filter(Boolean).join(" · ")),
	},
};
