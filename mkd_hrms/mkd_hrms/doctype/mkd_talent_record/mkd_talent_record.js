frappe.ui.form.on("MKD Talent Record", {
	async onload(frm) {
		await frappe.require("/assets/mkd_hrms/js/plain_numbers.js");
		mkd_hrms.watch_numbers(frm);
	},
});
