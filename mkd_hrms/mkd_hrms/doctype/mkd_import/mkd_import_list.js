// When a file was brought, as what it was read, and how far it is.
frappe.listview_settings["MKD Import"] = {
	add_fields: ["status", "read_as", "company", "creation", "rejected_count"],
	hide_name_column: true,
	says: {
		field: "read_as",
		label: (with_unit) => (with_unit ? __("Date, Read As, Company") : __("Date and Read As")),
		parts: ({ creation, read_as, name }) => [frappe.datetime.str_to_user(creation.split(" ")[0]), read_as || name],
		unit: ({ company }) => company,
	},
	get_indicator({ status, rejected_count }) {
		const colours = { Draft: "gray", Checking: "blue", Checked: "orange", Applying: "blue", Applied: "green", Undoing: "blue", Undone: "gray" };
		const colour = status === "Applied" && rejected_count ? "orange" : colours[status] || "red";
		return [__(status, null, "MKD Import"), colour, `status,=,${status}`];
	},
};
