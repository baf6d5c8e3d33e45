const PARTS = [
	"/assets/mkd_hrms/js/board/words.js",
	...["clauses", "gates", "steps"].map((part) => `/assets/mkd_hrms/js/policy/${part}.js`),
];

frappe.ui.form.on("MKD Policy", {
	setup(frm) {
		const column = (fieldname) => frappe.meta.get_docfield("MKD Policy Source", fieldname);
		column("parameter").formatter = parameter_label;
		// Kept as the policy writes them, and read in the reader's language.
		frappe.meta.get_docfield("MKD Policy", "legal_basis").formatter = (basis) => frappe.utils.escape_html(__(basis || ""));
		column("unit").formatter = (unit) => with_tooltip(__(unit || "", null, "MKD Policy Source"));
		column("source").formatter = (source) => with_tooltip(__(source || ""));
		// What was saved is not what stands here any more.
		$(frm.wrapper).on("dirty", () => call_part("show_steps", frm));
	},
	onload(frm) {
		// A new form comes with the default company, but no company, that is all of them, is the usual case.
		if (frm.is_new() && !frm.doc.policy_name) frm.set_value("company", "");
	},
	async refresh(frm) {
		// A policy in use is neither changed nor cancelled.
		if (frm.doc.docstatus === 1 && frm.doc.first_used_on) frm.page.clear_secondary_action();
		const shown = frm.doc.name;
		await frappe.require(PARTS);
		if (frm.doc.name !== shown) return;
		for (const part of ["show_clauses", "show_gates", "show_steps"]) mkd_hrms.policy[part](frm);
	},
});

// What stands beside a number follows from its row.
const redraw = (frm) => ["show_clauses", "show_gates", "show_steps"].forEach((part) => call_part(part, frm));
frappe.ui.form.on("MKD Policy Source", { parameter: redraw, unit: redraw, source: redraw, sources_remove: redraw });
const redraw_gates = (frm) => call_part("show_gates", frm);
frappe.ui.form.on("MKD Policy Gate", { gate: redraw_gates, enabled: redraw_gates, gates_remove: redraw_gates });

// A part may still be on its way.
function call_part(name, frm) {
	window.mkd_hrms?.policy?.[name]?.(frm);
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
