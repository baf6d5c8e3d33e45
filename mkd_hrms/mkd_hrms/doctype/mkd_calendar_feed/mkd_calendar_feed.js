frappe.ui.form.on("MKD Calendar Feed", {
	refresh(frm) {
		frm.disable_save();
		frm.remove_custom_button(__("Revoke", null, "MKD Calendar Feed"));
		if (frm.doc.revoked_on) return;
		frm.add_custom_button(__("Revoke", null, "MKD Calendar Feed"), () =>
			frappe.confirm(__("Calendar programs that use this link will read nothing any more."), async () => {
				await frappe.call("mkd_hrms.api.revoke_calendar_feed", { feed: frm.doc.name });
				frm.reload_doc();
			})
		);
	},
});
