// What the register lacks can be written once: the number, and the signed file.
frappe.ui.form.on("MKD Letter", {
	refresh(frm) {
		for (const field of ["number", "signed_file"]) frm.set_df_property(field, "read_only", frm.doc[field] ? 1 : 0);
		frm.remove_custom_button(__("Open Record"));
		const { reference_doctype, reference_name } = frm.doc;
		if (reference_name) {
			frm.add_custom_button(__("Open Record"), () => frappe.set_route("Form", reference_doctype, reference_name));
		}
	},
});
