// A choice reads the same in a report or a grid as in the form that offers it: Frappe looks for its word without its DocType.
$(document).on("app_ready", () => {
	const { formatters } = frappe.form;
	const platforms = formatters.Select;
	formatters.Select = (value, df, ...rest) =>
		df?.parent?.startsWith("MKD ") ? __(formatters.Data(value, df), null, df.parent) : platforms(value, df, ...rest);
});
