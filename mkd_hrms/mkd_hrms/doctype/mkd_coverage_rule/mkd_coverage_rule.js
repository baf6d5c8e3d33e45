// A percentage as people write it: 50, not 50,000, which in Indonesian reads as fifty with three decimals or as more.
frappe.ui.form.on("MKD Coverage Rule", {
	setup(frm) {
		for (const name of ["cap_percent", "min_on_site_percent"]) {
			const field = frm.fields_dict[name];
			field.format_for_input = plain;
			const df = frappe.meta.docfield_map[frm.doctype][name];
			df.formatter = (value) => `${plain(value)} %`;
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
