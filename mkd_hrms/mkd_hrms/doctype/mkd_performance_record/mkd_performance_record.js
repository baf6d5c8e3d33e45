frappe.ui.form.on("MKD Performance Record", {
	async onload(frm) {
		await frappe.require("/assets/mkd_hrms/js/plain_numbers.js");
		mkd_hrms.watch_numbers(frm);
	},
	has_score(frm) {
		if (!frm.doc.has_score) frm.set_value("score", 0);
	},
});
