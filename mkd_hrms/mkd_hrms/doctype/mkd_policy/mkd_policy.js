frappe.ui.form.on("MKD Policy", {
	onload(frm) {
		// A new form comes with the default company, but no company, that is all of them, is the usual case.
		if (frm.is_new() && !frm.doc.policy_name) frm.set_value("company", "");
	},
	refresh(frm) {
		if (frm.doc.docstatus !== 1) return;
		frm.add_custom_button(__("Next Version"), () => frm.copy_doc());
		if (frm.doc.first_used_on) {
			frm.page.clear_secondary_action();
			frm.set_intro(
				__("This policy has decided applications. For other numbers, make its next version with a later date."),
				"blue"
			);
		}
	},
});
