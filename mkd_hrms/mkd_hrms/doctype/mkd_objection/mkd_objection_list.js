// Since when it waits, and whose it is; a draft was not filed yet.
frappe.listview_settings["MKD Objection"] = {
	add_fields: ["filed_on", "creation", "department"],
	hide_name_column: true,
	says: mkd_hrms.when_and_who("filed_on", { date: ({ filed_on, creation }, shown) => shown(filed_on || creation) }),
};
