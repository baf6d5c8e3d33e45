frappe.ui.form.on("MKD Place Hint", {
	refresh(frm) {
		frm.disable_save();
		const { status } = frm.doc;
		for (const [label, found] of [
			[__("Explained"), "Explained"],
			[__("Confirm False Place"), "Confirmed"],
		]) {
			frm.remove_custom_button(label);
			if (frm.doc.__onload?.reviews && status !== found) frm.add_custom_button(label, () => ask_note(frm, label, found));
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
