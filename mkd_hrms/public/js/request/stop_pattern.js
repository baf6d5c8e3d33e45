// The superior, or HR for him, ends a weekly pattern from a date on; the employee takes back his own elsewhere.
frappe.provide("mkd_hrms");

(() => {
	function offer_stop_of_pattern(frm) {
		frm.remove_custom_button(__("End Pattern"));
		if (!frm.doc.__onload?.may_stop_pattern) return;
		frm.add_custom_button(__("End Pattern"), () => ask_since_when(frm));
	}

	function ask_since_when(frm) {
		const tomorrow = frappe.datetime.add_days(frappe.datetime.get_today(), 1);
		const told = __("Days from this date on are given back to the weekly quota, and no more follow. The employee is told.");
		const fields = [
			{ fieldname: "effect", fieldtype: "HTML", options: `<p>${frappe.utils.escape_html(told)}</p>` },
			{ fieldname: "since", fieldtype: "Date", label: __("No Days From"), default: tomorrow, reqd: 1 },
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
		];
		const dialog = new frappe.ui.Dialog({
			title: __("End Pattern"),
			fields,
			primary_action_label: __("End Pattern"),
			async primary_action({ since, reason }) {
				await frappe.call("mkd_hrms.api.stop_pattern", { request: frm.doc.name, since, reason });
				dialog.hide();
				frm.reload_doc();
			},
		});
		mkd_hrms.named(dialog).show();
	}

	mkd_hrms.request = Object.assign(mkd_hrms.request || {}, { offer_stop_of_pattern });
})();
