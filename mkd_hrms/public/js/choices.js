// A choice that a form only shows reads as the one that it offers: Frappe looks for the former without its DocType.
frappe.provide("mkd_hrms");

mkd_hrms.show_choices = function (frm) {
	for (const { df } of frm.fields) {
		if (df.fieldtype !== "Select" || df.formatter) continue;
		df.formatter = (value) => frappe.utils.escape_html(__(value || "", null, frm.doctype));
		frm.refresh_field(df.fieldname);
	}
};
