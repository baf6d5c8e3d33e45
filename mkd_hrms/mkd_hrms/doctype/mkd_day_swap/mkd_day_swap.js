frappe.ui.form.on("MKD Day Swap", {
	async onload(frm) {
		if (!frm.is_new() || frm.doc.employee) return;
		const own = { user_id: frappe.session.user, status: "Active" };
		const { message } = await frappe.db.get_value("Employee", own, "name");
		if (message.name) await frm.set_value("employee", message.name);
	},

	refresh(frm) {
		const { answers, may_decide } = frm.doc.__onload || {};
		const is_draft = frm.doc.status === "Draft";
		frm.toggle_enable(["kind", "mkd_date", "colleague", "colleague_date", "reason"], is_draft);
		frm.toggle_enable("employee", false);
		frm.toggle_enable(["place", "place_details", "has_computer", "has_internet"], Boolean(answers));
		frm.toggle_enable("decision_note", Boolean(may_decide));
		frm.toggle_display(["answers_section", "decision_section"], !is_draft);
		frm.set_query("colleague", () => ({
			filters: { status: "Active", department: frm.doc.department, name: ["!=", frm.doc.employee] },
		}));
		show_headline(frm);
	},

	// What the form offers next is for the server to say.
	after_workflow_action: (frm) => frm.reload_doc(),
});

const HEADLINES = {
	"Draft": () => ["blue", __("Name the days, and save. Then choose Ask from the menu Actions at the top.")],
	"Pending Consent": (frm) => ["orange", consent_sentence(frm)],
	"Pending Approval": (frm) => ["orange", approval_sentence(frm)],
	"Declined": (frm) => ["red", __("{0} declined.", [frm.doc.colleague_name])],
	"Withdrawn": () => ["blue", __("Withdrawn. Nothing was changed.")],
	"Expired": () => ["yellow", __("A day began or was given back before this was decided. Nothing was changed.")],
	"Rejected": (frm) => ["red", __("Rejected. {0}", [frm.doc.decision_note || __("No reason was given.")])],
	"Approved": () => ["green", __("Swapped. The new days stand in the requests below.")],
};

function consent_sentence(frm) {
	const { is_asked, answers } = frm.doc.__onload || {};
	if (!is_asked) return __("Waits for {0}.", [frm.doc.colleague_name]);
	return answers
		? __("You are asked. Say where and with what you work, save, and choose Consent or Decline from the menu Actions at the top.")
		: __("You are asked. Choose Consent or Decline from the menu Actions at the top.");
}

function approval_sentence(frm) {
	if (frm.doc.__onload?.may_decide) return __("Waits for you. Choose Approve or Reject from the menu Actions at the top.");
	return __("Both agree. Waits for the decision of {0}.", [frm.doc.approver_name || __("the HR department")]);
}

// Who gives which day to whom: the same sentence for both, and for who decides.
function what_is_swapped({ employee_name, colleague_name, mkd_date, colleague_date, kind }) {
	const [given, taken] = [mkd_date, colleague_date].map((day) => day && frappe.datetime.str_to_user(day));
	if (kind !== "Exchange") return __("{0} hands {1} over to {2}.", [employee_name, given, colleague_name]);
	return __("{0} gives {1} and takes {2} of {3}.", [employee_name, given, taken, colleague_name]);
}

function show_headline(frm) {
	const [colour, sentence] = HEADLINES[frm.doc.status](frm);
	const told = frm.doc.status === "Draft" ? sentence : `${what_is_swapped(frm.doc)} ${sentence}`;
	frm.layout.show_message();
	frm.layout.show_message(frappe.utils.escape_html(told), colour, true);
}
