// A choice reads the same wherever it is shown, in a form, a row or a list: in the words of its DocType. Where it is only
// shown, Frappe looks for it without its DocType, and finds an English word or that of another form.
$(document).on("app_ready", () => {
	const { formatters } = frappe.form;
	const { Select, SmallText } = formatters;
	const is_ours = (df) => Boolean(df?.parent?.startsWith("MKD "));

	formatters.Select = function (value, df, ...rest) {
		if (!is_ours(df)) return Select.call(this, value, df, ...rest);
		return __(formatters.Data(value, df), null, df.parent);
	};

	// A field that says how it is shown is asked, as Frappe does with every other kind of text.
	formatters.SmallText = function (value, df, ...rest) {
		const own = is_ours(df) && frappe.meta.get_docfield(df.parent, df.fieldname)?.formatter;
		return own ? own(value, df) : SmallText.call(this, value, df, ...rest);
	};
});
