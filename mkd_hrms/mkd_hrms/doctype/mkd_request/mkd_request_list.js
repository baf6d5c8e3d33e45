frappe.listview_settings["MKD Request"] = {
	add_fields: ["status", "outcome", "urgent"],
	has_indicator_for_draft: 1,
	has_indicator_for_cancelled: 1,
	onload(listview) {
		listview.page.add_menu_item(__("Download My Data"), () =>
			window.open("/api/method/mkd_hrms.api.download_personal_data")
		);
		if (!frappe.model.can_submit("MKD Gate Decision")) return;
		listview.page.add_actions_menu_item(__("Decide What Is Not Known"), () => decide_checked(listview));
	},
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

async function decide_checked(listview) {
	const waiting = listview.get_checked_items().filter((doc) => doc.status === "Pending HR Review");
	const requests = waiting.map((doc) => doc.name);
	const { message: gates } = await frappe.call("mkd_hrms.api.unknown_gates", { requests });
	if (!gates.length) {
		frappe.msgprint(__("Tick requests that wait for HR because something is not known."));
		return;
	}
	await frappe.require("/assets/mkd_hrms/js/decide_gates.js");
	mkd_hrms.decide_gates({
		requests,
		gates,
		valid_until: frappe.datetime.add_months(frappe.datetime.get_today(), 1),
		done: () => listview.refresh(),
	});
}
