// Units of the company, and numbers read as they are written.
frappe.ui.form.on("MKD Utility Bill", {
	setup(frm) {
		frm.set_query("department", ({ company }) => ({ filters: company ? { company } : {} }));
	},
	async refresh(frm) {
		await frappe.require("/assets/mkd_hrms/js/plain_numbers.js");
		mkd_hrms.watch_numbers(frm);
	},
});
