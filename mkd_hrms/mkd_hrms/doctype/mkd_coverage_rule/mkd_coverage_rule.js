// A percentage as people write it: 50, and not the 50,000 of an Indonesian form, which can be read as fifty thousand.
frappe.ui.form.on("MKD Coverage Rule", {
	refresh(frm) {
		for (const name of ["cap_percent", "min_on_site_percent"]) {
			const field = frm.fields_dict[name];
			field.format_for_input = plain;
			field.df.formatter = (value) => `${plain(value)} %`;
			frm.refresh_field(name);
		}
	},
});

// No more decimals than there are.
function plain(value) {
	if (value === null || value === undefined || value === "") return "";
	const number = flt(value, 2);
	const [, decimals = ""] = String(number).split(".");
	return format_number(number, get_number_format(), decimals.length);
}
