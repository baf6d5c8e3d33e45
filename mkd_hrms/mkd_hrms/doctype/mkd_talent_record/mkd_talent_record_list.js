// Of which year, who, and in which box.
frappe.listview_settings["MKD Talent Record"] = {
	add_fields: ["employee_name", "year", "box", "company"],
	hide_name_column: true,
	says: {
		field: "year",
		label: () => __("Year, Employee, Box"),
		parts: ({ year, employee_name, box }) => [year, employee_name, __("Box {0}", [box])],
		unit: ({ company }) => company,
	},
};
