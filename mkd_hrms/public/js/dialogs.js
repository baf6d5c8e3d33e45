// What our dialogs share: the Desk ties no label to their fields, so whoever hears a dialog would not learn what it asks.
frappe.provide("mkd_hrms");

mkd_hrms.named = function (dialog) {
	dialog.fields_list.forEach(({ $input, df }) => $input?.attr?.("aria-label", df.label));
	return dialog;
};

// As frappe.prompt.
mkd_hrms.ask = (...asked) => mkd_hrms.named(frappe.prompt(...asked));
