frappe.ui.form.on("MKD Request", {
	setup(frm) {
		frm.set_query("employee", () => ({ filters: { status: "Active" } }));
		frappe.request.on_error("ApprovalRefused", (answer) => show_refusal(frm, answer));
		frappe.request.on_error("NotAnswered", (answer) => ask_what_is_open(frm, answer));
	},

	async refresh(frm) {
		const told = frm.doc.__onload || {};
		// What the applicant writes; once he has applied, it stands.
		frm.toggle_enable(told.content || [], is_draft(frm));
		frm.toggle_enable("employee", is_draft(frm) && frappe.boot.mkd_acts_for_hr);
		frm.toggle_enable("decision_note", Boolean(told.takes_note));
		offer_ways_back(frm);
		offer_report(frm);
		offer_review(frm);
		const shown = frm.doc.name;
		await frappe.require(PARTS);
		if (frm.doc.name !== shown) return;
		const { request } = mkd_hrms;
		request.offer_apply(frm);
		show_whose(frm);
		request.offer_answers(frm);
		request.offer_position(frm);
		request.show_decision(frm);
		request.offer_withdrawal(frm);
		request.offer_stop_of_pattern(frm);
		if (frm.doc.employee) request.show_headline(frm);
		await request.show_choice(frm);
		if (frm.doc.name !== shown) return;
		request.show_headline(frm);
		request.focus_open(frm);
		await request.show_fair_order(frm);
	},

	after_save: (frm) => call_part("keep_choice", frm),

	employee(frm) {
		show_whose(frm);
		return call_part("show_choice", frm);
	},

	validate(frm) {
		drop_blank_rows(frm, "dates", ["mkd_date"]);
		drop_blank_rows(frm, "work_plan", ["activity", "output", "target"]);
	},

	before_workflow_action(frm) {
		if (frm.doc.decision_note) return;
		const action = frm.selected_workflow_action;
		if (action === "Reject") return ask_reason(frm, __("Why is this request rejected?"), __("Reject"));
		if (action === "Approve" && window.mkd_hrms?.request?.passes_others_over?.(frm)) {
			return ask_reason(frm, __("Others come first. Why is this request approved before them?"), __("Approve"));
		}
	},

	// What the form offers next is for the server to say.
	after_workflow_action: (frm) => frm.reload_doc(),

	// Rows made from an earlier range would win over a new one on a document that was never saved.
	from_date: (frm) => forget_dates(frm),
	to_date: (frm) => forget_dates(frm),
	request_type: (frm) => forget_dates(frm),
	...redrawn("monday tuesday wednesday thursday friday saturday sunday special_circumstances", "draw_choice"),
	...redrawn("has_computer has_internet place place_details", "offer_answers", "draw_choice", "show_headline"),
});

frappe.ui.form.on("MKD Request Date", {
	mkd_date: (frm) => call_part("follow_choice", frm),
	dates_remove: (frm) => call_part("draw_choice", frm),
});

const PARTS = [
	"/assets/mkd_hrms/css/request.css",
	"/assets/mkd_hrms/js/board/words.js",
	"/assets/mkd_hrms/js/gate_page.js",
	...[
		"choice",
		"day_strip",
		"quick_choices",
		"conditions",
		"apply",
		"headline",
		"answers",
		"position",
		"decision_table",
		"withdraw_days",
		"stop_pattern",
		"fair_order",
	].map((part) => `/assets/mkd_hrms/js/request/${part}.js`),
];

// Handlers that draw parts of the form anew after a change of these fields.
function redrawn(fields, ...parts) {
	const draw = (frm) => parts.forEach((part) => call_part(part, frm));
	return Object.fromEntries(fields.split(" ").map((field) => [field, draw]));
}

// What his own record says nobody need read in his application, from when it is known whose it is.
function show_whose(frm) {
	const is_his = is_own(frm) || (frm.is_new() && !frappe.boot.mkd_acts_for_hr);
	frm.toggle_display("employee_section", !is_his || !frm.doc.employee);
}

// A part may still be on its way.
function call_part(name, frm) {
	return window.mkd_hrms?.request?.[name]?.(frm);
}

// The request has moved on by itself, so what the form shows is out of date.
function show_refusal(frm, answer) {
	// eslint-disable-next-line no-unsanitized/method -- what the server throws is HTML, as where Frappe shows it by itself
	frappe.msgprint(JSON.parse(answer._server_messages || "[]"));
	if (window.cur_frm === frm) frm.reload_doc();
}

// What was forgotten is said on the draft itself, where it can be answered at once.
function ask_what_is_open(frm, answer) {
	if (window.cur_frm === frm && frm.mkd_applying) return mkd_hrms.request.ask_again(frm);
	// eslint-disable-next-line no-unsanitized/method -- what the server throws is HTML, as where Frappe shows it by itself
	frappe.msgprint(JSON.parse(answer._server_messages || "[]"));
}

function forget_dates(frm) {
	if (frm.is_new() && frm.doc.from_date && frm.doc.to_date) frm.clear_table("dates");
	frm.refresh_field("dates");
	call_part("follow_choice", frm);
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

function is_own(frm) {
	return Boolean(frm.doc.__onload?.is_own);
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
function ask_reason(frm, question, button) {
	frappe.dom.unfreeze();
	return new Promise((resolve) => {
		const field = { fieldname: "note", fieldtype: "Small Text", label: __("Reason"), reqd: 1 };
		mkd_hrms.ask(
			field,
			async ({ note }) => {
				await frm.set_value("decision_note", note);
				// The action reads the request from the database.
				await frm.save();
				frappe.dom.freeze();
				resolve();
			},
			question,
			button
		);
	});
}
