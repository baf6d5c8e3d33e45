// Whose rule it is and since when, which on a telephone is all that a list shows; then what it says.
frappe.listview_settings["MKD Coverage Rule"] = {
	add_fields: ["valid_from", "valid_to", "min_on_site_percent"],
	hide_name_column: true,
	formatters: {
		department: (unit, _df, { valid_from, valid_to }) => {
			const [since, until] = [valid_from, valid_to].map((day) => (day ? frappe.datetime.str_to_user(day) : ""));
			return `${unit} · ${since} – ${until}`.trim();
		},
		cap_percent: (percent) => `${flt(percent, 2)} %`,
		min_on_site: (people, _df, { min_on_site_percent }) => __("{0}, and {1} %", [cint(people), flt(min_on_site_percent, 2)]),
	},
};
