// When it is, and of which kind; submitted, it is in force.
frappe.listview_settings["MKD Office Day"] = {
	add_fields: ["from_date", "to_date"],
	hide_name_column: true,
	get_indicator(doc) {
		const today = frappe.datetime.get_today();
		if (doc.docstatus !== 1) return;
		if (doc.to_date < today) return [__("Ended", null, "MKD Office Day"), "gray", `to_date,<,${today}`];
		return [__("In Force", null, "MKD Office Day"), "green", `to_date,>=,${today}`];
	},
	formatters: {
		title: (title, _df, { from_date }) => `${frappe.datetime.str_to_user(from_date)} · ${title}`,
		kind: (kind) => frappe.utils.escape_html(__(kind, null, "MKD Office Day")),
	},
};
