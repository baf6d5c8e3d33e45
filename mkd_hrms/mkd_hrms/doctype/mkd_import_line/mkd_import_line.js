// A line of an import: where HR has to say whether a check-in counts, two buttons say it.
frappe.ui.form.on("MKD Import Line", {
	refresh(frm) {
		frm.disable_save();
		const { decision, undone, mkd_day } = frm.doc;
		if (mkd_day) {
			frm.add_custom_button(__("MKD Day"), () => frappe.set_route("Form", "MKD Day", mkd_day));
		}
		if (decision !== "Open" || undone) return;
		for (const [label, confirmed] of [
			[__("Confirm", null, "MKD Import Line"), 1],
			[__("Refuse"), 0],
		]) {
			const button = frm.add_custom_button(label, async () => {
				await frappe.xcall("mkd_hrms.api.decide_check_in", { name: frm.doc.name, confirmed });
				frm.reload_doc();
			});
			if (confirmed) button.removeClass("btn-default").addClass("btn-primary");
		}
	},
});
