frappe.ui.form.on("MKD Office Day", {
	refresh(frm) {
		frappe.require("/assets/mkd_hrms/js/choices.js", () => mkd_hrms.show_choices(frm));
	},
});
