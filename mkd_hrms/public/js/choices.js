// A choice reads the same wherever it is shown, in a form, a row or a list: in the words of its DocType. Where it is only
// shown, Frappe looks for it without its DocType, and finds an English word or that of another form.
$(document).on("app_ready", () => {
	const { formatters } = frappe.form;
	const platforms = formatters.Select;

	formatters.Select = function (value, df, ...rest) {
		if (!df?.parent?.startsWith("MKD ")) return platforms.call(this, value, df, ...rest);
		return __(formatters.Data(value, df), null, df.parent);
	};
});
