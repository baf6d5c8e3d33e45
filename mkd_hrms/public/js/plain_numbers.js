// A number that could be read in two ways is asked for again before the form reads it in one.
frappe.provide("mkd_hrms");

(() => {
	const KINDS = ["Int", "Float", "Percent"];

	mkd_hrms.watch_numbers = function (frm) {
		frm.fields.filter((field) => KINDS.includes(field.df.fieldtype)).forEach(watch);
	};

	function watch(field) {
		if (field.is_watched) return;
		field.is_watched = true;
		const parse = field.parse.bind(field);
		field.parse = (value, ...rest) => (is_unclear(value) ? ask_again(field, value) : parse(value, ...rest));
	}

	// In the number format of the reader: thousands not in threes, or exactly three digits after the decimal sign.
	function is_unclear(value) {
		if (typeof value !== "string") return false;
		const { decimal_str, group_sep } = get_number_format_info(get_number_format());
		const [whole, ...decimals] = decimal_str ? value.trim().split(decimal_str) : [value.trim()];
		const groups = group_sep ? whole.split(group_sep) : [whole];
		const has_odd_group = groups.slice(1).some((digits) => groups[0] === "0" || !/^\d{3}$/.test(digits));
		const has_odd_decimals = decimals.length > 1 || /\D/.test(decimals[0] || "");
		const looks_like_thousands = /^[1-9]\d{0,2}$/.test(whole) && /^\d{3}$/.test(decimals[0] || "");
		return has_odd_group || has_odd_decimals || looks_like_thousands;
	}

	function ask_again(field, value) {
		const told = __("{0}: {1} can be read in two ways. Enter it without thousands, and with another decimal if need be.", [
			frappe.utils.escape_html(__(field.df.label, null, field.df.parent)).bold(),
			frappe.utils.escape_html(value),
		]);
		frappe.msgprint(told, __("Number Not Clear"));
		return null;
	}
})();
