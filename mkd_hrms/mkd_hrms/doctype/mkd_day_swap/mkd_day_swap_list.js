// Which day it is about and between whom.
frappe.listview_settings["MKD Day Swap"] = {
	add_fields: ["kind", "mkd_date", "employee_name", "colleague_name", "department"],
	hide_name_column: true,
	says: mkd_hrms.when_and_who("mkd_date", {
		name: ({ employee_name, colleague_name, kind }) => `${employee_name} ${kind === "Exchange" ? "⇄" : "→"} ${colleague_name}`,
	}),
};
