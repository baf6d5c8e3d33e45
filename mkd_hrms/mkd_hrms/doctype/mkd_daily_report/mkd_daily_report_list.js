frappe.listview_settings["MKD Daily Report"] = {
	add_fields: ["status", "mkd_date", "is_late", "department"],
	hide_name_column: true,
	says: mkd_hrms.when_and_who("mkd_date"),
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
