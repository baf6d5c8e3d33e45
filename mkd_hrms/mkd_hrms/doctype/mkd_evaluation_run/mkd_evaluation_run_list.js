frappe.listview_settings["MKD Evaluation Run"] = {
	add_fields: ["status", "failed"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = { "Running": "blue", "Completed": "green", "Failed": "red", "Interrupted": "gray" };
		const colour = doc.status === "Completed" && doc.failed ? "orange" : colours[doc.status];
		return [__(doc.status, null, "MKD Evaluation Run"), colour, `status,=,${doc.status}`];
	},
};
