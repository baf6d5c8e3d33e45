const CRITERIA = [
	["away_from_post", __("Can be done away from the post")],
	["no_special_room", __("Needs no special room or equipment")],
	["uses_ict", __("Uses information and communication technology")],
	["minimal_face_to_face", __("Needs little face-to-face contact")],
	["no_continuous_supervision", __("Needs no continuous supervision")],
];

frappe.query_reports["MKD Unclassified Roles"] = {
	filters: [
		{
			fieldname: "reference_doctype",
			label: __("Decision About"),
			fieldtype: "Select",
			options: ["Designation", "Department"],
			default: "Designation",
			reqd: 1,
		},
	],
	get_datatable_options: (options) => Object.assign(options, { checkboxColumn: true }),
	onload(report) {
		report.page.add_inner_button(__("Classify"), () => ask_decision(report));
	},
};

function checked_names(report) {
	const rows = report.datatable ? report.datatable.rowmanager.getCheckedRows() : [];
	return rows.map((index) => report.data[index].name);
}

function ask_decision(report) {
	const names = checked_names(report);
	if (!names.length) {
		frappe.msgprint(__("Tick the rows that the decision is about."));
		return;
	}
	const dialog = new frappe.ui.Dialog({
		title: __("Classify {0} Entries", [names.length]),
		fields: [
			{
				fieldname: "verdict",
				label: __("Verdict"),
				fieldtype: "Select",
				options: ["Suitable", "Public Service", "Not Suitable"],
				reqd: 1,
			},
			...CRITERIA.map(([fieldname, label]) => ({
				fieldname,
				label,
				fieldtype: "Check",
				depends_on: "eval:doc.verdict == 'Suitable'",
			})),
			{ fieldname: "decree_no", label: __("Decree No."), fieldtype: "Data" },
			{
				fieldname: "valid_from",
				label: __("Valid From"),
				fieldtype: "Date",
				reqd: 1,
				default: frappe.datetime.get_today(),
			},
		],
		primary_action_label: __("Classify"),
		async primary_action(decision) {
			dialog.hide();
			await send_decision(report, names, decision);
		},
	});
	mkd_hrms.named(dialog).show();
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
