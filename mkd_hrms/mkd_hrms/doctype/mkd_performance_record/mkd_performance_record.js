frappe.ui.form.on("MKD Performance Record", {
	has_score(frm) {
		if (!frm.doc.has_score) frm.set_value("score", 0);
	},
});
