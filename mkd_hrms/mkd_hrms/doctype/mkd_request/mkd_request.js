frappe.ui.form.on("MKD Request", {
	setup(frm) {
		frm.set_query("employee", () => ({ filters: { status: "Active" } }));
		frappe.request.on_error("ApprovalRefused", (answer) => show_refusal(frm, answer));
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
		offer_ways_back(frm);
		offer_report(frm);
		offer_review(frm);
	},

	validate(frm) {
		drop_blank_rows(frm, "dates", ["mkd_date"]);
		drop_blank_rows(frm, "work_plan", ["activity", "output", "target"]);
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
	...["place_latitude", "place_longitude", "work_plan", "has_computer", "has_internet", "special_circumstances", "evidence"],
];
const MAY_TAKE_NOTE = ["Pending Approval", "Pending HR Review"];
// The order in which the gates are shown: what stands in the way comes first.
const COLOURS = { Fail: "red", Unknown: "orange", Pass: "green" };

// Where a request stands and what comes next: the colour and the sentence by state.
const HEADLINES = {
	"Draft": (frm) => ["blue", draft_sentence(frm)],
	"Pending Approval": (frm) => ["orange", waiting_sentence(frm)],
	"Pending HR Review": (frm) => ["orange", review_sentence(frm)],
	"Denied": (frm) => ["red", denied_sentence(frm)],
	"Withdrawn": () => ["blue", __("Withdrawn before it was decided. For other days, make a new request.")],
	"Expired": () => ["yellow", __("Nobody decided before the day began, so it is a day in the office.")],
	"Rejected": (frm) => ["red", __("Rejected. {0}", [frm.doc.decision_note || __("No reason was given.")])],
	"Approved": () => ["green", __("Approved. A day can be withdrawn until it begins.")],
	"Completed": () => ["blue", __("All days of this request are over.")],
	"Revoked": () => ["blue", __("No day of this request is left. For other days, make a new request.")],
	"Cancelled": () => ["blue", __("Cancelled by HR.")],
};

function show_headline(frm) {
	const is_nobody = frm.is_new() && !frm.doc.employee;
	const [colour, sentence] = is_nobody ? no_employee() : HEADLINES[frm.doc.status](frm);
	frm.layout.show_message();
	frm.layout.show_message(frappe.utils.escape_html(sentence), colour, true);
}

function no_employee() {
	return [
		"orange",
		__("Choose the employee. If you cannot, ask HR to enter your user in your Employee record."),
	];
}

function draft_sentence(frm) {
	if (frm.is_new()) {
		return __("Name the days and the work, and save. Then choose Apply from the menu Actions at the top.");
	}
	if (!is_own(frm) && !is_hr()) return __("Not applied for yet.");
	return __("Not applied for yet. Choose Apply from the menu Actions at the top; the rules are checked at once.");
}

function waiting_sentence(frm) {
	if (frm.doc.__onload?.may_decide) return your_turn();
	const decider = frm.doc.approver_name || __("the HR department");
	return is_own(frm)
		? __("Waits for the decision of {0}. You can withdraw it until then.", [decider])
		: __("Waits for the decision of {0}.", [decider]);
}

function your_turn() {
	return __("Waits for you. Choose Approve or Reject from the menu Actions at the top.");
}

function review_sentence(frm) {
	const unknown = gate_names(frm.doc.unknown_gates);
	const decides = is_hr() && !is_own(frm);
	if (!unknown && is_kept_back(frm)) return __("HR reviews what is not known.");
	if (!unknown) return decides ? your_turn() : __("Waits for the second approval, by HR.");
	return decides
		? __("Not known: {0}. Decide about it, or complete the records and choose Evaluate Again.", [unknown])
		: __("HR reviews what is not known: {0}. There is nothing for you to do.", [unknown]);
}

function denied_sentence(frm) {
	const until = frappe.datetime.str_to_user(frm.doc.objection_until);
	const values = [gate_names(frm.doc.failed_gates), until];
	if (is_kept_back(frm)) return __("Denied automatically. The employee may object until {0}.", [until]);
	return is_own(frm)
		? __("Denied automatically: {0}. The reasons stand under Decision; you may object until {1}.", values)
		: __("Denied automatically: {0}. The employee may object until {1}.", values);
}

// Whoever is above the employee and does not decide reads that conditions are open, and not which.
function is_kept_back(frm) {
	const { outcome, failed_gates, unknown_gates } = frm.doc;
	return ["Not Eligible", "Needs Review"].includes(outcome) && !failed_gates && !unknown_gates;
}

// The request has moved on by itself, so what the form shows is out of date.
function show_refusal(frm, answer) {
	frappe.msgprint(JSON.parse(answer._server_messages || "[]"));
	if (window.cur_frm === frm) frm.reload_doc();
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

// The tab key leaves a blank row behind when it passes an empty table.
function drop_blank_rows(frm, table, fields) {
	const blank = (frm.doc[table] || []).filter((row) => !fields.some((field) => row[field]));
	blank.forEach((row) => frappe.model.clear_doc(row.doctype, row.name));
	if (blank.length) frm.refresh_field(table);
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
		.map((gate) => __(gate, null, "MKD Policy Gate"))
		.join(", ");
}

async function show_decision(frm) {
	// What follows names the gates too, in the reader's language.
	frm.toggle_display(["failed_gates", "unknown_gates"], false);
	const wrapper = frm.get_field("decision_html").$wrapper.empty();
	if (frm.is_new() || !frm.doc.outcome) return;
	if (!is_own(frm) && !is_hr()) {
		wrapper.html(open_gates(frm));
		return;
	}
	const request = frm.doc.name;
	const { message } = await frappe.call("mkd_hrms.api.explain", { request });
	if (frm.doc.name === request) wrapper.html(decision_table(message.findings, is_own(frm)));
}

// One row for each gate and verdict. What stands in the way comes first, and for which dates, unless for all.
function decision_table(findings, with_advice) {
	const rows = new Map();
	for (const finding of findings) {
		const key = finding.gate + finding.verdict;
		const row = rows.get(key) || { ...finding, dates: [] };
		rows.set(key, { ...row, dates: [...row.dates, ...finding.dates] });
	}
	const all = new Set(findings.flatMap((finding) => finding.dates));
	const order = Object.keys(COLOURS);
	const html = [...rows.values()]
		.sort((one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict))
		.map((row) => {
			const dates = row.dates.length < all.size ? row.dates.join(", ") : "";
			return decision_row(row, [with_advice && row.next_step, dates]);
		});
	return `<table class="table table-bordered"><tbody>${html.join("")}</tbody></table>`;
}

function decision_row({ gate, verdict, sentence }, notes) {
	const escape = frappe.utils.escape_html;
	const muted = notes.filter(Boolean).map((note) => `<div class="text-muted">${escape(note)}</div>`);
	return `<tr>
		<td>
			<div>${escape(gate)}</div>
			<span class="indicator-pill text-nowrap ${COLOURS[verdict]}">${escape(__(verdict, null, "MKD Gate Decision"))}</span>
		</td>
		<td>${escape(sentence)}${muted.join("")}</td>
	</tr>`;
}

// The approver learns which gates are open, not why.
function open_gates(frm) {
	const lines = [
		[__("Not met"), gate_names(frm.doc.failed_gates)],
		[__("Not known"), gate_names(frm.doc.unknown_gates)],
	];
	const text = lines.filter(([, gates]) => gates).map(([label, gates]) => `${label}: ${gates}`);
	const nothing = is_kept_back(frm)
		? __("Which conditions are open is for the employee, for who decides, and for HR.")
		: __("All conditions are met.");
	const shown = text.length ? text : [nothing];
	return shown.map((line) => `<p>${frappe.utils.escape_html(line)}</p>`).join("");
}

// A button that could only lead to a refusal is no help: it needs days that have not begun.
async function offer_withdrawal(frm) {
	if (frm.doc.status !== "Approved" || !(is_own(frm) || is_hr())) return;
	const request = frm.doc.name;
	const rows = await frappe.db.get_list("MKD Day", {
		filters: {
			source_name: request,
			status: ["in", ["Approved", "Suspended"]],
			mkd_date: [">=", frappe.datetime.get_today()],
		},
		fields: ["mkd_date"],
		order_by: "mkd_date",
		limit: 0,
	});
	if (!rows.length || frm.doc.name !== request) return;
	const days = rows.map((row) => row.mkd_date);
	frm.remove_custom_button(__("Withdraw Days"));
	frm.add_custom_button(__("Withdraw Days"), () => ask_days_to_withdraw(frm, days));
}

// The superior or HR takes back days that are approved; the employee withdraws his own above.
async function offer_ways_back(frm) {
	if (frm.doc.status !== "Approved" || is_own(frm)) return;
	const request = frm.doc.name;
	const days = await frappe.db.get_list("MKD Day", {
		filters: { source_name: request, status: "Approved" },
		fields: ["name", "mkd_date"],
		order_by: "mkd_date",
		limit: 0,
	});
	await frappe.require("/assets/mkd_hrms/js/take_back.js");
	if (frm.doc.name === request) await mkd_hrms.offer_ways_back(frm, days);
}

// One click to the report of the newest day that has come and has none.
async function offer_report(frm) {
	if (frm.doc.status !== "Approved" || !is_own(frm)) return;
	const request = frm.doc.name;
	const [day] = await frappe.db.get_list("MKD Day", {
		filters: {
			source_name: request,
			status: ["in", ["Approved", "Worked"]],
			mkd_date: ["<=", frappe.datetime.get_today()],
			daily_report: ["is", "not set"],
		},
		fields: ["employee", "mkd_date"],
		order_by: "mkd_date desc",
		limit: 1,
	});
	if (!day || frm.doc.name !== request) return;
	frm.remove_custom_button(__("Write Report"));
	frm.add_custom_button(__("Write Report"), () => frappe.new_doc("MKD Daily Report", day));
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

function offer_review(frm) {
	if (frm.doc.status !== "Pending HR Review" || !frm.doc.unknown_gates || is_own(frm)) return;
	if (!frappe.model.can_submit("MKD Gate Decision")) return;
	frm.add_custom_button(__("Decide"), () => ask_gate_decision(frm));
}

async function ask_gate_decision(frm) {
	await frappe.require("/assets/mkd_hrms/js/decide_gates.js");
	mkd_hrms.decide_gates({
		requests: [frm.doc.name],
		gates: frm.doc.unknown_gates.split(", "),
		valid_until: frm.doc.to_date,
		done: () => frm.reload_doc(),
	});
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
				// The action reads the request from the database.
				await frm.save();
				frappe.dom.freeze();
				resolve();
			},
			__("Why is this request rejected?"),
			__("Reject")
		);
	});
}
