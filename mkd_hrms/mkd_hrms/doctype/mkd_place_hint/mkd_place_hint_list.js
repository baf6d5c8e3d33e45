// Whom it is about and of which day, which on a telephone is all that a list shows beside the state.
frappe.listview_settings["MKD Place Hint"] = {
	add_fields: ["mkd_date", "status", "department"],
	hide_name_column: true,
	formatters: {
		employee_name: (name, _df, { mkd_date, department }) => mkd_hrms.with_unit(`${frappe.datetime.str_to_user(mkd_date)} · ${name}`, department),
	},
	get_indicator(doc) {
		const colours = { Open: "orange", Explained: "green", Confirmed: "red" };
		return [__(doc.status, null, "MKD Place Hint"), colours[doc.status], `status,=,${doc.status}`];
	},
};
