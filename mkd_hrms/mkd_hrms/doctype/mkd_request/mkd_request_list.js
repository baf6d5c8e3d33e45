frappe.listview_settings["MKD Request"] = {
	add_fields: ["status", "outcome", "urgent"],
	has_indicator_for_draft: 1,
	has_indicator_for_cancelled: 1,
	get_indicator(doc) {
		const colours = {
			"Draft": "red",
			"Pending Approval": "orange",
			"Pending HR Review": "orange",
			"Denied": "red",
			"Withdrawn": "gray",
			"Expired": "gray",
			"Rejected": "red",
			"Approved": "green",
			"Completed": "blue",
			"Revoked": "red",
			"Cancelled": "gray",
		};
		return [__(doc.status, null, "MKD Request"), colours[doc.status], `status,=,${doc.status}`];
	},
};
