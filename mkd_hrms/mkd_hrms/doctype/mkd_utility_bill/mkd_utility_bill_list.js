// Whose bill it is, of which building and month.
frappe.listview_settings["MKD Utility Bill"] = {
	add_fields: ["company", "building", "month"],
	hide_name_column: true,
	formatters: {
		kind: (kind) => frappe.utils.escape_html(__(kind, null, "MKD Utility Bill")),
	},
};
