// On a telephone the first column is all that a list shows, so it says who, when, and of which unit.
frappe.listview_settings["MKD Request"] = {
	add_fields: ["status", "outcome", "urgent", "from_date", "to_date", "department"],
	has_indicator_for_draft: 1,
	has_indicator_for_cancelled: 1,
	onload(listview) {
		listview.page.add_menu_item(__("Download My Data"), () =>
			window.open("/api/method/mkd_hrms.api.download_personal_data")
		);
		if (!frappe.model.can_submit("MKD Gate Decision")) return;
		offer_to_decide(listview);
	},
	formatters: {
		employee_name(name, _df, { from_date, to_date, department }) {
			const last = to_date && to_date !== from_date ? ` \u2013 ${frappe.datetime.str_to_user(to_date)}` : "";
			return mkd_hrms.with_unit(from_date ? `${frappe.datetime.str_to_user(from_date)}${last} · ${name}` : name, department);
		},
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

// Only while something is ticked about which HR can decide.
function offer_to_decide(listview) {
	const label = __("Decide What Is Not Known");
	const item = listview.page.add_actions_menu_item(label, () => decide_checked(listview));
	const on_row_checked = listview.on_row_checked.bind(listview);
	listview.on_row_checked = () => {
		on_row_checked();
		item.closest("li").toggle(waiting_in(listview).length > 0);
	};
}

function waiting_in(listview) {
	return listview.get_checked_items().filter((doc) => doc.status === "Pending HR Review");
}

async function decide_checked(listview) {
	const requests = waiting_in(listview).map((doc) => doc.name);
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
