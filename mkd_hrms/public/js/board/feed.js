// A link for calendar programs, shown once.
frappe.provide("mkd_hrms");
mkd_hrms.board ??= {};

mkd_hrms.board.make_feed = async function (unit) {
	const made = await frappe.xcall("mkd_hrms.api.make_calendar_feed", { unit: unit || null });
	const dialog = new frappe.ui.Dialog({
		title: __("Calendar Link"),
		fields: [
			{ fieldname: "url", fieldtype: "Small Text", label: __("Address"), read_only: 0, default: made.url },
			{ fieldname: "note", fieldtype: "HTML" },
		],
		primary_action_label: __("Copy"),
		primary_action: () => frappe.utils.copy_to_clipboard(made.url),
	});
	const said = __("It is shown this once. Whoever has it reads these days, so keep it to yourself; you end it in the list of MKD Calendar Feeds.");
	dialog.fields_dict.note.$wrapper[0].replaceChildren(mkd_hrms.board.el("p", { text: said }));
	mkd_hrms.named(dialog).show();
};
