frappe.ui.form.on("MKD Day", {
	refresh(frm) {
		frm.disable_save();
		offer_report(frm);
		offer_confirmation(frm);
		offer_ways_back(frm);
		offer_swap(frm);
		offer_false_place(frm);
		offer_what_was_found(frm);
	},
});

// What the server says about the reader: a button that could only lead to a refusal is no help.
const told = (frm) => frm.doc.__onload || {};

// The day has come, and it is his own or HR's to write.
function offer_report(frm) {
	const { employee, mkd_date, daily_report, status } = frm.doc;
	if (daily_report || !["Approved", "Worked"].includes(status)) return;
	if (mkd_date > frappe.datetime.get_today()) return;
	if (!told(frm).is_own && !told(frm).acts_for_hr) return;
	frm.remove_custom_button(__("Write Report"));
	frm.add_custom_button(__("Write Report"), () =>
		frappe.new_doc("MKD Daily Report", { employee, mkd_date })
	).addClass("btn-primary");
}

function offer_confirmation(frm) {
	if (!frm.doc.absence_proposed || frm.doc.status !== "Approved" || !told(frm).decides) return;
	for (const [label, confirmed] of [
		[__("Confirm Absence"), 1],
		[__("Excuse"), 0],
	]) {
		frm.remove_custom_button(label);
		frm.add_custom_button(label, () => ask_reason(frm, label, confirmed));
	}
}

async function offer_ways_back(frm) {
	if (frm.doc.status !== "Approved") return;
	await frappe.require("/assets/mkd_hrms/js/take_back.js");
	await mkd_hrms.offer_ways_back(frm, [frm.doc]);
}

// His own day ahead, which a colleague of his unit may have in mind.
function offer_swap(frm) {
	const { employee, mkd_date, status } = frm.doc;
	if (status !== "Approved" || mkd_date < frappe.datetime.get_today() || !told(frm).is_own) return;
	frm.remove_custom_button(__("Swap"));
	frm.add_custom_button(__("Swap"), () => frappe.new_doc("MKD Day Swap", { employee, mkd_date }));
}

// A day that was worked somewhere else than declared: a person confirms it, no measurement does.
function offer_false_place(frm) {
	if (frm.doc.status !== "Worked" || frm.doc.false_place || !told(frm).decides) return;
	const label = __("Confirm False Place");
	frm.remove_custom_button(label, __("Decide"));
	const ask = async ({ reason }) => {
		await frappe.call("mkd_hrms.api.confirm_false_place", { mkd_day: frm.doc.name, reason });
		frm.reload_doc();
	};
	const field = { fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 };
	frm.add_custom_button(label, () => mkd_hrms.ask(field, ask, label, label), __("Decide"));
}

// The day names the record of its last re-check as text: what was found is for HR, and a link would lead everybody there.
function offer_what_was_found(frm) {
	const { recheck } = frm.doc;
	if (!recheck || !frappe.model.can_read("MKD Decision Record")) return;
	frm.add_custom_button(__("What Was Found"), () => frappe.set_route("Form", "MKD Decision Record", recheck));
}

function ask_reason(frm, label, confirmed) {
	const field = { fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 };
	mkd_hrms.ask(
		field,
		async ({ reason }) => {
			const args = { mkd_day: frm.doc.name, confirmed, reason };
			await frappe.call("mkd_hrms.api.confirm_no_show", args);
			frm.reload_doc();
		},
		label,
		label
	);
}
