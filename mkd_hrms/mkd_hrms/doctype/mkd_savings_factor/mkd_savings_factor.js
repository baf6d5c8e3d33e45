// A factor is of all companies unless somebody names one, and its numbers are read as they are written.
frappe.ui.form.on("MKD Savings Factor", {
	async refresh(frm) {
		// A new form comes with the default company.
		if (frm.is_new() && !frm.doc.factor) frm.set_value("company", "");
		await frappe.require(["/assets/mkd_hrms/js/plain_numbers.js", "/assets/mkd_hrms/js/choices.js"]);
		mkd_hrms.watch_numbers(frm);
		mkd_hrms.show_choices(frm);
	},
});
