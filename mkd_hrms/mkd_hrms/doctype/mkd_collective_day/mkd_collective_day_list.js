// When people go, and what of it is booked. A draft and a cancelled circular are shown as such by the platform.
frappe.listview_settings["MKD Collective Day"] = {
	add_fields: ["processing", "first_date", "from_date"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = { "Waiting": "orange", "Up to Date": "green", "Failed": "red", "Ended": "gray" };
		if (doc.docstatus !== 1 || !doc.processing) return;
		return [__(doc.processing, null, "MKD Collective Day"), colours[doc.processing], `processing,=,${doc.processing}`];
	},
	formatters: {
		subject(subject, _df, { first_date, from_date }) {
			const first = first_date || from_date;
			return first ? `${frappe.datetime.str_to_user(first)} · ${subject}` : subject;
		},
	},
};
