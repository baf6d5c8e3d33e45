// On a telephone the first column is all that a list shows, so it says who, when, and of which unit.
frappe.listview_settings["MKD Day"] = {
	add_fields: ["status", "mkd_date", "absence_proposed", "no_presence", "report_missing", "department"],
	hide_name_column: true,
	formatters: {
		employee_name: (name, _df, { mkd_date, department }) => mkd_hrms.with_unit(`${frappe.datetime.str_to_user(mkd_date)} · ${name}`, department),
	},
	get_indicator(doc) {
		if (doc.absence_proposed) return [__("Absence to Confirm"), "red", "absence_proposed,=,1"];
		if (doc.status === "Worked" && doc.report_missing) {
			return [__("Report Missing"), "orange", "report_missing,=,1"];
		}
		if (doc.status === "Worked" && doc.no_presence) {
			return [__("No Presence Recorded"), "yellow", "no_presence,=,1"];
		}
		const colours = {
			"Pending": "orange",
			"Approved": "green",
			"Suspended": "yellow",
			"Worked": "blue",
			"No Show": "red",
			"Revoked": "red",
			"Released": "gray",
		};
		return [__(doc.status, null, "MKD Day"), colours[doc.status], `status,=,${doc.status}`];
	},
};
