// What was asked for, of which days, and how far it is.
frappe.listview_settings["MKD Export"] = {
	add_fields: ["status", "kind", "profile", "from_date", "to_date", "company"],
	hide_name_column: true,
	says: {
		field: "kind",
		label: () => __("What and of Which Days"),
		parts: ({ kind, profile, from_date, to_date }) => [
			profile || __(kind, null, "MKD Export"),
			[from_date, to_date].map((day) => frappe.datetime.str_to_user(day)).join(" – "),
		],
		unit: ({ company }) => company,
	},
	get_indicator({ status }) {
		const colours = { Waiting: "orange", Running: "blue", Completed: "green", Failed: "red", Removed: "gray" };
		return [__(status, null, "MKD Export"), colours[status], `status,=,${status}`];
	},
};
