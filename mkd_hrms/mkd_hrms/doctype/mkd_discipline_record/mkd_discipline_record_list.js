// Who, at which level, and since when.
frappe.listview_settings["MKD Discipline Record"] = {
	add_fields: ["employee_name", "level", "from_date", "stage"],
	hide_name_column: true,
	says: {
		field: "from_date",
		label: () => __("Employee, Level, From"),
		parts: ({ employee_name, level, from_date }) => [
			employee_name,
			__(level || "", null, "MKD Discipline Record"),
			frappe.datetime.str_to_user(from_date),
		],
		unit: ({ stage }) => __(stage || "", null, "MKD Discipline Record"),
	},
};
