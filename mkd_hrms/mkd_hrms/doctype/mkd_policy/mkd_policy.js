const IMPACT = "MKD Policy Impact";

frappe.ui.form.on("MKD Policy", {
	setup() {
		const column = (fieldname) => frappe.meta.get_docfield("MKD Policy Source", fieldname);
		column("parameter").formatter = parameter_label;
		column("source").formatter = with_tooltip;
	},
	onload(frm) {
		// A new form comes with the default company, but no company, that is all of them, is the usual case.
		if (frm.is_new() && !frm.doc.policy_name) frm.set_value("company", "");
	},
	refresh(frm) {
		if (frm.doc.docstatus === 0 && frm.perm[0]?.write && IMPACT in frappe.boot.user.all_reports) {
			frm.add_custom_button(__("Show Impact"), () => show_impact(frm));
		}
		if (frm.doc.docstatus !== 1) return;
		frm.add_custom_button(__("Next Version"), () => make_next_version(frm));
		if (frm.doc.first_used_on) {
			frm.page.clear_secondary_action();
			frm.set_intro(
				__("This policy has decided applications. For other numbers, make its next version with a later date."),
				"blue"
			);
		}
	},
});

// No company stays no company, and the date from which the new numbers hold has to be entered.
function make_next_version(frm) {
	frm.copy_doc((copy) => Object.assign(copy, { company: frm.doc.company, effective_from: "" }));
}

// What is stored is compared, and looking stores nothing.
function show_impact(frm) {
	if (frm.is_dirty()) {
		frappe.msgprint(__("Save the draft first: the impact is shown for the policy as it is stored."));
		return;
	}
	const others = { company: "", department: "", change: "", gate: "" };
	frappe.set_route("query-report", IMPACT, { policy: frm.doc.name, ...others });
}

// A source belongs to a field of the policy, or to a gate that has no number.
function parameter_label(name) {
	const label = frappe.meta.has_field("MKD Policy", name)
		? __(frappe.meta.get_label("MKD Policy", name), null, "MKD Policy")
		: __(frappe.unscrub(name || ""));
	return with_tooltip(label);
}

// The table cuts long texts off.
function with_tooltip(text) {
	const escaped = frappe.utils.escape_html(text || "");
	return `<span title="${escaped}">${escaped}</span>`;
}
