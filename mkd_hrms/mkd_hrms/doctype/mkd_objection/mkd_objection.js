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
		show_contested(frm);
	},

	against_doctype: (frm) => show_contested(frm),
	against_name: (frm) => show_contested(frm),

	before_workflow_action(frm) {
		if (["Uphold", "Dismiss Objection"].includes(frm.selected_workflow_action)) return ask_reason(frm);
	},

	// What the form offers next is for the server to say.
	after_workflow_action: (frm) => frm.reload_doc(),
});

const HEADLINES = {
	"Draft": (frm) => [
		"blue",
		frm.is_new()
			? __("Say what is wrong with the decision, and save. Then choose File Objection from the menu Actions at the top.")
			: __("Not filed yet. Choose File Objection from the menu Actions at the top, until {0}.", [
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

// The decision itself, so that nobody writes or decides about a number alone; the server says what the reader may know.
async function show_contested(frm) {
	const { against_doctype: doctype, against_name: name } = frm.doc;
	const wrapper = frm.get_field("contested_html").$wrapper[0];
	wrapper.replaceChildren();
	frm.toggle_display("contested_section", false);
	if (!doctype || !name) return;
	await frappe.require("/assets/mkd_hrms/js/board/words.js");
	const told = await frappe.xcall("mkd_hrms.api.contested", { doctype, name });
	if (frm.doc.against_name !== name || !told.name) return;
	frm.toggle_display("contested_section", true);
	wrapper.replaceChildren(...contested_lines(told, doctype));
}

function contested_lines({ document, name, about, undone, decided_on, until, clause, gates, findings }, doctype) {
	const { el } = mkd_hrms.board;
	const link = el("a", { href: frappe.utils.get_form_link(doctype, name), text: `${document} ${name}` });
	const lines = [el("p", {}, link, el("div", { text: about }))];
	if (undone) return [...lines, el("p", { class: "text-muted", text: __("This decision does not stand any more.") })];
	const dates = __("Decided on {0}; an objection is possible until {1} ({2}).", [decided_on, until, clause]);
	lines.push(el("p", { class: "text-muted", text: dates }));
	if (findings?.length) {
		const days = new Set(findings.flatMap((found) => found.dates)).size;
		const items = findings.map((found) => finding_item(found, found.dates.length < days));
		return [...lines, el("ul", { class: "pl-4" }, ...items)];
	}
	if (gates?.length) lines.push(el("p", { text: `${__("Not met")}: ${gates.join(", ")}` }));
	return lines;
}

// For which dates is said where it is not the same for all.
function finding_item({ gate, sentence, dates }, is_of_some) {
	const { el } = mkd_hrms.board;
	return el(
		"li",
		{},
		el("b", { text: gate }),
		el("div", { text: sentence }),
		is_of_some ? el("div", { class: "text-muted small", text: dates.join(", ") }) : null
	);
}
