// The five of the register, which names them and says where they come from; there they decide as well.
const CRITERIA = [
	"away_from_post",
	"no_special_room",
	"uses_ict",
	"minimal_face_to_face",
	"no_continuous_supervision",
];
const REGISTER = "MKD Suitability";

frappe.query_reports["MKD Unclassified Roles"] = {
	filters: [
		{
			fieldname: "reference_doctype",
			label: __("Decision About"),
			fieldtype: "Select",
			options: ["Designation", "Department"].map((value) => ({ value, label: __(value, null, "MKD Reports") })),
			default: "Designation",
			reqd: 1,
		},
	],
	// A link for whoever may open what it leads to.
	formatter(value, row, column, data, default_formatter) {
		if (column.fieldname !== "name" || !data) return default_formatter(value, row, column, data);
		const doctype = frappe.query_report.get_filter_value("reference_doctype");
		const text = frappe.utils.escape_html(data.name);
		if (!frappe.model.can_read(doctype)) return text;
		return `<a href="${frappe.utils.get_form_link(doctype, data.name)}">${text}</a>`;
	},
	get_datatable_options: (options) => Object.assign(options, { checkboxColumn: true }),
	onload(report) {
		report.page.add_inner_button(__("Classify"), () => ask_decision(report));
	},
};

function checked_names(report) {
	const rows = report.datatable ? report.datatable.rowmanager.getCheckedRows() : [];
	return rows.map((index) => report.data[index].name);
}

async function ask_decision(report) {
	const names = checked_names(report);
	if (!names.length) {
		frappe.msgprint(__("Tick the rows that the decision is about."));
		return;
	}
	await frappe.model.with_doctype(REGISTER);
	const dialog = new frappe.ui.Dialog({
		title: __("Classify {0} Entries", [names.length]),
		fields: fields_of_dialog(names, () => show_verdict(dialog)),
		primary_action_label: __("Classify"),
		async primary_action(answers) {
			dialog.hide();
			const decision = { ...answers, verdict: verdict_of(answers) };
			delete decision.serves_public;
			await send_decision(report, names, decision);
		},
	});
	show_verdict(dialog);
	mkd_hrms.named(dialog).show();
}

function fields_of_dialog(names, onchange) {
	const ours = (fieldname) => frappe.meta.get_docfield(REGISTER, fieldname);
	const check = (fieldname, label) => ({ fieldname, label, fieldtype: "Check", onchange });
	return [
		{ fieldtype: "HTML", options: `<p>${frappe.utils.escape_html(names.join(", "))}</p>` },
		{ fieldtype: "Section Break", label: __("Criteria", null, REGISTER) },
		{ fieldtype: "HTML", options: `<p class="text-muted small">${said_in(ours("criteria_section").description)}</p>` },
		...CRITERIA.map((name) => check(name, __(ours(name).label, null, REGISTER))),
		{ fieldtype: "Section Break" },
		check("serves_public", __("Serves the public face to face, and stays in the office")),
		{ fieldname: "verdict_html", fieldtype: "HTML" },
		{ fieldtype: "Section Break" },
		{ fieldname: "decree_no", label: __("Decree No.", null, REGISTER), fieldtype: "Data" },
		{ fieldtype: "Column Break" },
		{
			fieldname: "valid_from",
			label: __("Valid From", null, REGISTER),
			fieldtype: "Date",
			reqd: 1,
			default: frappe.datetime.get_today(),
		},
	];
}

const said_in = (text) => frappe.utils.escape_html(__(text, null, REGISTER));

// The verdict follows from the criteria; nobody chooses it beside them.
function verdict_of(answers) {
	if (answers.serves_public) return "Public Service";
	return CRITERIA.every((name) => answers[name]) ? "Suitable" : "Not Suitable";
}

function show_verdict(dialog) {
	const answers = dialog.get_values(true) || {};
	const verdict = verdict_of(answers);
	const missing = CRITERIA.filter((name) => !answers[name]);
	const labels = missing.map((name) => __(frappe.meta.get_label(REGISTER, name), null, REGISTER));
	const colour = verdict === "Suitable" ? "green" : "red";
	const pill = document.createElement("span");
	pill.className = `indicator-pill ${colour}`;
	pill.textContent = `${__("Verdict")}: ${__(verdict, null, REGISTER)}`;
	const why = document.createElement("div");
	why.className = "text-muted small mt-2";
	why.textContent = verdict === "Not Suitable" ? __("Not met: {0}", [labels.join("; ")]) : "";
	dialog.get_field("verdict_html").$wrapper[0].replaceChildren(pill, why);
}

async function send_decision(report, names, decision) {
	const { message } = await frappe.call({
		method: "mkd_hrms.api.classify_roles",
		args: { doctype: report.get_filter_value("reference_doctype"), names, decision },
		freeze: true,
	});
	const failed = Object.entries(message.failed).map(
		([name, reason]) => `${frappe.utils.escape_html(name)}: ${frappe.utils.escape_html(reason)}`
	);
	const lines = [...failed, __("Requests judged anew: {0}", [cint(message.evaluating)])];
	// eslint-disable-next-line no-unsanitized/method -- the names and reasons were escaped above
	frappe.msgprint(lines.join("<br>"), frappe.utils.escape_html(__("Classified: {0}", [message.done.length])));
	report.refresh();
}
