// A choice reads the same wherever it is shown, in a form, a row or a list: in the words of its DocType. Where it is only
// shown, Frappe looks for it without its DocType, and finds an English word or that of another form.
$(document).on("app_ready", () => {
	const { formatters } = frappe.form;
	const { Select, SmallText, Float, Percent } = formatters;
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

	// With the decimals of the site, half of all people would read 50,000 %, which is fifty thousand to many.
	formatters.Float = function (value, df, options, ...rest) {
		if (!is_plain(value, df)) return Float.call(this, value, df, options, ...rest);
		return formatters._right(with_its_decimals(value, df), options);
	};

	formatters.Percent = function (value, df, options, ...rest) {
		if (!is_plain(value, df)) return Percent.call(this, value, df, options, ...rest);
		return formatters._right(`${with_its_decimals(value, df)} %`, options);
	};

	const is_plain = (value, df) => is_ours(df) && !df.options && typeof value === "number";

	function with_its_decimals(value, { precision }) {
		const kept = flt(value, cint(precision) || cint(frappe.boot.sysdefaults?.float_precision) || 3);
		return format_number(kept, null, (String(kept).split(".")[1] || "").length);
	}
});
