frappe.ui.form.on("MKD Suspension", {
	refresh(frm) {
		offer_lifting(frm);
	},
});

// Its dates are never edited: lifting it early is a record of its own.
function offer_lifting(frm) {
	const { docstatus, status, employee_user } = frm.doc;
	if (docstatus !== 1 || status !== "In Force" || employee_user === frappe.session.user) return;
	if (!frappe.user.has_role(["MKD Officer", "HR Manager"])) return;
	frm.add_custom_button(__("Lift"), () => {
		const field = { fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 };
		mkd_hrms.ask(
			field,
			async ({ reason }) => {
				await frappe.xcall("mkd_hrms.api.lift_suspension", { suspension: frm.doc.name, reason });
				frm.reload_doc();
			},
			__("Why is this suspension lifted from today on?"),
			__("Lift")
		);
	});
}
