// Taking back days of an approved request before they begin: the employee himself, or HR for him.
frappe.provide("mkd_hrms");

(() => {
	// A button that could only lead to a refusal is no help: it needs days that have not begun.
	function offer_withdrawal(frm) {
		const { may_write, days } = frm.doc.__onload || {};
		if (frm.doc.status !== "Approved" || !may_write) return;
		offer_end_of_pattern(frm);
		const today = frappe.datetime.get_today();
		const open = days.filter(({ day, status }) => ["Approved", "Suspended"].includes(status) && day >= today).map(({ day }) => day);
		frm.remove_custom_button(__("Withdraw Days"));
		if (open.length) frm.add_custom_button(__("Withdraw Days"), () => ask_days_to_withdraw(frm, open));
	}

	function offer_end_of_pattern(frm) {
		frm.remove_custom_button(__("Withdraw Pattern"));
		if (!["Running", "Paused"].includes(frm.doc.pattern_state)) return;
		frm.add_custom_button(__("Withdraw Pattern"), () => ask_end_of_pattern(frm));
	}

	function ask_end_of_pattern(frm) {
		const question = __("Give back all days of this pattern that have not begun? No more days follow.");
		frappe.confirm(question, async () => {
			await frappe.call("mkd_hrms.api.end_pattern", { request: frm.doc.name });
			frm.reload_doc();
		});
	}

	function ask_days_to_withdraw(frm, days) {
		const dialog = new frappe.ui.Dialog({
			title: __("Withdraw Days"),
			fields: [
				{
					fieldname: "dates",
					fieldtype: "MultiCheck",
					label: __("Days"),
					options: days.map((day) => ({ label: frappe.datetime.str_to_user(day), value: day })),
				},
			],
			primary_action_label: __("Withdraw"),
			async primary_action({ dates }) {
				if (!dates.length) return frappe.msgprint(__("Choose at least one day."));
				await frappe.call("mkd_hrms.api.withdraw_days", { request: frm.doc.name, dates });
				dialog.hide();
				frm.reload_doc();
			},
		});
		mkd_hrms.named(dialog).show();
	}

	mkd_hrms.request = Object.assign(mkd_hrms.request || {}, { offer_withdrawal });
})();
