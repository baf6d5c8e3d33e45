frappe.ui.form.on("MKD Objection", {
	async onload(frm) {
		if (!frm.is_new() || frm.doc.employee) return;
		const own = { user_id: frappe.session.user, status: "Active" };
		const { message } = await frappe.db.get_value("Employee", own, "name");
		if (message.name) await frm.set_value("employee", message.name);
	},

	refresh(frm) {
		const is_draft = frm.doc.status === "Draft";
		frm.toggle_enable(["grounds", "evidence"], is_draft);
		frm.toggle_enable(["employee", "against_doctype", "against_name"], is_draft && !frm.doc.against_name);
		frm.toggle_enable(["decision_reason", "valid_until"], Boolean(frm.doc.__onload?.may_decide));
		frm.toggle_display("decision_section", !is_draft);
		show_headline(frm);
	},

	before_workflow_action(frm) {
		if (["Uphold", "Dismiss"].includes(frm.selected_workflow_action)) return ask_reason(frm);
	},

	// What the form offers next is for the server to say.
	after_workflow_action: (frm) => frm.reload_doc(),
});

const HEADLINES = {
	"Draft": (frm) => [
		"blue",
		frm.is_new()
			? __("Say what is wrong with the decision, and save. Then choose File from the menu Actions at the top.")
			: __("Not filed yet. Choose File from the menu Actions at the top, until {0}.", [
					frappe.datetime.str_to_user(frm.doc.objection_until),
			  ]),
	],
	"Pending Decision": (frm) => [
		"orange",
		__("To be decided by {0}. Nothing is decided by the passing of time.", [
			frappe.datetime.str_to_user(frm.doc.decide_by),
		]),
	],
	"Withdrawn": () => ["blue", __("Withdrawn before it was decided.")],
	"Dismissed": () => ["red", __("Dismissed. The reason stands under Decision.")],
	"Upheld": (frm) => ["green", [__("Upheld."), frm.doc.outcome].filter(Boolean).join(" ")],
};

function show_headline(frm) {
	const [colour, sentence] = HEADLINES[frm.doc.status](frm);
	frm.layout.show_message();
	frm.layout.show_message(frappe.utils.escape_html(sentence), colour, true);
}

// Resolves once the reason is stored, never without one; closing the question leaves the objection as it is.
function ask_reason(frm) {
	frappe.dom.unfreeze();
	const fields = [
		{
			fieldname: "decision_reason",
			fieldtype: "Small Text",
			label: __("Reason"),
			reqd: 1,
			default: frm.doc.decision_reason,
		},
	];
	if (frm.doc.against_doctype === "MKD Request" && frm.selected_workflow_action === "Uphold") {
		fields.push({ fieldname: "valid_until", fieldtype: "Date", label: __("Accepted Until") });
	}
	return new Promise((resolve) => {
		mkd_hrms.ask(
			fields,
			async (values) => {
				// The action reads the objection from the database.
				await frappe.xcall("frappe.client.set_value", {
					doctype: frm.doctype,
					name: frm.doc.name,
					fieldname: values,
				});
				await frm.reload_doc();
				frappe.dom.freeze();
				resolve();
			},
			__("Why is this decided so?"),
			__("Decide")
		);
	});
}
