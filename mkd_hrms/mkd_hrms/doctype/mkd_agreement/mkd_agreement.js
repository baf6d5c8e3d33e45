frappe.ui.form.on("MKD Agreement", {
	onload(frm) {
		if (frm.is_new() && !frm.doc.employee) set_own_employee(frm);
	},

	async refresh(frm) {
		const signed = Boolean(frm.doc.signed_on) && !frm.is_new();
		frm.toggle_enable(["employee"], frm.is_new() && is_hr());
		frm.toggle_enable(["valid_from", "signed_on", "attachment"], !signed);
		frm.toggle_enable(["valid_to"], is_hr());
		frm.toggle_display("scan_section", is_hr());
		const own = await is_own(frm);
		// A signature is asked for only where the text has been read: after the first save.
		frm.toggle_display("signature_section", signed ? Boolean(frm.doc.signature) : own && !frm.is_new());
		frm.set_df_property("signature", "read_only", signed ? 1 : 0);
		show_headline(frm, signed, own);
	},
});

const is_hr = () => frappe.boot.mkd_acts_for_hr;

function show_headline(frm, signed, own) {
	frm.layout.show_message();
	if (signed) return;
	const sentence = frm.is_new()
		? __("Save to see the text of the agreement.")
		: own
		? __("Read the text, sign below it, and save.")
		: __("Not signed yet.");
	frm.layout.show_message(frappe.utils.escape_html(sentence), "blue", true);
}

async function set_own_employee(frm) {
	const { message } = await frappe.db.get_value(
		"Employee",
		{ user_id: frappe.session.user, status: "Active" },
		"name"
	);
	if (message.name) await frm.set_value("employee", message.name);
}

async function is_own(frm) {
	if (!frm.doc.employee) return false;
	const filters = { user_id: frappe.session.user, name: frm.doc.employee };
	const { message } = await frappe.db.get_value("Employee", filters, "name");
	return Boolean(message?.name);
}
