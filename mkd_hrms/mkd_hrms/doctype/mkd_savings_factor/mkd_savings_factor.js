// A factor is of all companies unless somebody names one, and its numbers are read as they are written.
frappe.ui.form.on("MKD Savings Factor", {
	setup() {
		frappe.meta.get_docfield("MKD Savings Factor", "unit").formatter = (unit) => frappe.utils.escape_html(__(unit || "", null, "MKD Savings Factor"));
	},
	async refresh(frm) {
		// A new form comes with the default company.
		if (frm.is_new() && !frm.doc.factor) frm.set_value("company", "");
		// Frappe would show the choice as it is stored.
		if (!frm.is_new()) frm.page.set_title(__(frm.doc.factor, null, "MKD Savings Factor"));
		await frappe.require("/assets/mkd_hrms/js/plain_numbers.js");
		mkd_hrms.watch_numbers(frm);
	},
});
