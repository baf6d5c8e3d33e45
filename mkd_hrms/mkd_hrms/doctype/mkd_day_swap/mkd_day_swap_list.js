// Which day it is about and between whom, which on a telephone is all that a list shows.
frappe.listview_settings["MKD Day Swap"] = {
	add_fields: ["kind", "mkd_date", "colleague_name", "department"],
	hide_name_column: true,
	formatters: {
		employee_name(name, _df, { kind, mkd_date, colleague_name, department }) {
			const sign = kind === "Exchange" ? "⇄" : "→";
			return mkd_hrms.with_unit(`${frappe.datetime.str_to_user(mkd_date)} · ${name} ${sign} ${colleague_name}`, department);
		},
	},
};
