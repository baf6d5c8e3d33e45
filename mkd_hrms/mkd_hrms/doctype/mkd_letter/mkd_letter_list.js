// Whether a letter holds, and which of them wait for a number.
frappe.listview_settings["MKD Letter"] = {
	add_fields: ["status", "number"],
	hide_name_column: true,
	get_indicator({ status, number }) {
		if (status === "Revoked") return [__("Revoked", null, "MKD Letter"), "red", "status,=,Revoked"];
		if (!number) return [__("Without Number", null, "MKD Letter"), "orange", "number,is,not set"];
		return [__("Valid", null, "MKD Letter"), "green", "status,=,Valid"];
	},
};
