frappe.ui.form.on("MKD Request", {
	setup(frm) {
		frm.set_query("employee", () => ({ filters: { status: "Active" } }));
	},

	onload(frm) {
		if (frm.is_new() && !frm.doc.employee) set_own_employee(frm);
	},

	refresh(frm) {
		show_decision(frm);
		if (frm.doc.status === "Approved" && is_own_or_hr(frm)) {
			frm.add_custom_button(__("Withdraw Days"), () => ask_days_to_withdraw(frm));
		}
	},

	// Rows made from an earlier range would win over a new one on a document that was never saved.
	from_date: (frm) => forget_dates(frm),
	to_date: (frm) => forget_dates(frm),
	request_type: (frm) => forget_dates(frm),
});

const HR_ROLES = ["HR User", "HR Manager", "MKD Officer"];
const COLOURS = { Pass: "green", Fail: "red", Unknown: "orange" };

async function set_own_employee(frm) {
	const { message } = await frappe.db.get_value(
		"Employee",
		{ user_id: frappe.session.user, status: "Active" },
		"name"
	);
	if (message.name) frm.set_value("employee", message.name);
}

function forget_dates(frm) {
	if (frm.is_new() && frm.doc.from_date && frm.doc.to_date) frm.clear_table("dates");
	frm.refresh_field("dates");
}

function is_own_or_hr(frm) {
	return frm.doc.employee_user === frappe.session.user || frappe.user.has_role(HR_ROLES);
}

async function show_decision(frm) {
	const field = frm.get_field("decision_html");
	field.$wrapper.empty();
	if (frm.is_new() || !frm.doc.outcome) return;
	if (!is_own_or_hr(frm)) {
		field.$wrapper.html(gate_names(frm));
		return;
	}
	const { message } = await frappe.call("mkd_hrms.api.explain", { request: frm.doc.name });
	const rows = message.findings.map((finding) => decision_row(finding)).join("");
	field.$wrapper.html(`<table class="table table-bordered"><tbody>${rows}</tbody></table>`);
}

function decision_row({ gate, verdict, sentence, dates }) {
	const escape = frappe.utils.escape_html;
	return `<tr title="${escape(dates.join(", "))}">
		<td><span class="indicator-pill ${COLOURS[verdict]}">${escape(__(verdict))}</span></td>
		<td>${escape(gate)}</td>
		<td>${escape(sentence)}</td>
	</tr>`;
}

function gate_names(frm) {
	const list = (gates) => (gates || "").split(", ").filter(Boolean).map((gate) => __(gate)).join(", ");
	const lines = [
		[__("Not met"), list(frm.doc.failed_gates)],
		[__("Not known"), list(frm.doc.unknown_gates)],
	];
	return lines
		.filter(([, gates]) => gates)
		.map(([label, gates]) => `<p>${label}: ${frappe.utils.escape_html(gates)}</p>`)
		.join("");
}

function ask_days_to_withdraw(frm) {
	const days = frm.doc.dates.filter((row) => row.mkd_date >= frappe.datetime.get_today());
	const dialog = new frappe.ui.Dialog({
		title: __("Withdraw Days"),
		fields: [
			{
				fieldname: "dates",
				fieldtype: "MultiCheck",
				label: __("Days"),
				options: days.map((row) => ({
					label: frappe.datetime.str_to_user(row.mkd_date),
					value: row.mkd_date,
				})),
			},
		],
		primary_action_label: __("Withdraw"),
		async primary_action({ dates }) {
			await frappe.call("mkd_hrms.api.withdraw_days", { request: frm.doc.name, dates });
			dialog.hide();
			frm.reload_doc();
		},
	});
	dialog.show();
}
