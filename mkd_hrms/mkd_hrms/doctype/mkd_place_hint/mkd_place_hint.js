frappe.ui.form.on("MKD Place Hint", {
	async refresh(frm) {
		frm.disable_save();
		const { status, employee } = frm.doc;
		const is_hr = frappe.boot.mkd_acts_for_hr;
		if (!is_hr && (status !== "Open" || !frappe.user.has_role("MKD Approver"))) return;
		const filters = { user_id: frappe.session.user, name: employee };
		const { message } = await frappe.db.get_value("Employee", filters, "name");
		if (message?.name) return;
		for (const [label, found] of [
			[__("Explained"), "Explained"],
			[__("Confirm False Place"), "Confirmed"],
		]) {
			frm.remove_custom_button(label);
			if (status !== found) frm.add_custom_button(label, () => ask_note(frm, label, found));
		}
	},
});

function ask_note(frm, label, status) {
	const field = { fieldname: "note", fieldtype: "Small Text", label: __("Note"), reqd: 1 };
	mkd_hrms.ask(
		field,
		async ({ note }) => {
			await frappe.call("mkd_hrms.api.review_place_hint", { hint: frm.doc.name, status, note });
			frm.reload_doc();
		},
		label,
		label
	);
}
