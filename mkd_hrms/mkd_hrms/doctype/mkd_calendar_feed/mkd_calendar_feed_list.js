// Of whom a link tells, and whether it still does.
frappe.listview_settings["MKD Calendar Feed"] = {
	add_fields: ["revoked_on", "reference_name"],
	hide_name_column: true,
	get_indicator({ revoked_on }) {
		if (revoked_on) return [__("Revoked", null, "MKD Calendar Feed"), "gray", "revoked_on,is,set"];
		return [__("In Force", null, "MKD Calendar Feed"), "green", "revoked_on,is,not set"];
	},
	formatters: {
		reference_title: (title, _df, { reference_name }) => title || reference_name,
	},
};
