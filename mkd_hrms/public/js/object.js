// The button "Object" on whatever an employee may object to, and how his objection stands. The file is loaded with
// each of the forms, so it registers itself once.
frappe.provide("mkd_hrms");

if (!mkd_hrms.show_objection) {
	mkd_hrms.DECISIONS = {
		"MKD Request": (doc) => doc.status === "Denied",
		"MKD Suspension": (doc) => doc.docstatus === 1,
		"MKD Warning": (doc) => doc.docstatus === 1,
		"MKD Day": (doc) => ["No Show", "Suspended"].includes(doc.status) || doc.false_place,
		"MKD Daily Report": (doc) => doc.status === "Rejected",
	};

	// Whoever has no part in it gets an empty answer, and so no button.
	mkd_hrms.show_objection = async (frm) => {
		const { doctype, name } = frm.doc;
		const escape = frappe.utils.escape_html;
		if (frm.is_new() || !mkd_hrms.DECISIONS[doctype](frm.doc)) return;
		const state = await frappe.xcall("mkd_hrms.api.objection_state", { doctype, name });
		if (!state.until || frm.doc.name !== name) return;
		for (const label of [__("Object"), __("Objection")]) frm.remove_custom_button(label);
		if (state.may_object) {
			const values = { employee: state.employee, against_doctype: doctype, against_name: name };
			frm.add_custom_button(__("Object"), () => frappe.new_doc("MKD Objection", values));
			// The headline of a request says it already.
			if (doctype === "MKD Request") return;
			const until = frappe.datetime.str_to_user(state.until);
			frm.dashboard.add_comment(escape(__("You may object until {0}.", [until])), "blue", true);
		} else if (state.status) {
			const status = __(state.status, null, "MKD Objection");
			frm.dashboard.add_comment(escape(__("Objection: {0}", [status])), "blue", true);
			if (!state.objection) return;
			frm.add_custom_button(__("Objection"), () =>
				frappe.set_route("Form", "MKD Objection", state.objection)
			);
		}
	};

	for (const doctype of Object.keys(mkd_hrms.DECISIONS)) {
		frappe.ui.form.on(doctype, { refresh: (frm) => mkd_hrms.show_objection(frm) });
	}
}
