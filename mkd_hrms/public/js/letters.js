// The button "Issue Letter" on whatever letters come of, and the letters that were issued. The file is loaded with each
// of the forms, so it registers itself once.
frappe.provide("mkd_hrms");

if (!mkd_hrms.offer_letters) {
	const CONTEXT = "MKD Letter";
	const GIVING = [
		...["MKD Request", "MKD Suspension", "MKD Warning", "MKD Objection", "MKD Collective Day"],
		"MKD Daily Report",
	];

	mkd_hrms.offer_letters = async (frm) => {
		const { doctype, name } = frm.doc;
		if (frm.is_new() || frm.doc.status === "Draft") return;
		const { issued, open } = await frappe.xcall("mkd_hrms.api.letters_of", { doctype, name });
		if (frm.doc.name !== name) return;
		for (const letter of issued) {
			const label = [__(letter.kind, null, CONTEXT), letter.number].filter(Boolean).join(" ");
			frm.remove_custom_button(label, __("Letters"));
			frm.add_custom_button(label, () => frappe.set_route("Form", "MKD Letter", letter.name), __("Letters"));
		}
		frm.remove_custom_button(__("Issue Letter"));
		if (open.length) frm.add_custom_button(__("Issue Letter"), () => ask(frm, open));
	};

	const ask = (frm, open) => {
		const by_itself = open.filter((each) => each.is_numbered).map((each) => each.kind);
		const fields = [
			{
				fieldname: "kind",
				fieldtype: "Select",
				label: __("Kind", null, CONTEXT),
				options: open.map(({ kind }) => ({ value: kind, label: __(kind, null, CONTEXT) })),
				default: open[0].kind,
				reqd: 1,
			},
			{
				fieldname: "number",
				fieldtype: "Data",
				label: __("Letter Number"),
				depends_on: `eval:!${JSON.stringify(by_itself)}.includes(doc.kind)`,
				description: __("From the register of the office. It can be typed in later, too."),
			},
		];
		mkd_hrms.ask(fields, (values) => issue(frm, values), __("Issue Letter"), __("Issue Letter"));
	};

	const issue = async (frm, { kind, number }) => {
		const { doctype, name } = frm.doc;
		const letter = await frappe.xcall("mkd_hrms.api.issue_letter", { doctype, name, kind, number });
		frappe.set_route("Form", "MKD Letter", letter.name);
	};

	for (const doctype of GIVING) {
		frappe.ui.form.on(doctype, { refresh: (frm) => mkd_hrms.offer_letters(frm) });
	}
}
