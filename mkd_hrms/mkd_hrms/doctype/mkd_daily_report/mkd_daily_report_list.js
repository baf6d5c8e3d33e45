// On a telephone the first column is all that a list shows, so it says who, when, and of which unit.
frappe.listview_settings["MKD Daily Report"] = {
	add_fields: ["status", "mkd_date", "is_late", "department"],
	hide_name_column: true,
	formatters: {
		employee_name: (name, _df, { mkd_date, department }) => mkd_hrms.with_unit(`${frappe.datetime.str_to_user(mkd_date)} · ${name}`, department),
	},
	get_indicator(doc) {
		if (doc.docstatus === 2) return [__("Cancelled"), "red", "docstatus,=,2"];
		if (doc.status === "Submitted" && doc.is_late) return [__("Late"), "orange", "is_late,=,1"];
		const colours = {
			Draft: "blue",
			Submitted: "green",
			Verified: "green",
			Returned: "orange",
			Rejected: "red",
			Missing: "red",
		};
		return [__(doc.status, null, "MKD Daily Report"), colours[doc.status], `status,=,${doc.status}`];
	},
	// Frappe would show every draft as such, a missing report too.
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
};
