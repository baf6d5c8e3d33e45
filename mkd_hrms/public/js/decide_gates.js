frappe.provide("mkd_hrms");

// One dialog for one request (form) and for many (list): HR accepts or refuses what is not known.
mkd_hrms.decide_gates = function ({ requests, gates, valid_until, done }) {
	const options = gates.map((gate) => ({
		label: __(gate, null, "MKD Policy Gate"),
		value: gate,
		checked: 1,
	}));
	const decisions = ["Accepted", "Refused"].map((value) => ({
		value,
		label: __(value, null, "MKD Gate Decision"),
	}));
	const dialog = new frappe.ui.Dialog({
		title: __("Decide What Is Not Known"),
		fields: [
			{ fieldname: "gates", fieldtype: "MultiCheck", label: __("Conditions", null, "MKD Policy"), options },
			{ fieldname: "decision", fieldtype: "Select", label: __("Decision"), options: decisions, reqd: 1 },
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
			{
				fieldname: "valid_until",
				fieldtype: "Date",
				label: __("Valid Until"),
				default: valid_until,
				reqd: 1,
			},
		],
		primary_action_label: __("Decide"),
		async primary_action(values) {
			const { message } = await frappe.call({
				method: "mkd_hrms.api.decide_gates",
				args: { requests, ...values },
				freeze: true,
			});
			dialog.hide();
			show_result(message);
			done();
		},
	});
	mkd_hrms.named(dialog).show();
};

function show_result({ queued, done, failed }) {
	const escape = frappe.utils.escape_html;
	if (queued) {
		frappe.show_alert(escape(__("{0} requests are being decided in the background.", [queued])));
		return;
	}
	const problems = Object.entries(failed).map(([name, reason]) => `${escape(name)}: ${escape(reason)}`);
	// eslint-disable-next-line no-unsanitized/method -- the names and reasons were escaped above
	if (problems.length) frappe.msgprint(problems.join("<br>"));
	if (done.length) frappe.show_alert(escape(__("Requests decided: {0}", [done.length])));
}
