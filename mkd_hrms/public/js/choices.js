// A choice that a form only shows reads as the one that it offers: Frappe looks for the former without its DocType. The
// file is loaded with each of the forms, and again with a changed DocType.
(() => {
	const DOCTYPES = ["MKD Request", "MKD Collective Day", "MKD Day Swap", "MKD Waiting Place", "MKD Office Day"];

	for (const doctype of DOCTYPES) {
		for (const df of Object.values(frappe.meta.docfield_map[doctype] || {})) {
			if (df.fieldtype === "Select") df.formatter = (value) => frappe.utils.escape_html(__(value || "", null, doctype));
		}
	}
})();
