// Who, with which predicate, and until when the period went.
frappe.listview_settings["MKD Performance Record"] = {
	add_fields: ["employee_name", "predicate", "period_end", "source"],
	hide_name_column: true,
	says: {
		field: "period_end",
		label: () => __("Employee, Predicate, Until"),
		parts: ({ employee_name, predicate, period_end }) => [
			employee_name,
			__(predicate || "", null, "MKD Performance Record"),
			frappe.datetime.str_to_user(period_end),
		],
		unit: ({ source }) => __(source || "", null, "MKD Performance Record"),
	},
};
