// Calling back or revoking approved MKD days: what is possible for each day is for the server to say.
frappe.provide("mkd_hrms");

mkd_hrms.WAYS_BACK = {
	Recall: { method: "mkd_hrms.api.recall_days", label: () => __("Recall to Office") },
	Revoke: { method: "mkd_hrms.api.revoke_days", label: () => __("Revoke", null, "MKD Day") },
};

// `days`: [{name, mkd_date}]. Resolves once the buttons stand.
mkd_hrms.offer_ways_back = async function (frm, days) {
	if (!days.length) return;
	const shown = frm.doc.name;
	const mkd_days = days.map((day) => day.name);
	const { message } = await frappe.call("mkd_hrms.api.ways_back", { mkd_days });
	if (frm.doc.name !== shown) return;
	for (const [way, { label }] of Object.entries(mkd_hrms.WAYS_BACK)) {
		const open = days.filter((day) => message[day.name] === way);
		frm.remove_custom_button(label());
		if (open.length) frm.add_custom_button(label(), () => mkd_hrms.ask_to_take_back(frm, way, open));
	}
};

mkd_hrms.ask_to_take_back = function (frm, way, days) {
	const { method, label } = mkd_hrms.WAYS_BACK[way];
	const effect =
		way === "Recall"
			? __("The days are given back to the weekly quota, and the employee is told.")
			: __("The days stay used in the weekly quota, and the employee is told.");
	const dialog = new frappe.ui.Dialog({
		title: label(),
		fields: [
			{ fieldname: "effect", fieldtype: "HTML", options: `<p>${effect}</p>` },
			{
				fieldname: "days",
				fieldtype: "MultiCheck",
				label: __("Days"),
				options: days.map((day) => ({
					label: frappe.datetime.str_to_user(day.mkd_date),
					value: day.name,
					checked: days.length === 1,
				})),
			},
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
		],
		primary_action_label: label(),
		async primary_action({ days: mkd_days, reason }) {
			if (!mkd_days.length) return frappe.msgprint(__("Choose at least one day."));
			await frappe.call(method, { mkd_days, reason });
			dialog.hide();
			frm.reload_doc();
		},
	});
	mkd_hrms.named(dialog).show();
};
