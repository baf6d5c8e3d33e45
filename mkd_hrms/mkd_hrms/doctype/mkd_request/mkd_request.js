frappe.ui.form.on("MKD Request", {
	setup(frm) {
		frm.set_query("employee", () => ({ filters: { status: "Active" } }));
		// The request has moved on by itself, so what the form shows is out of date.
		frappe.request.on_error("ApprovalRefused", () => window.cur_frm === frm && frm.reload_doc());
	},

	onload(frm) {
		if (frm.is_new() && !frm.doc.employee) set_own_employee(frm);
	},

	refresh(frm) {
		frm.toggle_enable("employee", is_draft(frm) && is_hr());
		frm.toggle_enable(CONTENT, is_draft(frm));
		frm.toggle_enable("decision_note", MAY_TAKE_NOTE.includes(frm.doc.status));
		show_headline(frm);
		show_decision(frm);
		offer_withdrawal(frm);
	},

	before_workflow_action(frm) {
		if (frm.selected_workflow_action === "Reject" && !frm.doc.decision_note) return ask_reason(frm);
	},

	// Rows made from an earlier range would win over a new one on a document that was never saved.
	from_date: (frm) => forget_dates(frm),
	to_date: (frm) => forget_dates(frm),
	request_type: (frm) => forget_dates(frm),
});

const HR_ROLES = ["HR User", "HR Manager", "MKD Officer"];
const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
// What the applicant writes; once he has applied, it stands.
const CONTENT = [
	...["request_type", "from_date", "to_date", ...WEEKDAYS, "dates", "place", "place_details", "reason"],
	...["work_plan", "has_computer", "has_internet", "special_circumstances", "evidence"],
];
const MAY_TAKE_NOTE = ["Pending Approval", "Pending HR Review"];
// The order in which the gates are shown: what stands in the way comes first.
const COLOURS = { Fail: "red", Unknown: "orange", Pass: "green" };

// Where a request stands and what comes next: the colour and the sentence by state.
const HEADLINES = {
	"Draft": (frm) => ["blue", draft_sentence(frm)],
	"Pending Approval": (frm) => ["orange", waiting_sentence(frm)],
	"Pending HR Review": (frm) => [
		"orange",
		is_hr() && !is_own(frm)
			? __("Not known: {0}. Complete the records and choose Evaluate Again, or reject.", [
					gate_names(frm.doc.unknown_gates),
			  ])
			: __("HR reviews what is not known: {0}. There is nothing for you to do.", [
					gate_names(frm.doc.unknown_gates),
			  ]),
	],
	"Denied": (frm) => [
		"red",
		is_own(frm)
			? __("Denied automatically: {0}. The reasons stand under Decision; you may object until {1}.", [
					gate_names(frm.doc.failed_gates),
					frappe.datetime.str_to_user(frm.doc.objection_until),
			  ])
			: __("Denied automatically: {0}. The employee may object until {1}.", [
					gate_names(frm.doc.failed_gates),
					frappe.datetime.str_to_user(frm.doc.objection_until),
			  ]),
	],
	"Withdrawn": () => ["blue", __("Withdrawn before it was decided. For other days, make a new request.")],
	"Expired": () => ["yellow", __("Nobody decided before the day began, so it is a day in the office.")],
	"Rejected": (frm) => ["red", __("Rejected. {0}", [frm.doc.decision_note || __("No reason was given.")])],
	"Approved": () => ["green", __("Approved. A day can be withdrawn until it begins.")],
	"Completed": () => ["blue", __("All days of this request are over.")],
	"Revoked": () => ["blue", __("No day of this request is left. For other days, make a new request.")],
	"Cancelled": () => ["blue", __("Cancelled by HR.")],
};

function show_headline(frm) {
	const [colour, sentence] = frm.doc.employee || !frm.is_new() ? HEADLINES[frm.doc.status](frm) : no_employee();
	frm.dashboard.clear_headline();
	frm.dashboard.set_headline_alert(frappe.utils.escape_html(sentence), colour);
}

function no_employee() {
	return ["orange", __("Choose the employee. If you cannot, ask HR to enter your user in your Employee record.")];
}

function draft_sentence(frm) {
	if (frm.is_new()) return __("Name the days and the work, and save. Then choose Apply from the menu Actions.");
	if (!is_own(frm) && !is_hr()) return __("Not applied for yet.");
	return __("Not applied for yet. Choose Apply from the menu Actions; the rules are checked at once.");
}

function waiting_sentence(frm) {
	const decides = frm.doc.approver ? frm.doc.approver === frappe.session.user : is_hr();
	if (decides && !is_own(frm)) return __("Waits for you. Choose Approve or Reject from the menu Actions.");
	return __("Waits for the decision of {0}.", [frm.doc.approver_name || __("HR")]);
}

async function set_own_employee(frm) {
	const { message } = await frappe.db.get_value(
		"Employee",
		{ user_id: frappe.session.user, status: "Active" },
		"name"
	);
	if (!message.name) return;
	await frm.set_value("employee", message.name);
	show_headline(frm);
}

function forget_dates(frm) {
	if (frm.is_new() && frm.doc.from_date && frm.doc.to_date) frm.clear_table("dates");
	frm.refresh_field("dates");
}

function is_draft(frm) {
	return frm.doc.status === "Draft";
}

function is_hr() {
	return frappe.user.has_role(HR_ROLES);
}

function is_own(frm) {
	return frm.doc.employee_user === frappe.session.user;
}

function gate_names(gates) {
	return (gates || "")
		.split(", ")
		.filter(Boolean)
		.map((gate) => __(gate))
		.join(", ");
}

async function show_decision(frm) {
	const wrapper = frm.get_field("decision_html").$wrapper.empty();
	if (frm.is_new() || !frm.doc.outcome) return;
	if (!is_own(frm) && !is_hr()) {
		wrapper.html(open_gates(frm));
		return;
	}
	const request = frm.doc.name;
	const { message } = await frappe.call("mkd_hrms.api.explain", { request });
	if (frm.doc.name === request) wrapper.html(decision_table(message.findings));
}

// What stands in the way comes first. Dates that are judged alike share one part of the table.
function decision_table(findings) {
	const parts = new Map();
	for (const finding of findings) {
		const dates = finding.dates.join(", ");
		parts.set(dates, [...(parts.get(dates) || []), finding]);
	}
	const order = Object.keys(COLOURS);
	const rows = [...parts].flatMap(([dates, part]) => [
		`<tr><th colspan="2">${frappe.utils.escape_html(dates)}</th></tr>`,
		...part
			.sort((one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict))
			.map((finding) => decision_row(finding)),
	]);
	return `<table class="table table-bordered"><tbody>${rows.join("")}</tbody></table>`;
}

function decision_row({ gate, verdict, sentence }) {
	const escape = frappe.utils.escape_html;
	return `<tr>
		<td><div>${escape(gate)}</div><span class="indicator-pill ${COLOURS[verdict]}">${escape(__(verdict))}</span></td>
		<td>${escape(sentence)}</td>
	</tr>`;
}

// The approver learns which gates are open, not why.
function open_gates(frm) {
	const lines = [
		[__("Not met"), gate_names(frm.doc.failed_gates)],
		[__("Not known"), gate_names(frm.doc.unknown_gates)],
	];
	const text = lines.filter(([, gates]) => gates).map(([label, gates]) => `${label}: ${gates}`);
	const shown = text.length ? text : [__("All conditions are met.")];
	return shown.map((line) => `<p>${frappe.utils.escape_html(line)}</p>`).join("");
}

// A button that could only lead to a refusal is no help: it needs days that have not begun.
async function offer_withdrawal(frm) {
	if (frm.doc.status !== "Approved" || !(is_own(frm) || is_hr())) return;
	const request = frm.doc.name;
	const days = await frappe.db.get_list("MKD Day", {
		filters: { source_name: request, status: "Approved", mkd_date: [">=", frappe.datetime.get_today()] },
		pluck: "mkd_date",
		order_by: "mkd_date",
		limit: 0,
	});
	if (!days.length || frm.doc.name !== request) return;
	frm.remove_custom_button(__("Withdraw Days"));
	frm.add_custom_button(__("Withdraw Days"), () => ask_days_to_withdraw(frm, days));
}

function ask_days_to_withdraw(frm, days) {
	const dialog = new frappe.ui.Dialog({
		title: __("Withdraw Days"),
		fields: [
			{
				fieldname: "dates",
				fieldtype: "MultiCheck",
				label: __("Days"),
				options: days.map((day) => ({ label: frappe.datetime.str_to_user(day), value: day })),
			},
		],
		primary_action_label: __("Withdraw"),
		async primary_action({ dates }) {
			if (!dates.length) return frappe.msgprint(__("Choose at least one day."));
			await frappe.call("mkd_hrms.api.withdraw_days", { request: frm.doc.name, dates });
			dialog.hide();
			frm.reload_doc();
		},
	});
	dialog.show();
}

// Resolves with the reason written, never without one; closing the question leaves the request as it is.
function ask_reason(frm) {
	frappe.dom.unfreeze();
	return new Promise((resolve) => {
		const field = { fieldname: "note", fieldtype: "Small Text", label: __("Reason"), reqd: 1 };
		frappe.prompt(
			field,
			async ({ note }) => {
				await frm.set_value("decision_note", note);
				frappe.dom.freeze();
				resolve();
			},
			__("Why is this request rejected?"),
			__("Reject")
		);
	});
}
