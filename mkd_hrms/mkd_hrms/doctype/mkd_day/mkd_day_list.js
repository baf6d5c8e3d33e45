frappe.listview_settings["MKD Day"] = {
	add_fields: ["status", "mkd_date", "absence_proposed", "no_presence", "report_missing", "department"],
	hide_name_column: true,
	says: mkd_hrms.when_and_who("mkd_date"),
	gantt_custom_popup_html: mkd_hrms.gantt_popup("MKD Day", ({ mkd_date }) => frappe.datetime.str_to_user(mkd_date)),
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
