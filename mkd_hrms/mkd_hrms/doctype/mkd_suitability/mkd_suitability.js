frappe.ui.form.on("MKD Suitability", {
	setup(frm) {
		frm.set_query("reference_doctype", () => ({
			filters: { name: ["in", ["Designation", "Department", "Employee"]] },
		}));
	},
	reference_doctype(frm) {
		frm.set_value("reference_name", "");
	},
});
