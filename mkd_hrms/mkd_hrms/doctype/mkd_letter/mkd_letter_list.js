// Whether a letter holds, and which of them wait for a number.
frappe.listview_settings["MKD Letter"] = {
	add_fields: ["status", "number", "kind", "letter_date", "employee_name", "department"],
	hide_name_column: true,
	says: {
		field: "letter_date",
		label: (with_unit) => (with_unit ? __("Date, Letter, Employee, Unit") : __("Date, Letter and Employee")),
		parts: ({ letter_date, kind, number, employee_name }) => [
			letter_date && frappe.datetime.str_to_user(letter_date),
			[__(kind, null, "MKD Letter"), number].filter(Boolean).join(" "),
			employee_name,
		],
		unit: ({ department }) => department,
	},
	get_indicator({ status, number }) {
		if (status === "Revoked") return [__("Revoked", null, "MKD Letter"), "red", "status,=,Revoked"];
		if (!number) return [__("Without Number", null, "MKD Letter"), "orange", "number,is,not set"];
		return [__("Valid", null, "MKD Letter"), "green", "status,=,Valid"];
	},
};
